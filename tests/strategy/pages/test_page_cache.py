"""Pages that are kept: what they depend on, how they are compressed, what is never kept."""

import datetime
import gzip

import brotli
import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from measures.execution import Execution
from measures.execution_actions import keep_execution
from measures.progress import Progress
from strategy.editions import actions
from strategy.editions.library import library
from strategy.editions.models import PublicState
from strategy.pages.page_cache import Page, PageCache
from tests.published import nodes, page_kinds, publish

pytestmark = pytest.mark.django_db


def test_first_rendering_takes_eight_queries_at_most_whatever_the_size(monkeypatch) -> None:
    monkeypatch.setattr("strategy.editions.library.CHECK_EVERY", 60)  # however slow this machine is
    keep_execution(Execution(uid=nodes("measure")[0]["uid"]), by=None)
    counts = {}
    for measures in (12, 120):
        publish(f"alt-{measures}", measures=measures, knoten_1={"title": "Beispiel: Alt"})
        publish(f"neu-{measures}", measures=measures)
        for path in [*page_kinds(), f"/fassungen/alt-{measures}/"]:
            library.forget()
            with CaptureQueriesContext(connection) as queries:
                assert Client().get(path).status_code == 200
            counts[measures, path.replace(str(measures), "n")] = len(queries)

    small = {path: count for (size, path), count in counts.items() if size == 12}
    assert {path: count for path, count in small.items() if count > 8} == {}
    assert {path: count for (size, path), count in counts.items() if size == 120} == small


@pytest.mark.parametrize("path", ["/", "/massnahmen/", "/fassungen/", "/sdg/4/"])
def test_kept_page_takes_one_query_at_most(client: Client, path: str) -> None:
    publish("eins")
    first = client.get(path)

    with CaptureQueriesContext(connection) as queries:
        second = client.get(path)

    assert len(queries) <= 1
    assert second.content == first.content


@pytest.mark.parametrize(
    ("encoding", "unpack"), [("br", brotli.decompress), ("gzip", gzip.decompress), ("", bytes)]
)
def test_page_is_the_same_in_every_encoding(client: Client, encoding: str, unpack) -> None:
    publish("eins")
    plain = client.get("/").content

    response = client.get("/", headers={"accept-encoding": encoding})

    assert response.get("Content-Encoding", "") == encoding
    assert unpack(response.content) == plain
    assert response["Content-Length"] == str(len(response.content))
    assert response["Vary"] == "Accept-Encoding"


def test_head_has_the_length_but_no_body(client: Client) -> None:
    publish("eins")

    response = client.head("/")

    assert response.content == b""
    assert response["Content-Length"] == str(len(client.get("/").content))


def test_known_page_answers_304_until_something_public_changes(client: Client) -> None:
    publish("eins")
    etag = client.get("/")["ETag"]

    unchanged = client.get("/", headers={"if-none-match": etag})
    PublicState.objects.raise_revision()
    changed = client.get("/", headers={"if-none-match": etag})

    assert unchanged.status_code == 304
    assert unchanged.content == b""
    assert "Content-Security-Policy" in unchanged
    assert changed.status_code == 200
    assert changed["ETag"] != etag


def test_publication_is_visible_at_once_and_taking_back_too(client: Client) -> None:
    publish("eins", knoten_1={"title": "Beispiel: Alt"})
    assert "Beispiel: Alt" in client.get("/").content.decode()

    publish("zwei", knoten_1={"title": "Beispiel: Neu"})
    assert "Beispiel: Neu" in client.get("/").content.decode()

    actions.take_back()
    assert "Beispiel: Alt" in client.get("/").content.decode()


def test_reported_progress_is_visible_with_the_revision(client: Client) -> None:
    publish("eins")
    measure = nodes("measure")[0]
    path = f"/massnahmen/{measure['slug']}/"
    assert "Bisher wurde kein Umsetzungsstand gemeldet." in client.get(path).content.decode()

    Progress.objects.create(
        uid=measure["uid"], state="running", reported_on="2026-10-01", note="Es geht voran."
    )
    PublicState.objects.raise_revision()

    page = client.get(path).content.decode()
    assert "In Umsetzung" in page
    assert "Es geht voran." in page


def test_frozen_reading_has_no_live_data(client: Client) -> None:
    publish("eins")
    publish("zwei")
    measure = nodes("measure")[0]
    Progress.objects.create(
        uid=measure["uid"], state="running", reported_on="2026-10-01", note="Es geht voran."
    )

    page = client.get(f"/fassungen/eins/massnahmen/{measure['slug']}/").content.decode()

    assert "Es geht voran." not in page
    assert "In Umsetzung" not in page
    assert "Stand beim Einfrieren am" in page


def test_page_with_a_query_is_answered_like_any_other(client: Client) -> None:
    publish("eins")

    response = client.get("/?x=1", headers={"accept-encoding": "br, gzip"})
    again = client.get("/?x=1", headers={"if-none-match": response["ETag"]})

    assert (response["Content-Encoding"], response["Vary"]) == ("gzip", "Accept-Encoding")
    assert gzip.decompress(response.content) == client.get("/").content
    assert again.status_code == 304
    assert response["ETag"] not in (client.get("/")["ETag"], client.get("/?x=2")["ETag"])


