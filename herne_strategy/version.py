"""The program's version: its number, and a digest of all its files and of the packages that it runs with, so that
no change of what it makes goes unnoticed."""

import hashlib
from pathlib import Path

NUMBER = "0.1.0"
_FOLDERS = ("templates", "static", "locale", "fixtures")  # and every app
_ENDINGS = {".py", ".html", ".css", ".js", ".po", ".txt", ".svg", ".md", ".typ"}


def program_version(root: Path) -> str:
    """Such as "0.1.0+1a2b3c4d": the same on every machine that runs the same files."""
    digest = hashlib.sha256()
    apps = sorted(path.parent.name for path in root.glob("*/apps.py"))
    files = [path for folder in (*apps, *_FOLDERS) for path in sorted((root / folder).rglob("*"))]
    for path in [*(path for path in files if path.suffix in _ENDINGS), root / "requirements" / "run.txt"]:
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return f"{NUMBER}+{digest.hexdigest()[:8]}"
