"""An edition's archive in memory: made, taken apart, and put together again."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

from printing.archive.contents import contents, manifest
from printing.archive.package import MANIFEST, SUMS, packed, zipped
from strategy.editions.models import Edition

NO_PAPERS: dict[str, Any] = {"papers": []}
PDFS = {
    "langfassung.pdf": b"%PDF-1.7 lang\n%%EOF\n",
    "kurzfassung.pdf": b"%PDF-1.7 kurz\n%%EOF\n",
}


def archived(edition: Edition, record: dict[str, Any] = NO_PAPERS) -> bytes:
    return packed(contents(edition, record, PDFS), manifest(edition))


def unpacked(whole: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def exchanged(whole: bytes, changed: dict[str, bytes | None], *, with_sums: bool = False) -> bytes:
    """The archive with some files in place of others (None takes one out), packed as the program does it.

    With sums, the list of checksums is made anew, as somebody would do it who wants to hide the change.
    """
    files = {name: content for name, content in (unpacked(whole) | changed).items() if content is not None}
    if not with_sums:
        return zipped(files)
    said = files.pop(MANIFEST)
    del files[SUMS]
    sums = unpacked(packed({**files, "archiv.json": said}, {}))[SUMS]
    return zipped({**files, MANIFEST: said, SUMS: sums})


def as_bytes(data: Any) -> bytes:
    return json.dumps(data).encode()


def kept(folder: Path, content: bytes) -> Path:
    path = folder / "archiv.zip"
    path.write_bytes(content)
    return path