@pytest.mark.parametrize(
    ("names", "status"),
    [
        ("{etag}", 304),
        ("{strong}", 304),  # comparing weakly, W/ makes no difference
        ('"anderes", {etag}', 304),
        ("*", 304),
        ('"anderes"', 200),
    ],
)
def test_etag_is_compared_weakly(client: Client, names: str, status: int) -> None:
    publish("eins")
    etag = client.get("/")["ETag"]

    asked = names.format(etag=etag, strong=etag.removeprefix("W/"))

    assert client.get("/", headers={"if-none-match": asked}).status_code == status


def test_short_form_is_kept_apart_from_the_long_one(client: Client) -> None:
    publish("eins")
    long = client.get("/druck/").content
    first = client.get("/druck/?umfang=kurz")

    with CaptureQueriesContext(connection) as queries:
        second = client.get("/druck/?umfang=kurz")

    assert len(queries) <= 1
    assert second.content == first.content != long
    assert second["ETag"] == first["ETag"] != client.get("/druck/")["ETag"]
    assert client.get("/druck/").content == long


@pytest.mark.parametrize(
    "address",
    [
        "/druck/?umfang=kurz&x=1",
        "/druck/?x=1&umfang=kurz",
        "/druck/?umfang=kurz&",
        "/druck/?umfang=%6burz",
        "/druck/?stadtbezirk=stadtweit",
        "/massnahmen/?umfang=kurz",
        "/?umfang=kurz",
        "/?x=1",
    ],
)
def test_page_with_another_query_is_not_kept(client: Client, address: str) -> None:
    publish("eins")
    rendered = []
    cache = PageCache(lambda request: rendered.append(request) or client.get(address))
    request = RequestFactory().get(address)

    answers = [cache(request), cache(request)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert len(rendered) == 2


def test_foreign_host_is_refused_even_for_a_kept_page(client: Client) -> None:
    publish("eins")
    client.get("/")

    response = client.get("/", headers={"host": "evil.example"})

    assert response.status_code == 400


def test_plain_http_is_redirected_even_for_a_kept_page(client: Client, settings) -> None:
    publish("eins")
    client.get("/")
    settings.SECURE_SSL_REDIRECT = True

    response = Client().get("/")

    assert response.status_code == 301
    assert response["Location"].startswith("https://")


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br", "br"),
        ("br;q=0, gzip", "gzip"),
        ("BR", "br"),
        ("gzip;q=0.0", ""),
        ("identity, br;q=0, gzip;q=0", ""),
        ("gzip;q=0.5", "gzip"),
        ("vibrant", ""),
    ],
)
def test_encoding_is_one_that_the_reader_accepts(client: Client, accepted: str, encoding: str) -> None:
    publish("eins")

    assert client.get("/", headers={"accept-encoding": accepted}).get("Content-Encoding", "") == encoding


def test_script_name_changes_no_link(client: Client) -> None:
    publish("eins")

    page = client.get("/massnahmen/", SCRIPT_NAME="/evil.example").content.decode()

    assert "evil.example" not in page


def test_late_page_of_an_older_revision_empties_nothing() -> None:
    cache = PageCache(lambda request: HttpResponse())
    page, old = Page("etag", {}, b""), library.shown().stamp
    PublicState.objects.raise_revision()
    new = library.shown().stamp
    cache._keep("/a/", page, new)

    cache._keep("/b/", page, old)

    assert cache._find("/a/", new) is page
    assert cache._find("/b/", old) is None


def test_restored_backup_is_seen_and_nothing_later_answers_for_it(client: Client) -> None:
    publish("eins", knoten_1={"title": "Beispiel: Alt"})
    before, old = client.get("/"), PublicState.objects.get()
    publish("zwei", knoten_1={"title": "Beispiel: Neu"})
    later = client.get("/")
    assert "Beispiel: Neu" in later.content.decode()

    PublicState.objects.update(revision=old.revision, shown=old.shown)
    restored = client.get("/", headers={"if-none-match": later["ETag"]})

    assert (restored.status_code, restored["ETag"]) == (200, before["ETag"])
    assert restored.content == before.content
    assert client.get("/massnahmen/").status_code == 200
    with CaptureQueriesContext(connection) as queries:
        client.get("/massnahmen/")
    assert len(queries) <= 1  # kept again, without a restart


def test_clock_that_steps_back_turns_the_page_back(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    publish("eins")
    today = client.get("/")["ETag"]
    monkeypatch.setattr("strategy.editions.library.timezone.localdate", lambda: datetime.date(2026, 1, 1))

    earlier = client.get("/", headers={"if-none-match": today})

    assert (earlier.status_code, client.get("/")["ETag"]) == (200, earlier["ETag"])
    assert earlier["ETag"] != today


@pytest.mark.parametrize("name", ["PUBLIC_URL", "BARRIER_MAIL_TO", "DATA_LICENCE"])
def test_setting_that_pages_show_makes_them_other_pages(client: Client, settings, name: str) -> None:
    publish("eins")
    before = client.get("/")["ETag"]
    library.forget()

    setattr(settings, name, "https://anders.example.de")

    assert client.get("/")["ETag"] != before
