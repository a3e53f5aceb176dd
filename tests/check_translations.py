"""Every English text has its German: compares what is in the code with the catalogue. Part of `make check`.

Needs gettext's xgettext; says so and passes where it is missing, unless REQUIRE_ALL=1.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "locale/de/LC_MESSAGES/django.po"
SOURCES = [path.parent.name for path in sorted(ROOT.glob("*/apps.py"))] + ["templates"]


def main() -> int:
    known = {entry.msgid for entry in polib.pofile(str(CATALOGUE)) if entry.translated() and not entry.fuzzy}
    if not shutil.which("xgettext"):
        print("Translations not compared: gettext is not here (apt-get install gettext).")
        return int(os.environ.get("REQUIRE_ALL") == "1")
    used = _used()
    for msgid in sorted(used - known):
        print(f"Not translated: {msgid!r}")
    for msgid in sorted(known - used):
        print(f"No longer used: {msgid!r}")
    return int(used != known)


def _used() -> set[str]:
    with tempfile.TemporaryDirectory() as folder:
        for source in SOURCES:
            shutil.copytree(ROOT / source, Path(folder) / source)
        (Path(folder) / "locale").mkdir()
        command = [sys.executable, "-m", "django", "makemessages", "--locale", "de", "--no-location"]
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
        return {
            entry.msgid
            for entry in polib.pofile(f"{folder}/locale/de/LC_MESSAGES/django.po")
            if not entry.obsolete
        }


if __name__ == "__main__":
    sys.exit(main())
