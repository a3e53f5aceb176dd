"""The addresses of PDFs: what they answer, under every prefix."""

import re
import threading
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.contrib.auth.models import User
from django.test import Client

from printing.pdf import making
from strategy.editions import actions
from strategy.pages.page_cache import PageCache
from tests.published import nodes, publish

pytestmark = pytest.mark.django_db
PDF = "application/pdf"


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path / "pdf"


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("chefin"))
    return client


def slug(kind: str) -> str:
    return nodes(kind)[0]["slug"]


def get(client: Client, address: str, **more: Any) -> Any:
    """The answer; `body` is what came."""
    response = client.get(address, **more)
    response.body = response.content
    return response


def title(response: Any, folder: Path) -> str:
    """The title of the answered PDF."""
    path = folder / "answered"
    path.write_bytes(response.body)
    with pikepdf.open(path) as pdf:
        return str(pdf.docinfo["/Title"])


def made(folder: Path) -> int:
    return len(list(folder.glob("*.pdf"))) if folder.exists() else 0


@pytest.mark.parametrize(
    "prefix", ["/", "/fassungen/eins/", "/verwaltung/fassungen/eins/", "/verwaltung/vorschau/"]
)
def test_every_form_under_every_prefix(editor: Client, folder: Path, prefix: str):
    publish("eins")
    tree = {f"themenfelder/{slug('theme')}/": "Themenfeld 1", f"ziele/{slug('strategic_goal')}/": "1.1"}
    tree |= {f"ziele/{slug('operational_goal')}/": "1.1.1", f"massnahmen/{slug('measure')}/": "1.1.1.1"}
    lead = nodes("measure")[0]["values"]["lead"]["key"]
    asked = {"": "Langfassung", "?umfang=kurz": "Kurzfassung", "?stadtbezirk=stadtweit": "Maßnahmen in"}
    asked[f"?fachbereich={lead}"] = "Maßnahmen nach Federführung"
    is_preview = prefix.endswith("vorschau/")  # where no measure has been written yet

    for address, name in [(f"druck.pdf{query}", name) for query, name in asked.items()] + [
        (f"{path}druck.pdf", name) for path, name in tree.items()
    ]:
        response = get(editor, f"{prefix}{address}")
        is_there = not is_preview or address in ("druck.pdf", "druck.pdf?umfang=kurz")
        assert (response.status_code == 200) == is_there, address
        if is_there:
            assert response["Content-Type"] == PDF
            assert name in title(response, folder), address


def test_file_has_a_good_name_and_headers(client: Client, folder: Path):
    publish("eins")

    shown = get(client, "/druck.pdf")
    other = get(client, "/fassungen/eins/kurzfassung.pdf")

    assert shown["Content-Disposition"] == (
        'inline; filename="musterstadt-nachhaltigkeitsstrategie-eins-langfassung.pdf"'
    )
    assert other["Content-Disposition"].endswith('-eins-kurzfassung.pdf"')
    assert shown["Cache-Control"] == other["Cache-Control"] == "no-cache"
    assert "default-src 'none'" in shown["Content-Security-Policy"]
    assert shown["X-Content-Type-Options"] == "nosniff"
    assert "X-Robots-Tag" not in shown
    assert other["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("druck.pdf?umfang=kurz", "kurzfassung"),
        ("druck.pdf?stadtbezirk=stadtweit", "stadtbezirk-stadtweit"),
        ("massnahmen/{measure}/druck.pdf", "massnahme-1-1-1-1"),
        ("ziele/{strategic_goal}/druck.pdf", "ziel-1-1"),
        ("themenfelder/{theme}/druck.pdf", "themenfeld-1"),
    ],
)
def test_name_says_the_form(client: Client, address: str, name: str):
    publish("eins")
    slugs = {kind: slug(kind) for kind in ("theme", "strategic_goal", "measure")}

    response = get(client, f"/{address.format(**slugs)}")

    assert response["Content-Disposition"].endswith(f'-eins-{name}.pdf"')


def test_form_under_its_own_name_is_always_that_of_an_edition(client: Client):
    publish("eins")

    for form in ("langfassung", "kurzfassung"):
        response = get(client, f"/{form}.pdf")

        assert (response.status_code, response["Location"]) == (302, f"/fassungen/eins/{form}.pdf")
        assert response["Cache-Control"] == "no-cache"


def test_same_file_under_three_addresses_is_made_once(client: Client, folder: Path):
    publish("eins")

    answers = [
        get(client, a) for a in ("/druck.pdf", "/fassungen/eins/druck.pdf", "/fassungen/eins/langfassung.pdf")
    ]

    assert len({answer.body for answer in answers}) == 1
    assert len({answer["ETag"] for answer in answers}) == 1
    assert made(folder) == 1


def test_reader_who_has_it_gets_no_second_copy(client: Client, folder: Path):
    publish("eins")
    etag = get(client, "/druck.pdf")["ETag"]
    for path in folder.glob("*.pdf"):
        path.unlink()

    same = get(client, "/druck.pdf", headers={"if-none-match": etag})
    other = get(client, "/druck.pdf", headers={"if-none-match": '"anders"'})

    assert (same.status_code, same.content, same["ETag"]) == (304, b"", etag)
    assert other.status_code == 200
    assert made(folder) == 1


