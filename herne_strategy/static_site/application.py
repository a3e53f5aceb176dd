"""Asks the application for a page, in this process, as nginx would for a reader."""

import io
import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest

_FILE_NAME = re.compile(r'(?:inline|attachment); filename="([\w.-]+)"', re.ASCII)


class Failed(Exception):
    """The application could not answer for what everything else hangs on."""


@dataclass(frozen=True)
class Answer:
    """What the application said."""

    status: int
    headers: dict[str, str]
    body: bytes
    has_cookies: bool = False

    @property
    def file_name(self) -> str:
        """The name that a browser saves it under; empty where the application gives none."""
        match = _FILE_NAME.fullmatch(self.headers.get("Content-Disposition", ""))
        return match[1] if match else ""


class Application:
    """The portal with all its middleware."""

    def __init__(self) -> None:
        self._handler = WSGIHandler()

    def ask(self, address: str, etag: str = "") -> Answer:
        """The answer to GET. With the ETag of an earlier answer, 304 where it is still the same."""
        request = request_of(address)
        if etag:
            request.META["HTTP_IF_NONE_MATCH"] = etag
        response = self._handler.get_response(request)
        body = b"".join(response)
        for close in response._resource_closers:  # type: ignore[attr-defined]  # close() would end the connection too
            close()
        return Answer(response.status_code, dict(response.items()), body, bool(response.cookies))


def request_of(address: str) -> WSGIRequest:
    """The request of a reader at PUBLIC_URL."""
    public = urlsplit(settings.PUBLIC_URL)
    default = 443 if public.scheme == "https" else 80
    return WSGIRequest(
        {
            "REQUEST_METHOD": "GET",
            "SCRIPT_NAME": "",
            "PATH_INFO": unquote(address, encoding="latin-1"),
            "QUERY_STRING": "",
            "SERVER_NAME": public.hostname or "",
            "SERVER_PORT": str(public.port or default),
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": public.netloc,
            "HTTP_X_FORWARDED_FOR": "127.0.0.1",
            "HTTP_X_FORWARDED_PROTO": public.scheme,
            "wsgi.url_scheme": public.scheme,
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": io.StringIO(),
            "wsgi.version": (1, 0),
            "wsgi.multithread": True,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
        }
    )
