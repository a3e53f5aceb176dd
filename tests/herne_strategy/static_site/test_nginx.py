"""nginx with the files of deploy/nginx/ and nothing behind it: every application server is dead."""

from collections.abc import Iterator

import pytest
from whitenoise.middleware import WhiteNoiseMiddleware

from herne_strategy.static_site.headers import normal
from tests.herne_strategy.static_site.conftest import HASHED, JSON, PDF, PLAIN, Site
from tests.herne_strategy.static_site.made_files import CONTENT
from tests.herne_strategy.static_site.running_nginx import Nginx, running

pytestmark = [pytest.mark.once, pytest.mark.django_db]  # the database is made for tests that say so
OF_NGINX = {"Server", "Date", "Connection", "Accept-Ranges", "Keep-Alive"}


@pytest.fixture(scope="module")
def nginx(site: Site, tmp_path_factory) -> Iterator[Nginx]:
    with running(site, tmp_path_factory.mktemp("nginx")) as server:
        yield server


def sent(headers: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in normal(headers).items() if name not in OF_NGINX}


def test_every_address_of_the_sitemap_is_answered(nginx: Nginx, site: Site):
    answers = {address: nginx.get(address).status for address in site.sitemap | site.addresses}

    assert {address for address, status in answers.items() if status != 200} == set()


def test_headers_are_those_of_the_application_for_every_kind_of_page(nginx: Nginx, site: Site):
    for address in site.answers.keys() - {"/barriere-melden/", HASHED}:
        assert sent(nginx.get(address).headers) == sent(site.answers[address].headers), address
    assert {PDF, JSON, PLAIN, "/", "/farben.css", "/fassungen/alt/"} <= site.answers.keys()


def test_a_static_file_with_a_digest_in_its_name_may_be_kept_for_ever(nginx: Nginx):
    for_ever = f"max-age={WhiteNoiseMiddleware.FOREVER}, public, immutable"

    assert nginx.get(HASHED).headers["Cache-Control"] == for_ever


@pytest.mark.parametrize(("accepted", "encoding"), [("br, gzip", "br"), ("gzip", "gzip"), ("identity", None)])
@pytest.mark.parametrize("address", ["/", "/farben.css"])
def test_compressed_forms_are_sent_with_what_caches_have_to_know(
    nginx: Nginx, address: str, accepted: str, encoding: str | None
):
    got = nginx.get(address, Accept_Encoding=accepted)

    assert got.headers.get("Content-Encoding") == encoding
    assert got.headers["Vary"] == "Accept-Encoding"


def test_a_browser_that_has_the_page_gets_304_and_only_then(nginx: Nginx):
    etag = nginx.get("/").headers["ETag"]

    assert nginx.get("/", If_None_Match=etag).status == 304
    assert nginx.get("/", If_None_Match='"anderes"').status == 200
    assert nginx.get("/", "HEAD").body == b""


def test_finished_pdf_is_sent_in_parts_too(nginx: Nginx):
    assert nginx.get(PDF).body == CONTENT
    assert nginx.get(PDF, Range="bytes=0-3").body == b"%PDF"


@pytest.mark.parametrize(
    "address",
    [
        "/?suche=wasser",
        "/massnahmen",
        "/index.html",
        "/massnahmen/index.html",
        "/robots.txt.gz",
        "/farben.css.br",
        "/none",
        f"{PDF}?x=1",
        f"{PDF}/content.pdf",
        "/verwaltung/",
        "/barriere-melden/",
    ],
)
def test_what_has_no_file_is_asked_of_the_application_alone(nginx: Nginx, address: str):
    got = nginx.get(address)

    assert got.status in (502, 503)
    assert "Diese Seite ist gerade nicht erreichbar" in got.body.decode()
    assert got.headers["Retry-After"] == "30"


def test_a_form_that_is_sent_never_gets_a_page(nginx: Nginx):
    assert nginx.get("/", "POST", body=b"a=1").status == 502
    assert nginx.get("/barriere-melden/", "POST", body=b"a=1").status == 502


def test_errors_of_nginx_are_german_pages_with_all_headers(nginx: Nginx, site: Site):
    answers = {
        400: nginx.get("/", host="127.0.0.1:8000", X_Long="x" * 40_000),
        413: nginx.get("/barriere-melden/", "POST", body=b"x" * 70_000),
        414: nginx.get(f"/{'x' * 9_000}"),
        404: nginx.get("/errors/503.html"),
        502: nginx.get("/verwaltung/"),
    }

    common = {"Content-Security-Policy", "X-Frame-Options", "X-Content-Type-Options", "Permissions-Policy"}
    for status, got in answers.items():
        expected = {name: site.answers["/"].headers[name] for name in common}
        assert (got.status, sent(got.headers) | normal(expected)) == (status, sent(got.headers)), got
        assert '<html lang="de">' in got.body.decode(), status
        assert got.headers["Content-Type"] == "text/html; charset=utf-8"
        assert got.headers["Cache-Control"] == "no-store"


def test_a_request_that_is_none_gets_the_page_too(nginx: Nginx):
    assert 'lang="de"' in nginx.raw(b"Unsinn\r\n\r\n").decode()


def test_too_many_queries_from_one_address_are_told_so(nginx: Nginx):
    answers = (nginx.get("/?x=1") for _ in range(500))

    refused = next(answer for answer in answers if answer.status == 429)

    assert "Zu viele Anfragen" in refused.body.decode()
    assert refused.headers["Retry-After"] == "10"
    assert nginx.get("/").status == 200


def test_an_unknown_host_gets_no_answer(nginx: Nginx):
    assert nginx.raw(b"GET / HTTP/1.1\r\nHost: anders.example\r\n\r\n") == b""


def test_the_log_holds_no_whole_address_and_no_query(nginx: Nginx):
    nginx.get("/massnahmen/?suche=geheim", User_Agent="Neugier/1.0")
    log = nginx.written(" GET /massnahmen/ ")

    assert log.startswith("127.0.0.0 [")
    assert "geheim" not in log
    assert "Neugier" not in log
    assert "127.0.0.1" not in log


def test_the_log_holds_no_link_for_a_new_password(nginx: Nginx):
    nginx.get("/verwaltung/konto/password/reset/key/1a-geheim/")

    assert "geheim" not in nginx.written("/password/reset/key/")


def test_headers_of_an_older_program_find_no_pages(site: Site, tmp_path):
    older = {**site.headers, "site.conf": site.headers["site.conf"].replace('default "', 'default "old', 1)}
    before = Site(site.root, site.data, site.addresses, site.sitemap, site.answers, older)

    with running(before, tmp_path) as nginx:
        assert nginx.get("/").status == 503
