"""The Synopse as a file: every change side by side, in landscape."""

from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.test import Client

from printing.pdf.synopse_data import synopse_data
from printing.synopse import synopse_of
from strategy.editions import actions
from strategy.editions.models import Edition, Strategy
from strategy.history import node_actions
from strategy.tree.models import Node
from strategy.tree.review import Review
from tests.printing.pdf.pdf_files import compiled, sheets, words
from tests.printing.pdf.structure import problems
from tests.strategy.outline import plant

pytestmark = pytest.mark.django_db

TREE = """
theme Bildung
  guideline Lernen
    strategic_goal Schulen
      measure Garten
      measure Kurse
      measure Labor
      measure Letzte
    strategic_goal Kitas
"""
ADDRESS = "/fassungen/alt/synopse/neu/synopse.pdf"


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path / "pdf"


@pytest.fixture
def editions() -> tuple[Edition, Edition]:
    """Two editions that differ in every way that fits on a sheet."""
    Strategy(city="Herne", title="Strategie").save()
    nodes = plant(TREE, Garten={"text": "Ein Garten an jeder Schule. " + "Er wird gepflegt. " * 5})
    Node.objects.update(review=Review.AGREED)
    old = published("alt")
    text = "Zwei Gärten an jeder Schule. " + "Er wird gepflegt. " * 5
    node_actions.change(nodes["Garten"], content={"text": text}, reason='#panic("x") *Antrag* 12')
    node_actions.move(nodes["Kurse"], target=nodes["Kitas"], pos="last-child", reason="Passt besser")
    node_actions.delete(nodes["Labor"])
    node_actions.add(kind="measure", content={"title": "Neues"}, parent=nodes["Kitas"])
    return old, published("neu")


def published(slug: str) -> Edition:
    edition = actions.freeze(slug=slug, title=f"Fassung {slug}")
    actions.publish(edition)
    return edition


def test_file_is_whole_and_says_all(editions: tuple[Edition, Edition], tmp_path: Path):
    path = compiled(synopse_data(synopse_of(*editions)), tmp_path / "synopse.pdf", "synopse")

    said = words(" ".join(sheets(path)))
    with pikepdf.open(path) as pdf:
        found = problems(pdf)
        paper = {tuple(round(float(x)) for x in page.MediaBox) for page in pdf.pages}
    assert found == []
    assert paper == {(0, 0, 842, 595)}
    for text in [
        "„Fassung neu“ unterscheidet sich von „Fassung alt“ in 4 Änderungen",
        "Text Ein Garten an jeder Schule.",
        "Zwei Gärten an jeder Schule.",
        '#panic("x") *Antrag* 12',
        "Maßnahme: entfallen",
        "Entfallen: 1 Maßnahme",
        "Steht unter „1.1 Schulen“.",
        "Steht unter „1.2 Kitas“.",
        "Wo keine Begründung steht, ist keine angegeben.",
        "Nur neu nummeriert",
        "1.1.0.4 → 1.1.0.2 Letzte",
        "/fassungen/alt/synopse/neu/",
    ]:
        assert words(text) in said, text
    assert f"Seite 1 von {len(sheets(path))}" in sheets(path)[0]


def test_words_that_differ_are_told_apart_by_more_than_colour(
    editions: tuple[Edition, Edition], tmp_path: Path
):
    data = synopse_data(synopse_of(*editions))
    row = next(row for row in rows_of(data) if row["title"].endswith("Garten"))

    assert row["fields"][0]["old"][0] == ["removed", "Ein Garten"]
    assert row["fields"][0]["new"][0] == ["added", "Zwei Gärten"]
    with pikepdf.open(compiled(data, tmp_path / "x.pdf", "synopse")) as pdf:
        spans = [
            e for e in pdf.objects if isinstance(e, pikepdf.Dictionary) and "/TextDecorationType" in str(e)
        ]
    assert spans


def rows_of(data: dict[str, Any]) -> list[dict[str, Any]]:
    return [row for part in data["parts"] for row in part["rows"]]


def test_what_is_wholly_new_or_gone_is_set_as_it_reads_without_marks(editions: tuple[Edition, Edition]):
    data = synopse_data(synopse_of(*editions))

    whole = {row["title"]: row["whole"] for row in rows_of(data) if row["whole"]}

    said = {"texts": [], "facts": [["Beschlussstand: ", "Vorschlag unter Vorbehalt"]]}
    assert whole == {"1.1.0.3 Labor": said, "1.2.0.2 Neues": said}
    assert data["legend"] == (
        "Was entfällt, ist durchgestrichen; was neu ist, ist unterstrichen und fett. Was als Ganzes neu ist oder "
        "entfällt, braucht kein solches Zeichen. Wo keine Begründung steht, ist keine angegeben."
    )


