"""A level that is declared is everywhere: on pages, on paper, in the Synopse and the archive."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from django.conf import settings
from django.test import Client

from printing.archive.checking import problems
from strategy.document.document import Document
from strategy.editions import actions
from strategy.editions.models import Edition
from strategy.tree.levels import Level, levels
from tests.levels.new_level import WITH_PAGE, WITHOUT_PAGE, registered, strategy_with_steps
from tests.printing.archive.archives import archived, kept
from tests.printing.pdf.pdf_files import words
from tests.printing.printed_pages import facts, get, headings, sheets, text
from tests.printing.sample import small_strategy

pytestmark = [pytest.mark.django_db, pytest.mark.once]
STEP = "/teilschritte/anmeldung/"
CODE = "1.1.1.1.1"


@pytest.fixture
def editions() -> Iterator[None]:
    """One edition without the level, and one with it, which is shown."""
    actions.publish(actions.store(small_strategy(), slug="eins"))
    with registered(WITH_PAGE):
        actions.publish(actions.store(strategy_with_steps(), slug="zwei"))
        yield


def pdf(address: str) -> str:
    """The words of a file, as a reader extracts them."""
    response = Client().get(address)
    assert response.status_code == 200, address
    with pypdfium2.PdfDocument(response.content) as file:
        return words("".join(page.get_textpage().get_text_range() for page in file))


@pytest.mark.parametrize("level", list(levels()), ids=lambda level: level.kind)
def test_style_on_paper_is_one_that_there_is(level: Level):
    styles = (settings.BASE_DIR / "printing" / "pdf" / "blocks.typ").read_text()

    sizes, above = (re.search(rf"#let {name} = \((.*?)\n\)", styles, re.S)[1] for name in ("sizes", "above"))

    assert f"{level.paper.style}: " in sizes
    assert f"{level.paper.style}: " in above


def test_codes_have_a_part_more():
    with registered(WITH_PAGE):
        document = Document.from_data(strategy_with_steps())

        assert document.by_code[CODE].title == "Anmeldung öffnen"
        assert document.by_path["teilschritte/raeume/"].code == "1.1.1.1.2"


def test_page_of_the_parent_leads_to_it(editions: None):
    page = get("/massnahmen/kurse/")

    assert re.findall(r'href="(/teilschritte/[^"]+)"', page) == [STEP, "/teilschritte/raeume/"]
    assert f"{CODE} Anmeldung öffnen" in text(page)


@pytest.mark.parametrize(
    ("parent", "code"),
    [
        ("Klima", "2.0.0.0.1"),
        ("Wege", "2.1.0.0.1"),
        ("Mehr Gärten", "1.1.1.0.1"),
        ("Radweg", "2.1.0.1.1"),
    ],
)
def test_codes_have_a_nought_for_each_level_that_is_left_out(parent: str, code: str):
    with registered(WITH_PAGE):
        document = Document.from_data(strategy_with_steps(parent))

        assert document.by_path["teilschritte/anmeldung/"].code == code


@pytest.mark.parametrize(
    ("parent", "page"),
    [
        ("Vorwort", "/kapitel/vorwort/"),
        ("Klima", "/themenfelder/klima/"),
        ("Leitlinie Luft", "/themenfelder/klima/"),
        ("Wege", "/ziele/wege/"),
        ("Mehr Gärten", "/ziele/mehr-gaerten/"),
        ("Radweg", "/massnahmen/radweg/"),
    ],
)
def test_page_of_whatever_it_stands_below_leads_to_it(parent: str, page: str):
    with registered(WITH_PAGE):
        actions.publish(actions.store(strategy_with_steps(parent), slug="eins"))

        assert f'href="{STEP}"' in get(page)


def test_it_has_a_page(editions: None):
    page = text(get(STEP))

    assert f"Teilschritt {CODE} Anmeldung öffnen" in page
    assert "So geht Anmeldung öffnen ." in page
    assert "Werkzeug Formular Aufwand 17 Stunden" in page
    assert f"{STEP}druck/" in get(STEP)
    assert f"{STEP}</loc>" in get("/sitemap.xml")
    assert Client().get(f"/k/{CODE}/").headers["Location"] == STEP


def test_it_is_read_on_the_page_of_its_parent_where_it_has_none():
    with registered(WITHOUT_PAGE):
        actions.publish(actions.store(strategy_with_steps(), slug="eins"))
        page = get("/massnahmen/kurse/")

        assert 'id="anmeldung"' in page
        assert f"{CODE} Anmeldung öffnen So geht Anmeldung öffnen . Werkzeug Formular" in text(page)
        assert Client().get(f"/k/{CODE}/").headers["Location"] == "/massnahmen/kurse/#anmeldung"
        assert Client().get(STEP).status_code == Client().get(f"{STEP}druck/").status_code == 404


def test_print_views_have_it(editions: None):
    measure = headings(get("/massnahmen/kurse/druck/"))

    assert measure[-2:] == [f"3 {CODE} Anmeldung öffnen", "3 1.1.1.1.2 Räume suchen"]
    assert facts(get("/druck/"), "Anmeldung öffnen") == {"Werkzeug": "Formular", "Aufwand": "17 Stunden"}


def test_it_has_a_print_view(editions: None):
    page = sheets(get(f"{STEP}druck/"))

    assert f"Teilschritt {CODE}" in text(page)
    assert "So geht Anmeldung öffnen ." in text(page)
    assert f"{STEP}druck.pdf" in get(f"{STEP}druck/")


@pytest.mark.parametrize("address", ["/fassungen/zwei/druck.pdf", "/massnahmen/kurse/druck.pdf"])
def test_pdf_has_it(editions: None, address: str):
    found = pdf(address)

    assert words("Anmeldung öffnen So geht Anmeldung öffnen. Werkzeug Formular Aufwand 17 Stunden") in found


def test_it_has_a_pdf(editions: None):
    response = Client().get(f"{STEP}druck.pdf")

    assert "zwei-teilschritt-1-1-1-1-1.pdf" in response.headers["Content-Disposition"]
    assert words(f"Teilschritt {CODE}") in pdf(f"{STEP}druck.pdf")


def test_synopse_has_it(editions: None):
    page = text(get("/fassungen/eins/synopse/zwei/"))

    assert f"{CODE} Anmeldung öffnen Teilschritt: neu" in page
    assert re.search(r"Werkzeug: Formular .*Aufwand: 17 Stunden", page)
    assert words("Werkzeug: Formular") in pdf("/fassungen/eins/synopse/zwei/synopse.pdf")


def test_archive_has_a_table_of_it(editions: None, tmp_path: Path):
    archive = archived(Edition.objects.get(slug="zwei"))

    with zipfile.ZipFile(io.BytesIO(archive)) as files:
        table = files.read("teilschritte.csv").decode("utf-8-sig")
        assert "teilschritte.csv    Teilschritte als Tabelle" in files.read("LIESMICH.txt").decode()
    rows = list(csv.DictReader(io.StringIO(table), delimiter=";"))
    assert [(row["code"], row["tool"], row["hours"]) for row in rows] == [
        (CODE, "Formular", "17"),
        ("1.1.1.1.2", "Karte", "23"),
    ]
    assert problems(kept(tmp_path, archive)) == []


def test_archive_of_an_older_program_lacks_the_table_and_is_whole(tmp_path: Path, settings):
    edition = actions.store(small_strategy(), slug="eins")
    actions.publish(edition)
    older = kept(tmp_path, archived(Edition.objects.get(slug="eins")))
    settings.PROGRAM_VERSION = "0.2.0+0badcafe"

    with registered(WITH_PAGE):
        assert problems(older) == []
