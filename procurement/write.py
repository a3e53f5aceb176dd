"""Writes the folder: `make procurement`, or `python -m procurement.write FOLDER`."""

import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from procurement import accessibility
from procurement.components import Missing
from procurement.documents import documents
from procurement.release import ROOT, Release

FOLDER = ROOT / "var" / "procurement"
MARK = "sbom.cdx.json"  # in every folder that was written here


def main(arguments: Sequence[str]) -> int:
    """Write the folder that is named, var/procurement without one; 1 with a sentence where it cannot be written."""
    folder = Path(arguments[0]) if arguments else FOLDER
    try:
        _refuse_others(folder)
        files = documents(Release.of(ROOT), accessibility.RECORD)
    except Missing as problem:
        print(problem, file=sys.stderr)
        return 1
    _replace(folder, files)
    print(f"{len(files)} files: {folder / 'index.html'}")
    return 0


def _refuse_others(folder: Path) -> None:
    """What stands at that place is taken away, so it must be of the last time."""
    if folder.exists() and not (folder / MARK).is_file():
        raise Missing(f"{folder} is there and was not written by this command. Name another folder.")


def _replace(folder: Path, files: dict[str, str]) -> None:
    """Write all files, and only then take away the folder of the last time."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    new = Path(tempfile.mkdtemp(prefix=f"{folder.name}-", dir=folder.parent))
    new.chmod(0o755)
    for name, text in files.items():
        (new / name).write_text(text, encoding="utf-8", newline="")
    if folder.exists():
        shutil.rmtree(folder)
    new.rename(folder)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
