"""The steps that are measured: they run, and they run in any checkout."""

import ast
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings

from bench import step
from bench.strategy_file import StrategyFile
from tests.published import publish

pytestmark = pytest.mark.once

MEASURES = 50


@pytest.fixture
def file(tmp_path: Path, settings: Any) -> StrategyFile:
    settings.DATA_DIR = tmp_path
    return StrategyFile.write(MEASURES, tmp_path)


@pytest.mark.once
@pytest.mark.django_db
def test_all_steps_run_one_after_another(file):
    step.load(str(file.path))
    digest = step.freeze("messung")["digest"]
    pages = step.pages(file.page_kinds)["pages"]
    step.load(str(file.edited))
    changed = step.freeze("bearbeitet")["digest"]
    synopse = step.synopse("messung", "bearbeitet")
    pdf = step.pdf("messung")

    assert len(digest) == 64
    assert changed != digest
    assert pages.keys() == json.loads(file.page_kinds).keys()
    assert all(page["cpu"] > 0 and page["queries"] > 0 for page in pages.values())
    assert synopse["changes"] >= 8  # a tenth of all nodes, a new measure, two that changed places
    assert pdf["compiler"] > pdf["data"] > 0
    assert pdf["sheets"] > 20


@pytest.mark.django_db
def test_renderings_are_answered_one_by_one_and_another_answer_than_200_stops(monkeypatch, capsys):
    publish("eins", measures=1)
    monkeypatch.setattr("sys.stdin", io.StringIO("/?x=1\n/druck/?x=1\n/massnahmen/gibt-es-nicht/\n"))

    with pytest.raises(RuntimeError, match="/massnahmen/gibt-es-nicht/: 404"):
        step.renderings()

    assert [float(line) > 0 for line in capsys.readouterr().out.splitlines()] == [True, True]


def test_steps_import_nothing_that_lies_elsewhere_in_another_checkout():
    tree = ast.parse((settings.BASE_DIR / "bench" / "step.py").read_text())
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    own = {config.name for config in apps.get_app_configs() if Path(config.path).parent == settings.BASE_DIR}

    assert "django.conf" in imported
    assert {name.split(".")[0] for name in imported} & (own | {"bench"}) == set()