def test_pages_in_memory_stay_as_they_are(client: Client, monkeypatch: pytest.MonkeyPatch):
    publish("eins")
    kept = _page_cache(client, monkeypatch)
    get(client, "/")
    before = set(kept._pages)

    first, second = get(client, "/druck.pdf"), get(client, "/druck.pdf")

    assert "/" in before
    assert set(kept._pages) == before
    assert first.body == second.body


def _page_cache(client: Client, monkeypatch: pytest.MonkeyPatch) -> PageCache:
    """The one that this client's requests pass."""
    made: list[PageCache] = []
    make = PageCache.__init__
    monkeypatch.setattr(PageCache, "__init__", lambda self, *args: made.append(self) or make(self, *args))
    client.handler.load_middleware()
    return made[-1]


@pytest.mark.parametrize(
    "query", ["umfang=lang", "stadtbezirk=mond", "fachbereich=x", "umfang=kurz&stadtbezirk=stadtweit"]
)
def test_what_does_not_exist_is_not_found(client: Client, folder: Path, query: str):
    publish("eins")

    response = get(client, f"/druck.pdf?{query}")

    assert response.status_code == 404
    assert made(folder) == 0


def test_entry_that_has_moved_or_gone(client: Client):
    measure = nodes("measure")[0]
    publish("eins")
    publish("zwei", **{measure["slug"].replace("-", "_"): {"slug": "neuer-name"}})
    publish("drei", without=nodes("measure")[1]["slug"])

    moved = get(client, f"/fassungen/zwei/massnahmen/{measure['slug']}/druck.pdf")
    gone = get(client, f"/massnahmen/{nodes('measure')[1]['slug']}/druck.pdf")
    never = get(client, "/massnahmen/gab-es-nie/druck.pdf")

    assert (moved.status_code, moved["Location"]) == (301, "/fassungen/zwei/massnahmen/neuer-name/druck.pdf")
    assert (gone.status_code, never.status_code) == (410, 404)
    assert "Nicht mehr Teil der Strategie" in gone.content.decode()


def test_withheld_edition_says_why_and_staff_reads_it(editor: Client, folder: Path):
    eins = publish("eins")
    publish("zwei")
    actions.withhold(eins, reason="Ein Name muss geprüft werden.")

    public = get(editor, "/fassungen/eins/langfassung.pdf")
    staff = get(editor, "/verwaltung/fassungen/eins/langfassung.pdf")

    assert public.status_code == 410
    assert "Ein Name muss geprüft werden." in public.content.decode()
    assert staff.status_code == 200
    assert staff["Cache-Control"] == "private, no-store"


def test_working_tree_is_for_staff_alone(client: Client):
    publish("eins")

    response = get(client, "/verwaltung/vorschau/druck.pdf")

    assert response.status_code == 302
    assert response["Location"].startswith("/verwaltung/login/")


def test_preview_follows_the_working_tree(editor: Client, folder: Path):
    from tests.strategy.outline import plant

    plant("theme Bildung")
    first = get(editor, "/verwaltung/vorschau/druck.pdf")
    again = get(editor, "/verwaltung/vorschau/druck.pdf")
    plant("theme Klima")
    changed = get(editor, "/verwaltung/vorschau/druck.pdf")

    assert first["Cache-Control"] == "private, no-store"
    assert first["ETag"] == again["ETag"] != changed["ETag"]
    assert made(folder) == 2


def test_failure_is_a_page_with_a_way_out(client: Client, folder: Path, monkeypatch: pytest.MonkeyPatch):
    publish("eins")
    monkeypatch.setattr(making, "TIME_LIMIT", 0.01)

    response = get(client, "/fassungen/eins/druck.pdf?umfang=kurz")

    page = response.content.decode()
    assert response.status_code == 503
    assert response["Retry-After"] == "300"
    assert response["Cache-Control"] == "no-store"
    assert "Dieses PDF konnte nicht erzeugt werden." in page
    assert 'href="/fassungen/eins/druck/?umfang=kurz"' in page
    assert "Not ready" not in page
    assert made(folder) == 0


def test_staff_reads_the_reason(editor: Client, monkeypatch: pytest.MonkeyPatch):
    publish("eins")
    monkeypatch.setattr(making, "TIME_LIMIT", 0.01)

    page = get(editor, "/verwaltung/fassungen/eins/druck.pdf").content.decode()

    assert "Not ready after 0.01 seconds." in page


def test_too_many_are_asked_to_come_back(client: Client, monkeypatch: pytest.MonkeyPatch):
    publish("eins")
    monkeypatch.setattr(making, "WAITING", threading.Semaphore(0))

    response = get(client, "/druck.pdf")

    assert (response.status_code, response["Retry-After"]) == (503, "30")
    assert "Gerade werden sehr viele PDFs angefordert." in response.content.decode()


def test_nothing_published_has_no_file(client: Client):
    response = get(client, "/druck.pdf")

    assert response.status_code == 404
    assert "Noch ist nichts veröffentlicht" in response.content.decode()


def test_print_view_leads_to_its_file(client: Client):
    publish("eins")

    page = get(client, f"/massnahmen/{slug('measure')}/druck/").content.decode()

    assert re.findall(r'href="([^"]+\.pdf)"', page) == [f"/massnahmen/{slug('measure')}/druck.pdf"]


def test_head_request_answers_like_get_without_a_body(client: Client):
    publish("eins")

    response = client.head("/druck.pdf")

    assert response.status_code == 200
    assert int(response["Content-Length"]) > 10_000
