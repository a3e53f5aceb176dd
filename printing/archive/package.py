"""The archive of an edition as a ZIP: always the same bytes for the same files. Plain Python, no Django."""

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping

from strategy.document.data import Plain

SUMS = "SHA256SUMS"
MANIFEST = "archiv.json"
FORMAT = 1
DATE = (
    1980,
    1,
    1,
    0,
    0,
    0,
)  # of every file in it, the first that a ZIP knows: the true dates are in the text


def packed(files: Mapping[str, bytes], manifest: Mapping[str, Plain]) -> bytes:
    """The archive of these files, with its manifest and the checksums."""
    whole = {MANIFEST: _json({"format": FORMAT, **manifest}), **files}
    whole[SUMS] = "".join(f"{_sum(whole[name])}  {name}\n" for name in sorted(whole)).encode()
    return zipped(whole)


def zipped(files: Mapping[str, bytes]) -> bytes:
    """The ZIP. Its files lie in it uncompressed, so that no version of a compressor can change a byte."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            info = zipfile.ZipInfo(name, DATE)
            info.create_system = 3  # Unix, on whatever machine it is made
            info.external_attr = 0o644 << 16
            archive.writestr(info, files[name])
    return target.getvalue()


def as_json(data: Plain) -> bytes:
    """Plain data as people can read it too."""
    return _json(data)


def _json(data: Plain) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def _sum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
