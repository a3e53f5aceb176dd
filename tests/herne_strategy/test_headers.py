"""Every answer has the headers that protect readers, whichever part of the portal gives it."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from strategy.editions.library import Library
from tests.published import publish

pytestmark = pytest.mark.django_db

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


def protection(response: Any) -> dict[str, str | None]:
    return {name: response.headers.get(name) for name in HEADERS}


@pytest.mark.parametrize(
    ("method", "path", "sent", "status"),
    [
        ("get", "/", {"HTTP_HOST": "boese.example"}, 400),
        ("get", "/", {"HTTP_HOST": "a_b\nX: y"}, 400),
        ("post", "/gibt-es-nicht/", {"HTTP_HOST": "boese.example"}, 400),
        ("get", "/verwaltung/", {}, 302),
        ("get", "/gibt-es-nicht/", {}, 404),
        ("get", "/impressum", {}, 301),
        ("post", "/", {}, 405),
        ("post", "/verwaltung/alle-daten/", {"HTTP_ORIGIN": "http://testserver"}, 403),
    ],
)
def test_refusals_have_the_headers(
    client: Client, method: str, path: str, sent: dict[str, str], status: int
) -> None:
    response = getattr(client, method)(path, **sent)

    assert (response.status_code, protection(response)) == (status, HEADERS)


def test_form_with_too_many_fields_is_refused_with_the_headers(client: Client, settings) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 1

    response = client.post("/verwaltung/konto/login/", {"login": "a", "password": "b"})

    assert (response.status_code, protection(response)) == (400, HEADERS)
    assert "Es wurde nichts geändert." in response.content.decode()


def test_failure_has_the_headers_in_views_and_before_them(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any) -> None:
        raise ValueError

    monkeypatch.setattr("herne_strategy.views.problems", fail)
    in_view = client.get("/bereit/")
    monkeypatch.setattr(Library, "shown", fail)
    in_middleware = client.get("/")

    for response in (in_view, in_middleware):
        assert (response.status_code, protection(response)) == (500, HEADERS)
        assert "Das hat nicht geklappt" in response.content.decode()


def test_pages_that_are_kept_have_the_headers_each_time(client: Client) -> None:
    publish("eins")

    pages = [client.get("/"), client.get("/"), client.head("/")]
    unchanged = client.get("/", headers={"If-None-Match": pages[0]["ETag"]})

    assert [protection(page) for page in pages] == [HEADERS] * 3
    assert (unchanged.status_code, protection(unchanged)) == (304, HEADERS)


def test_files_have_the_headers(settings, tmp_path: Path) -> None:
    (tmp_path / "datei.svg").write_text("<svg/>")
    settings.STATIC_ROOT = tmp_path

    response = Client().get("/static/datei.svg")
    response.close()

    assert (response.status_code, protection(response)) == (200, HEADERS)


def test_with_https_every_answer_over_it_says_so_for_a_year(client: Client, settings) -> None:
    settings.SECURE_SSL_REDIRECT = settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    settings.SECURE_HSTS_SECONDS = 31536000

    secure = [
        client.get(path, secure=True, headers={"host": host})
        for path, host in (("/", "testserver"), ("/", "boese.example"), ("/impressum", "testserver"))
    ]
    plain = client.get("/")

    assert [response["Strict-Transport-Security"] for response in secure] == [
        "max-age=31536000; includeSubDomains"
    ] * 3
    assert (plain.status_code, protection(plain)) == (301, HEADERS)
    assert "Strict-Transport-Security" not in plain
