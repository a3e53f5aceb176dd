"""All tests: on SQLite, on PostgreSQL, in the browser. What `make test` runs. Those marked `once` ask nothing of the
database that the other tests don't ask too, and run on SQLite alone.

Tests that need a program that is not here are left out, in so many words; with REQUIRE_ALL=1 nothing may be.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator

from procurement.accessibility import RECORD
from tests import postgresql, programs
from tests.browser import accessibility_record


def main() -> int:
    missing = programs.missing()
    for name in missing:
        print(f"Left out, because {name} is not here: {programs.INSTALL[name]}", flush=True)
    if missing and os.environ.get("REQUIRE_ALL") == "1":
        print("REQUIRE_ALL=1 is set: nothing may be left out.")
        return 1
    results = list(_runs(sys.argv[1:]))
    return max(results)


def _runs(arguments: list[str]) -> Iterator[int]:
    yield _pytest("SQLite", ["-m", "not browser and not stress and not slow", "-n", "2", *arguments], {})
    yield _pytest("SQLite, many writers", ["-m", "stress", *arguments], {})
    if folder := programs.postgresql_bin():
        with postgresql.cluster(folder) as url:
            database = {"DATABASE_URL": url}
            quick = "not browser and not stress and not slow and not once"
            yield _pytest("PostgreSQL", ["-m", quick, "-n", "2", *arguments], database)
            yield _pytest("PostgreSQL, many writers", ["-m", "stress and not once", *arguments], database)
    if programs.chromium():
        pictures = os.environ.get("SCREENSHOTS") or tempfile.mkdtemp(prefix="pictures-")
        # Two processes, each with a browser and a portal of its own; the tests of a file share theirs.
        shared = ["-m", "browser", "-n", "2", "--dist", "loadfile"]
        environment = {"SCREENSHOTS": pictures}
        if arguments:  # some tests only: what is recorded is a run of all
            yield _pytest("browser", [*shared, *arguments], environment)
        else:
            accessibility_record.begin(RECORD)
            code = _pytest("browser", shared, {**environment, "ACCESSIBILITY_RECORD": str(RECORD)})
            accessibility_record.end(RECORD, passed=code == 0)
            yield code
        print(f"Pictures of every kind of page: {pictures}", flush=True)


def _pytest(title: str, arguments: list[str], environment: dict[str, str]) -> int:
    print(f"\n=== {title} ===", flush=True)
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *arguments]
    return subprocess.run(command, env={**os.environ, **environment}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
