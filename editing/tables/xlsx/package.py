"""The parts of an XLSX file, read without trusting what it says about itself: bounded, without entities.

openpyxl writes our files, but does not read what people upload: it believes the dimensions that a sheet names,
holds all styles as objects, and does not tell "_x000D_" from the text that says so.
"""

import io
import zlib
from collections.abc import Iterator
from typing import Any, Protocol
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from django.utils.translation import gettext as _

from editing.tables.findings import TableError

MAX_UNPACKED = 64 * 2**20
MAX_PARTS = 2_000
CHUNK = 2**20  # large, because expat starts anew with each on something long


class Handler(Protocol):
    """What is told about the elements of a part. Names come without their namespaces."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, data: str) -> None:
        """Text within an element, perhaps not all of it."""


class Package:
    """The parts of a ZIP file. TableError where it is none, holds too much, or is not a table."""

    def __init__(self, content: bytes) -> None:
        self._unpacked = 0
        try:
            self._zip = ZipFile(io.BytesIO(content))
        except (BadZipFile, ValueError, NotImplementedError, OSError) as error:
            raise damaged() from error
        parts = self._zip.infolist()
        if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
            raise too_large()
        for part in parts:
            if part.flag_bits & 1 or part.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
                raise damaged()
        self.names = {part.filename for part in parts}

    def chunks(self, name: str) -> Iterator[bytes]:
        """A part in pieces. What is really unpacked is counted, whatever the ZIP file says."""
        try:
            with self._zip.open(name) as part:
                while chunk := part.read(CHUNK):
                    self._unpacked += len(chunk)
                    if self._unpacked > MAX_UNPACKED:
                        raise too_large()
                    yield chunk
        except (
            BadZipFile,
            zlib.error,
            EOFError,
            KeyError,
            ValueError,
            NotImplementedError,
            OSError,
        ) as error:
            if isinstance(error, TableError):
                raise
            raise damaged() from error

    def parse(self, name: str, handler: Handler) -> Iterator[None]:
        """Tell the handler what stands in a part; pauses after each piece. Nothing where there is no such part."""
        if name not in self.names:
            return
        parser = _parser(handler)
        try:
            for chunk in self.chunks(name):
                parser.Parse(chunk, False)
                yield
            parser.Parse(b"", True)
            yield
        except (expat.ExpatError, RecursionError) as error:
            raise damaged() from error

    def read(self, name: str, handler: Any) -> Any:
        """The handler, when it has been told the whole part."""
        for _piece in self.parse(name, handler):
            pass
        return handler


def _parser(handler: Handler) -> Any:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _no_doctype
    parser.StartElementHandler = lambda name, attributes: handler.start(
        _local(name), {_local(key): value for key, value in attributes.items()}
    )
    parser.EndElementHandler = lambda name: handler.end(_local(name))
    parser.CharacterDataHandler = handler.text
    return parser


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _no_doctype(*_arguments: Any) -> None:
    raise damaged()


def damaged() -> TableError:
    """That the file cannot be read."""
    return TableError(
        _("The XLSX file is damaged, or is no table. Please save it again as “Excel workbook (.xlsx)”.")
    )


def too_large() -> TableError:
    """That the file would take too much memory."""
    return TableError(
        _(
            "The XLSX file is too large once it is unpacked: at most 64 megabytes are possible. Nothing was read."
        )
    )
