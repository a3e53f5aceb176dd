"""What readers are answered with: what it is, in which letters, for how long over HTTPS only, from nowhere else."""

import re

import pytest
from django.conf import settings as portal
from django.core.management import call_command
from django.test import Client

from tests.herne_strategy.test_settings import PRODUCTION, read
from tests.published import page_kinds, publish

pytestmark = [pytest.mark.django_db, pytest.mark.once]

TEXTS = (
    "/robots.txt",
    "/sitemap.xml",
    "/healthz/",
    "/bereit/",
    "/gibt-es-nicht/",
    "/impressum/",
    "/barriere-melden/",
)


def test_every_text_names_its_charset(client: Client) -> None:
    publish("eins")
    call_command("load_pages", verbosity=0)

    kinds = {path: client.get(path)["Content-Type"] for path in (*page_kinds(), *TEXTS)}

    assert {path: kind for path, kind in kinds.items() if not kind.endswith("; charset=utf-8")} == {}
    assert (kinds["/robots.txt"], kinds["/sitemap.xml"]) == (
        "text/plain; charset=utf-8",
        "application/xml; charset=utf-8",
    )


def test_https_stays_on_for_a_year_and_for_all_below(client: Client, settings) -> None:
    made = read(PUBLIC_URL="https://strategie.example.de")
    for name in ("SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "SECURE_HSTS_INCLUDE_SUBDOMAINS"):
        setattr(settings, name, made[name])
    publish("eins")
    browser = Client()

    for path in ("/", "/", "/gibt-es-nicht/", "/verwaltung/konto/login/", "/robots.txt"):
        answer = browser.get(path, secure=True)
        assert answer["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains", path


def test_cookies_go_over_https_alone_and_no_script_reads_the_session() -> None:
    made = read(**PRODUCTION)

    assert (made["SESSION_COOKIE_SECURE"], made["CSRF_COOKIE_SECURE"]) == (True, True)
    assert (portal.SESSION_COOKIE_HTTPONLY, portal.CSRF_COOKIE_HTTPONLY) == (True, True)
    assert (portal.SESSION_COOKIE_SAMESITE, portal.CSRF_COOKIE_SAMESITE) == ("Lax", "Lax")
    assert portal.SESSION_COOKIE_DOMAIN is portal.CSRF_COOKIE_DOMAIN is None


def test_no_answer_opens_itself_to_other_sites(client: Client) -> None:
    publish("eins")

    for path in ("/", "/fassungen/eins/fassung.json", "/verwaltung/konto/login/"):
        answer = client.get(path, headers={"origin": "https://boese.example"})
        assert [name for name in answer.headers if name.startswith("Access-Control-")] == [], path
        assert answer["Cross-Origin-Resource-Policy"] == "same-origin", path


def test_no_public_page_loads_anything_from_elsewhere(client: Client) -> None:
    publish("eins")

    loaded = {
        found
        for path in page_kinds()
        for found in re.findall(
            r'(?:src|(?<=<link )[^>]*href|@import)="?([^" >]+)', client.get(path).content.decode()
        )
    }

    assert {each for each in loaded if "//" in each and "127.0.0.1" not in each} == set()


@pytest.mark.parametrize("method", ["trace", "put", "delete", "patch", "options"])
@pytest.mark.parametrize("path", ["/", "/massnahmen/", "/fassungen/"])
def test_pages_are_read_and_nothing_else(client: Client, path: str, method: str) -> None:
    publish("eins")

    assert getattr(client, method)(path).status_code == 405


@pytest.mark.parametrize(
    "path",
    [
        "/.git/config",
        "/.git/HEAD",
        "/.env",
        "/manage.py",
        "/static/",
        "/static/css/",
        "/static/../manage.py",
        "/var/",
    ],
)
def test_nothing_lies_open_beside_the_pages(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_fault_of_ours_tells_readers_nothing_about_itself(settings) -> None:
    client = Client(raise_request_exception=False)
    del settings.PUBLIC_URL

    answer = client.get("/robots.txt")

    page = answer.content.decode()
    assert answer.status_code == 500
    assert "<h1" in page
    assert not re.search(r"Traceback|AttributeError|PUBLIC_URL|site-packages|Django|\.py", page)


@pytest.mark.parametrize("debug", ["0", None])
def test_production_shows_no_details_of_faults(debug: str | None) -> None:
    assert read(DEBUG=debug)["DEBUG"] is False
