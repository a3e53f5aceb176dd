"""SITE_DIR: a folder for each public state, and the links by which nginx finds the current and the last complete one.

sets/<stamp>/<headers>/pages/ziele/wasser/index.html   with .gz and .br beside it
sets/<stamp>/<headers>/files/druck.pdf                 a link into named/, to the folder of its download name
sets/<stamp>/<headers>/named/druck.pdf/herne-….pdf/content.pdf
sets/<stamp>/publication                               by which its edition is shown
errors/<headers>/503.html                              what nginx says by itself
current, last                                          links to a folder below sets/
"""

import os
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from django.conf import settings

CURRENT, LAST = "current", "last"
TREES = ("pages", "files", "named")


def root() -> Path:
    """SITE_DIR."""
    folder: Path = settings.SITE_DIR
    return folder


def sets() -> Path:
    """The folder of all states. It is there once a writer has started."""
    return root() / "sets"


def make_folder(path: Path) -> None:
    """A folder that nginx may read, whatever this process would deny others."""
    missing = [each for each in (path, *path.parents) if not each.exists()]
    path.mkdir(parents=True, exist_ok=True)
    for each in missing:
        each.chmod(0o755)


def set_at(link: str) -> Path | None:
    """The folder that a link leads to; None where there is none."""
    try:
        folder = sets() / os.readlink(root() / link).rpartition("/")[2]
    except FileNotFoundError:
        return None
    return folder if folder.is_dir() else None


def point(link: str, name: str) -> None:
    """Let a link lead to the folder of this state, from one moment to the next."""
    new = root() / f".{link}.{os.getpid()}.{threading.get_ident()}"
    new.unlink(missing_ok=True)
    new.symlink_to(f"sets/{name}")
    os.replace(new, root() / link)


def all_sets() -> Iterator[Path]:
    """The folders of all states that are there."""
    with suppress(FileNotFoundError):
        yield from [path for path in sets().iterdir() if path.is_dir()]


def remove(path: Path) -> None:
    """Take a file or folder away as a whole: nobody finds a half of it. Another process may have been quicker."""
    with suppress(FileNotFoundError):
        grave = Path(tempfile.mkdtemp(prefix=".removed-", dir=root()))
        try:
            os.rename(path, grave / path.name)
        finally:
            shutil.rmtree(grave, ignore_errors=True)


def remove_others(folder: Path) -> None:
    """Keep this state's folder and the two that nginx reads; leftovers of killed processes go too."""
    kept = {folder, set_at(CURRENT), set_at(LAST)}
    for each in all_sets():
        if each not in kept:
            remove(each)
    an_hour_ago = time.time() - 3600
    for leftover in root().glob(".*"):
        if leftover.lstat().st_mtime < an_hour_ago:
            remove(leftover)


def discard(prefixes: list[str]) -> None:
    """Delete every page and file whose address begins with one of these, in all folders. nginx asks the
    application for them from now on, and has nothing to answer with where that is down."""
    for folder in all_sets():
        for tree in TREES:
            for prefix in prefixes:
                for path in folder.glob(f"*/{tree}/{prefix.strip('/')}*"):
                    remove(path)


def discard_everything() -> None:
    """Delete all pages and files. The writer writes anew what is public."""
    for link in (LAST, CURRENT):
        (root() / link).unlink(missing_ok=True)
    for folder in all_sets():
        remove(folder)


def publication_of(folder: Path) -> int | None:
    """By which publication the edition of this state was shown; None where nothing was, or nothing was written."""
    with suppress(FileNotFoundError, ValueError):
        return int((folder / "publication").read_text())
    return None
