"""nginx with the files of deploy/nginx/ before application servers that answer, fail or restart."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.herne_strategy.static_site.conftest import PDF, Site
from tests.herne_strategy.static_site.running_nginx import Nginx, running, upstream

pytestmark = [pytest.mark.once, pytest.mark.django_db]  # the database is made for tests that say so
LATER = "/sdg/4/"  # a page that the current folder of these tests lacks


@pytest.fixture(scope="module")
def nginx(site: Site, tmp_path_factory) -> Iterator[Nginx]:
    """With a current folder that is still being filled, beside the last complete one."""
    root = tmp_path_factory.mktemp("copy") / "site"
    shutil.copytree(site.root, root, symlinks=True)
    last = root / "sets" / (root / "last").readlink().name
    shutil.copytree(last, last.with_name("new"), symlinks=True)
    for tree in ("pages/sdg/4", f"files{PDF}"):
        remove(next(last.with_name("new").glob(f"*/{tree}")))
    (root / "current").unlink()
    (root / "current").symlink_to("sets/new")
    begun = Site(root, site.data, site.addresses, site.sitemap, site.answers, site.headers)
    with running(begun, tmp_path_factory.mktemp("nginx")) as server:
        yield server


def remove(path: Path) -> None:
    if path.is_symlink():
        path.unlink()
    else:
        shutil.rmtree(path)


def says(status: int, body: bytes = b"from the application"):
    return lambda handler: (status, body)


def test_what_is_written_never_reaches_the_application(nginx: Nginx):
    with upstream(nginx.applications[0], says(200)) as server:
        nginx.get("/")
        nginx.get("/massnahmen/", "HEAD")

    assert server.asked == []


def test_what_is_not_written_yet_is_asked_of_the_application(nginx: Nginx):
    with upstream(nginx.applications[0], says(200)):
        assert nginx.get(LATER).body == b"from the application"
        assert nginx.get(PDF).body == b"from the application"


def test_application_is_asked_for_the_address_as_it_was_sent(nginx: Nginx):
    """Not for the file that it would have."""
    with upstream(nginx.applications[0], says(200)) as server:
        for address in (LATER, "/ziele/b%C3%BCrger/", "/ziele/a%2Fb/", "/ziele/a//b/", "/ziele/x.txt"):
            nginx.get(address)

    assert [path for _method, path, _headers in server.asked] == [
        LATER,
        "/ziele/b%C3%BCrger/",
        "/ziele/a%2Fb/",
        "/ziele/a//b/",
        "/ziele/x.txt",
    ]


@pytest.mark.parametrize("status", [502, 503, 504])
def test_where_the_application_fails_the_last_folder_answers(nginx: Nginx, site: Site, status: int):
    with upstream(nginx.applications[0], says(status)):
        got = nginx.get(LATER)

    assert (got.status, got.body) == (200, site.page(LATER).read_bytes())


def test_where_no_application_runs_the_last_folder_answers_files_too(nginx: Nginx):
    assert nginx.get(LATER).status == 200
    assert nginx.get(PDF).headers["Content-Disposition"].endswith('eins-kurzfassung.pdf"')


@pytest.mark.parametrize(
    ("address", "method", "status"),
    [
        ("/nirgends/", "GET", 404),
        ("/verwaltung/", "GET", 503),
        ("/verwaltung/", "POST", 403),
        ("/barriere-melden/", "POST", 503),
        ("/?suche=a", "GET", 503),
        ("/fassungen/alt/kurzfassung.pdf", "GET", 503),
        ("/sdg/4", "GET", 410),
    ],
)
def test_what_the_application_says_itself_comes_through(nginx: Nginx, address: str, method: str, status: int):
    """Among it the page with what somebody typed, and the one that says when a PDF will be ready."""
    with upstream(nginx.applications[0], says(status)):
        got = nginx.get(address, method, body=b"text=lang" if method == "POST" else None)

    assert (got.status, got.body) == (status, b"from the application")


def test_a_server_that_restarts_is_not_seen(nginx: Nginx):
    with upstream(nginx.applications[1], says(200)):
        answers = [
            nginx.get(address).status for address in (LATER, "/?x=1", "/verwaltung/", "/nirgends/") * 2
        ]

    assert set(answers) == {200}


def test_a_form_is_never_sent_twice(nginx: Nginx):
    with upstream(nginx.applications[0], says(502)) as one, upstream(nginx.applications[1], says(502)) as two:
        nginx.get("/verwaltung/massnahmen/", "POST", body=b"a=1")
        nginx.get("/barriere-melden/", "POST", body=b"a=1")

    assert len(one.asked) + len(two.asked) == 2


def test_the_application_learns_who_asked_from_nginx_alone(nginx: Nginx):
    with upstream(nginx.applications[0], says(200)) as server:
        nginx.get(
            "/?x=1",
            X_Forwarded_For="10.0.0.1",
            X_Forwarded_Proto="https",
            Forwarded="for=10.0.0.1",
            Cookie="a=1",
        )

    headers = server.asked[0][2]
    assert headers["X-Forwarded-For"] == "127.0.0.1"
    assert headers["X-Forwarded-Proto"] == "http"
    assert headers["Host"] == "127.0.0.1:8000"
    assert "Forwarded" not in headers
    assert headers["Cookie"] == "a=1"


@pytest.mark.parametrize(("address", "status"), [("/verwaltung/dateien/", 200), ("/barriere-melden/", 413)])
def test_large_files_are_taken_in_the_administration_alone(nginx: Nginx, address: str, status: int):
    with upstream(nginx.applications[0], says(200)):
        assert nginx.get(address, "POST", body=b"x" * 3_000_000).status == status


def test_monitoring_asks_the_application(nginx: Nginx):
    with upstream(nginx.applications[0], says(503, b"damaged edition: eins\n")):
        got = nginx.get("/bereit/")

    assert (got.status, got.body) == (503, b"damaged edition: eins\n")


def test_monitoring_is_closed_for_other_networks(site: Site, tmp_path: Path):
    with running(site, tmp_path, monitor="10.1.2.0/24") as nginx:
        got = nginx.get("/healthz/")

    assert got.status == 403
    assert "nicht öffentlich" in got.body.decode()


def test_with_tls_pages_are_read_and_plain_http_leads_there(site: Site, tmp_path: Path):
    with running(site, tmp_path, tls=True) as nginx:
        assert nginx.get("/", host="localhost").status == 200
        moved = Nginx(nginx.plain_port, nginx.applications, tmp_path).get("/sdg/4/?x=1", host="localhost")
        unknown = Nginx(nginx.plain_port, nginx.applications, tmp_path).raw(
            b"GET / HTTP/1.1\r\nHost: a.b\r\n\r\n"
        )

    assert (moved.status, moved.headers["Location"]) == (301, "https://localhost/sdg/4/?x=1")
    assert unknown == b""
