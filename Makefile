# The two commands that matter: `make run` and `make test`. Everything else is for those who change the portal.

PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
export DEMO ?= 1

.PHONY: run stack stack-stop test test-slow check bench pictures procurement assets clean

run: .venv/run
	@$(BIN)/python manage.py prepare_demo --port "$(PORT)"
	@echo
	@echo "  Portal:      http://127.0.0.1:$(PORT)/"
	@echo "  Verwaltung:  http://127.0.0.1:$(PORT)/verwaltung/   (Anmeldung: redaktion / redaktion, nur in dieser Vorführung)"
	@echo
	@PUBLIC_URL=$${PUBLIC_URL:-http://127.0.0.1:$(PORT)} $(BIN)/gunicorn herne_strategy.wsgi --bind 127.0.0.1:$(PORT) \
		--workers 2 --threads 32 --no-control-socket --log-level warning

# The production layout on this machine, on PORT=8080; SAMPLE=1 adds the sample (docs/betrieb/ausprobieren.md).
stack: .venv/run
	@env --unset=DEMO $(BIN)/python -m deploy.stack run $(if $(SAMPLE),--sample)

stack-stop: .venv/run
	@env --unset=DEMO $(BIN)/python -m deploy.stack stop

test: .venv/test assets
	@$(BIN)/python -m tests.run

# Minutes long, on the production layout: faults, the drill of a backup, a bare Debian.
test-slow: .venv/test assets
	@$(BIN)/python -m pytest -p no:cacheprovider -m slow

check: .venv/test assets
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	git ls-files -z --cached --others --exclude-standard -- '*.html' | xargs -0 $(BIN)/djade --target-version 5.2 --check
	$(BIN)/lint-imports
	$(BIN)/mypy .
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python -m tests.check_translations

# SIZES=150,1500 for other sizes; BESIDE=/path/to/another/checkout to compare with that one (docs/performance.md).
bench: .venv/test assets
	@$(BIN)/python -m bench.run

pictures: .venv/test assets
	@$(BIN)/python -m tests.browser.pictures

# What purchasers ask for, as a folder: var/procurement/. The report on barriers is that of the last `make test`.
procurement: .venv/test
	@$(BIN)/python -m procurement.write

assets: .venv/run
	@$(BIN)/python manage.py build_assets --verbosity 0

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; name it with PYTHON=…")'
	@$(PYTHON) -m venv .venv

.venv/run: .venv/bin/python requirements/run.txt
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	@touch $@

.venv/test: .venv/run requirements/test.txt
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/test.txt
	@touch $@

clean:
	rm -rf .venv var .mypy_cache .ruff_cache .pytest_cache .hypothesis tests/html/node_modules
