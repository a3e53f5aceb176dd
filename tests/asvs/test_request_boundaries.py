"""Where a request ends is clear to gunicorn, whatever it says of its length: none hides in another."""

import pytest
from gunicorn.config import Config
from gunicorn.http import RequestParser
from gunicorn.http.errors import ParseException

pytestmark = pytest.mark.once

HEAD = b"POST /barriere-melden/ HTTP/1.1\r\nHost: strategie.example.de\r\n"
HIDDEN = b"GET /verwaltung/ HTTP/1.1\r\nHost: strategie.example.de\r\n\r\n"


@pytest.mark.parametrize(
    "lengths",
    [
        b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n",
        b"Transfer-Encoding: chunked\r\nContent-Length: 0\r\n",
        b"Content-Length: 0\r\nContent-Length: 30\r\n",
        b"Content-Length: +5\r\n",
        b"Content-Length: -1\r\n",
        b"Content-Length: 1_0\r\n",
        b"Transfer-Encoding: xchunked\r\n",
        b"Transfer-Encoding: chunked, identity\r\n",
        b"Transfer-Encoding : chunked\r\n",
        b"Transfer-Encoding:\x0bchunked\r\n",
        b"X: a\r\n Transfer-Encoding: chunked\r\n",
    ],
)
def test_request_of_two_lengths_or_of_none_is_refused(lengths: bytes) -> None:
    with pytest.raises(ParseException):
        next(RequestParser(Config(), iter([HEAD + lengths + b"\r\n0\r\n\r\n" + HIDDEN]), ("127.0.0.1", 1)))


@pytest.mark.parametrize(
    ("lengths", "body"),
    [
        (b"Content-Length: 4\r\n", b"a=bc"),
        (b"Transfer-Encoding: chunked\r\n", b"4\r\na=bc\r\n0\r\n\r\n"),
    ],
)
def test_body_ends_where_the_next_request_begins(lengths: bytes, body: bytes) -> None:
    parser = RequestParser(Config(), iter([HEAD + lengths + b"\r\n" + body + HIDDEN]), ("127.0.0.1", 1))

    first = next(parser)
    read = first.body.read()
    second = next(parser)

    assert (read, first.path, second.path) == (b"a=bc", "/barriere-melden/", "/verwaltung/")