def test_every_change_has_a_bookmark_below_that_of_its_theme(
    editions: tuple[Edition, Edition], tmp_path: Path
):
    with pikepdf.open(compiled(synopse_data(synopse_of(*editions)), tmp_path / "x.pdf", "synopse")) as pdf:
        (whole,) = pdf.open_outline().root
        theme, renumbered = whole.children
        changes = [str(each.title) for each in theme.children]

    assert (theme.title, renumbered.title) == ("1 Bildung", "Nur neu nummeriert")
    assert changes == [
        "Änderung 1: 1.1.0.1 Garten",
        "Änderung 2: 1.1.0.3 Labor",
        "Änderung 3: 1.2.0.1 Kurse",
        "Änderung 4: 1.2.0.2 Neues",
    ]


def test_sheets_name_the_strategy_and_the_first_one_the_sample(
    editions: tuple[Edition, Edition], tmp_path: Path
):
    old, new = editions
    old.has_sample = True

    path = compiled(synopse_data(synopse_of(old, new)), tmp_path / "x.pdf", "synopse")

    assert all("Synopse zur Strategie" in sheet for sheet in sheets(path))
    assert words("Enthält Beispieldaten: Alles mit „Beispiel:“ im Titel ist erfunden") in words(
        sheets(path)[0]
    )


def test_file_says_once_that_there_are_no_reasons(tmp_path: Path):
    nodes = plant(TREE)
    old = published("alt")
    node_actions.change(nodes["Garten"], content={"text": "Neu."})
    data = synopse_data(synopse_of(old, published("neu")))

    said = words(" ".join(sheets(compiled(data, tmp_path / "x.pdf", "synopse"))))

    assert "Wo keine Begründung steht" not in data["legend"]
    assert words("Zu diesen Änderungen sind keine Begründungen angegeben.") in said


def test_short_change_stands_on_one_sheet_with_its_head(editions: tuple[Edition, Edition], tmp_path: Path):
    data = synopse_data(synopse_of(*editions))
    data["parts"][0]["rows"] = [_change(number, lines=number % 12 + 1) for number in range(40)]

    found = [words(sheet) for sheet in sheets(compiled(data, tmp_path / "x.pdf", "synopse"))]

    assert len(found) > 8
    for row in rows_of(data):
        whole = words(f"{row['number']} {row['title']} geändert")
        on = [sheet for sheet in found if whole in sheet]
        assert len(on) == 1
        assert words(row["fields"][-1]["old"][0][1]) in on[0]


def test_long_change_says_its_number_on_each_of_its_sheets(editions: tuple[Edition, Edition], tmp_path: Path):
    data = synopse_data(synopse_of(*editions))
    data["parts"][0]["rows"] = [_change(7, lines=80)]

    found = [words(sheet) for sheet in sheets(compiled(data, tmp_path / "x.pdf", "synopse"))]

    with_lines = [sheet for sheet in found if "Zeile" in sheet]
    assert len(with_lines) == 4
    assert words("Änderung 7 Titel 7 geändert") in with_lines[0]
    assert all(words("Änderung 7 Bisherige Fassung Neue Fassung") in sheet for sheet in with_lines)
    assert words("7 Zeile 0 Ende") in with_lines[0]


def _change(number: int, *, lines: int) -> dict[str, Any]:
    """A change as synopse_data gives it, with so many fields of a line."""
    said = [f"{number} Zeile {line} Ende" for line in range(lines)]
    return {
        "number": f"Änderung {number}",
        "title": f"Titel {number}",
        "href": "",
        "kinds": ["geändert"],
        "whole": None,
        "fields": [
            {"label": "Feld", "old": [["removed", each]], "new": [["same", "(leer)"]], "between": ""}
            for each in said
        ],
        "notes": [],
    }


def test_editions_that_say_the_same(tmp_path: Path):
    plant("theme Bildung")
    old, new = published("alt"), published("neu")

    path = compiled(synopse_data(synopse_of(old, new)), tmp_path / "x.pdf", "synopse")

    assert "sagt dasselbe wie" in " ".join(sheets(path)).replace("\r\n", " ")


def test_address_answers_with_the_file(client: Client, editions: tuple[Edition, Edition], folder: Path):
    response = client.get(ADDRESS)
    body = b"".join(response)

    assert body.startswith(b"%PDF")
    assert response["Content-Disposition"] == (
        'inline; filename="herne-nachhaltigkeitsstrategie-alt-neu-synopse.pdf"'
    )
    assert response["X-Robots-Tag"] == "noindex"
    again = client.get(ADDRESS, headers={"if-none-match": response["ETag"]})
    assert again.status_code == 304
    assert len(list(folder.glob("*.pdf"))) == 1


def test_withheld_or_unknown_edition_has_none(client: Client, editions: tuple[Edition, Edition]):
    actions.withhold(editions[0], reason="Ein Name muss geprüft werden.")

    withheld, unknown = client.get(ADDRESS), client.get("/fassungen/alt/synopse/gibt-es-nicht/synopse.pdf")

    assert (withheld.status_code, unknown.status_code) == (410, 404)
    assert "Ein Name muss geprüft werden." in withheld.content.decode()


def test_print_view_leads_to_the_file(client: Client, editions: tuple[Edition, Edition]):
    page = client.get("/fassungen/alt/synopse/neu/druck/").content.decode()

    assert f'href="{ADDRESS}"' in page
