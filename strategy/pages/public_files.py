"""Finished files that readers may have: where each lies on the disk, so that none takes a query."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response


@dataclass(frozen=True)
class PublicFile:
    """A file that a response was made of; `sha256` where only these bytes will do."""

    path: Path
    sha256: str = ""

    def read(self) -> bytes | None:
        """Its bytes; None where it is gone, or is another."""
        try:
            content = self.path.read_bytes()
        except OSError:
            return None
        is_right = not self.sha256 or hashlib.sha256(content).hexdigest() == self.sha256
        return content if is_right else None


@dataclass(frozen=True)
class FileAnswer:
    """What was answered with a file, to be answered again."""

    file: PublicFile
    headers: dict[str, str]

    @classmethod
    def of(cls, response: HttpResponse) -> "FileAnswer | None":
        """A view says with `public_file` that its response is a finished file. Staff's are never kept: no browser may
        keep them either."""
        file = getattr(response, "public_file", None)
        is_for_all = response.status_code == 200 and "no-store" not in response.get("Cache-Control", "")
        if file is None or not is_for_all or response.cookies:
            return None
        return cls(file, {name: value for name, value in response.items() if name != "Content-Length"})

    def to(self, request: HttpRequest) -> HttpResponse | None:
        """The answer to this request; None where the file has to be made or fetched anew."""
        unchanged = get_conditional_response(request, etag=self.headers["ETag"])
        if unchanged is not None and unchanged.status_code == 304:
            for name, value in self.headers.items():
                if name not in ("Content-Type", "Content-Disposition"):
                    unchanged[name] = value
            return unchanged
        content = self.file.read()
        if content is None:
            return None
        response = HttpResponse(content if request.method == "GET" else b"", headers=self.headers)
        response["Content-Length"] = str(len(content))
        return response
