"""A real gunicorn, asked from this machine, as a proxy would: no header changes what a request asks for."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = pytest.mark.once


@contextmanager
def serving(folder: Path, proxies: int) -> Iterator[int]:
    """A server behind so many proxies; its port."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        command = [sys.executable, "-m", "gunicorn", "tests.herne_strategy.echo", "--no-control-socket"]
        command += ["--bind", f"fd://{listening.fileno()}", "--log-level", "error"]
        environment = {**os.environ, "DEMO": "1", "DATA_DIR": str(folder), "BEHIND_PROXY": str(proxies)}
        process = subprocess.Popen(
            command, cwd=settings.BASE_DIR, env=environment, pass_fds=[listening.fileno()]
        )
        port = listening.getsockname()[1]
    try:
        yield port
    finally:
        process.terminate()
        process.wait(timeout=30)


def ask(port: int, headers: dict[str, str]) -> list[str]:
    """Path, path within the portal, scheme, host and network address, as Django has them."""
    connection = HTTPConnection(f"127.0.0.1:{port}", timeout=30)
    try:
        connection.request("GET", "/verwaltung/konto/", headers={"Host": "localhost", **headers})
        response = connection.getresponse()
        assert response.status == 200, response.read()
        return json.loads(response.read())
    finally:
        connection.close()


def test_headers_of_a_client_change_nothing_where_there_is_no_proxy(tmp_path: Path) -> None:
    forged = [
        {"SCRIPT_NAME": "/verwaltung"},
        {"SCRIPT_NAME": "/anders"},
        {"Script-Name": "/verwaltung"},
        {"PATH_INFO": "/"},
        {"X-Forwarded-Proto": "https"},
        {"X-Forwarded-Proto": "https", "X-Forwarded-Ssl": "off"},
        {"X_Forwarded_Proto": "https"},
        {"X-Forwarded-Host": "boese.example"},
        {"X_Forwarded_Host": "boese.example"},
        {"X-Forwarded-For": "203.0.113.9"},
        {"X_Forwarded_For": "203.0.113.9"},
        {"Remote_Addr": "203.0.113.9"},
        {"Forwarded": "for=203.0.113.9;proto=https;host=boese.example"},
    ]

    with serving(tmp_path, proxies=0) as port:
        told = [ask(port, headers) for headers in [{}, *forged]]

    assert told == [["/verwaltung/konto/", "/verwaltung/konto/", "http", "localhost", "127.0.0.1"]] * len(
        told
    )


def test_only_what_the_proxy_itself_sets_is_believed(tmp_path: Path) -> None:
    proxy = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.1, 203.0.113.9"}

    with serving(tmp_path, proxies=1) as port:
        told = [
            ask(port, {**forged, **proxy})
            for forged in (
                {},
                {"SCRIPT_NAME": "/verwaltung"},
                {"X_Forwarded_For": "192.0.2.2"},
                {"X_Forwarded_Proto": "http"},
                {"X-Forwarded-Ssl": "off"},
                {"X-Forwarded-Host": "boese.example"},
            )
        ]

    assert told == [["/verwaltung/konto/", "/verwaltung/konto/", "https", "localhost", "203.0.113.9"]] * 6
