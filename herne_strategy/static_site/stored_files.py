"""Files of one folder: written whole, compressed beside, and the very same file as in the folder before where no byte
has changed.

nginx makes an ETag of a file's second and size, so a second is used by one writing only: other bytes of an address
never get an ETag that was given before, and what has not changed keeps its own.
"""

import gzip
import os
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import brotli

from herne_strategy.static_site import site_folder
from herne_strategy.static_site.application import Answer
from herne_strategy.static_site.headers import ending_of

COMPRESSED = {"html", "css", "xml", "txt", "json"}


def unused_second() -> int:
    """Now; or the second after the last one that was used, where the clock stands or has been put back."""
    used = site_folder.root() / "second"
    last = int(used.read_text()) if used.exists() else 0
    second = max(int(time.time()), last + 1)
    new = used.with_suffix(".new")
    new.write_text(str(second))
    os.replace(new, used)
    return second


class StoredFiles:
    """The files of one public state, to be read with the headers of one program."""

    def __init__(self, folder: Path, before: Path | None = None) -> None:
        self.folder = folder
        self.before = before
        self.written = self.unchanged = 0
        site_folder.make_folder(folder)
        self.new_second()

    def new_second(self) -> None:
        """Give what is written from now on another second than all before."""
        self._second = unused_second()

    def keep(self, address: str, answer: Answer) -> None:
        """Write the file of this address, or take that of the folder before."""
        ending = ending_of(address)
        path = self._path(address, answer.file_name)
        earlier = self.before / path if self.before else None
        site_folder.make_folder((self.folder / path).parent)
        if earlier and _content(earlier) == answer.body:
            self._link(earlier, path)
            self.unchanged += 1
        elif _content(self.folder / path) == answer.body:
            self.unchanged += 1
        else:
            for name, body in _forms(path, answer.body, ending):
                self._write(name, body)
            self.written += 1
        if answer.file_name:
            self._name(address, path)

    def keep_unchanged(self, address: str) -> bool:
        """Take the named file of the folder before as it is; False where there is none."""
        if not self.before:
            return False
        link = self.before / "files" / address[1:]
        with suppress(OSError):
            found = link.resolve(strict=True)
            path = found.relative_to(self.before.resolve()) / f"content.{ending_of(address)}"
            site_folder.make_folder((self.folder / path).parent)
            self._link(self.before / path, path)
            self._name(address, path)
            self.unchanged += 1
            return True
        return False

    def _path(self, address: str, file_name: str) -> Path:
        """Relative to the folder. A file with a download name lies in a folder of that name."""
        if file_name:
            return Path("named", address[1:], file_name, f"content.{ending_of(address)}")
        return Path("pages", address[1:], "index.html" if address.endswith("/") else "")

    def _write(self, path: Path, body: bytes) -> None:
        target = self.folder / path
        new = target.with_name(f".{target.name}.new")
        new.write_bytes(body)
        new.chmod(0o644)
        os.utime(new, (self._second, self._second))
        os.replace(new, target)

    def _link(self, earlier: Path, path: Path) -> None:
        for ending in (".br", ".gz", ""):
            target = self.folder / f"{path}{ending}"
            with suppress(FileNotFoundError, FileExistsError):
                os.link(f"{earlier}{ending}", target)

    def _name(self, address: str, path: Path) -> None:
        """Let the address lead to the folder of its download name."""
        link = self.folder / "files" / address[1:]
        site_folder.make_folder(link.parent)
        new = link.with_name(f".{link.name}.new")
        new.unlink(missing_ok=True)
        new.symlink_to(os.path.relpath(self.folder / path.parent, link.parent))
        os.replace(new, link)


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None


def _forms(path: Path, body: bytes, ending: str) -> Iterator[tuple[Path, bytes]]:
    """The file in each form; the plain one last, which is what nginx looks for first."""
    if ending in COMPRESSED:
        yield path.with_name(f"{path.name}.br"), brotli.compress(body, quality=5)
        yield path.with_name(f"{path.name}.gz"), gzip.compress(body, 6, mtime=0)
    yield path, body
