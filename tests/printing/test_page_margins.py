"""What stands at the edge of every sheet: its words, and that no text of an edition means anything in CSS."""

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from printing.page_margins import css_string
from strategy.editions.actions import set_state
from strategy.editions.models import Edition, Strategy
from tests.factories import ThemeFactory
from tests.printing.sample import store

pytestmark = pytest.mark.django_db

HOSTILE = [
    '"} body { display: none } @import "/x";',
    "'; content: url(/x)",
    "\\",
    "\\22 } * {",
    "eins\nzwei\r\f\u2028drei",
    "*/ </style><script>alert(1)</script> <!--",
    "}}}{{{;;;",
    "\0\x7f\ufeff\U0001f600",
    "ä" * 200,
]


def lines(css: str) -> dict[str, str]:
    """The texts by page and place, read as CSS reads strings."""
    found = {}
    for page, body in re.findall(r"@page ?(\S*) \{((?:[^{}]|\{[^{}]*\})*)\}", css):
        for place, content in re.findall(r"@([a-z-]+) \{ content: ([^{}]*?) \}", body):
            found[f"{page} {place}".strip()] = read(content)
    return found


def read(content: str) -> str:
    strings = re.sub(r'"((?:[^"\\\n]|\\.)*)"', lambda match: unescaped(match.group(1)), content)
    return strings.replace("counter(pages)", "[Y]").replace("counter(page)", "[X]")


def unescaped(inner: str) -> str:
    return re.sub(r"\\([0-9a-f]{1,6}) ", lambda match: chr(int(match.group(1), 16)), inner)


def get(address: str, client: Client | None = None) -> str:
    response = (client or Client()).get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/css; charset=utf-8"
    return response.content.decode()


@pytest.mark.parametrize("text", HOSTILE)
def test_string_reads_as_the_text_and_ends_where_it_ends(text: str):
    written = css_string(text)

    assert unescaped(written[1:-1]) == text
    assert written[0] == written[-1] == '"'
    assert not set(written[1:-1]) & set("\"'\n\r\f\0<>{}*/@;\u2028")


def test_every_sheet_names_edition_state_day_digest_and_page():
    edition = store()
    day = f"{timezone.localdate(edition.frozen_at):%d.%m.%Y}"

    found = lines(get("/fassungen/eins/druck.css"))

    assert found == {
        "top-left": "Stadt Herne: Strategie Herne",
        "bottom-left": f"Fassung „Fassung eins“, Arbeitsstand, Textstand {day}, "
        f"Prüfsumme des Textes {edition.short_digest}",
        "bottom-right": "Seite  [X]  von  [Y]",
        ":first top-left": "none",
        ":first top-right": "none",
        "running-1 top-right": "Vorwort",
        "running-2 top-right": "Themenfeld 1 · Bildung",
        "running-3 top-right": "Themenfeld 2 · Klima",
        "running-4 top-right": "Ausblick",
    }


def test_every_sheet_names_the_paper_that_brought_the_edition_before_the_council():
    set_state(store(), Edition.State.CONSULTATION, paper_number="2026/0100")

    assert (
        "in Beratung, Vorlage 2026/0100, Textstand" in lines(get("/fassungen/eins/druck.css"))["bottom-left"]
    )


def test_sheets_of_a_theme_are_those_that_name_it():
    store()

    page, css = Client().get("/druck/").content.decode(), get("/druck.css")

    assert re.findall(r'class="entry entry--theme[^"]* (running-\d+)"', page) == ["running-2", "running-3"]
    assert ".running-3 { page: running-3 }" in css
    assert (
        '<main class="paper running-3" id="inhalt"'
        in Client().get("/massnahmen/radweg/druck/").content.decode()
    )


def test_every_sheet_with_sample_says_so():
    store(meta={"has_sample": True})

    assert "\nEnthält Beispieldaten:" in lines(get("/druck.css"))["bottom-left"]


def test_hostile_texts_in_an_edition_stay_texts():
    hostile = '"}\\ */ </style>\n@import url(x)'
    store("harmlos")
    harmless = get("/druck.css")
    one_line = hostile.replace("\n", " ")  # an edition's own title is checked before it is frozen
    meta = {"city": hostile, "title": hostile, "edition": {"title": one_line, "remark": ""}}
    store("boese", Bildung={"title": hostile}, meta=meta)

    css = get("/druck.css")

    assert lines(css)["running-2 top-right"] == f"Themenfeld 1 · {hostile}"
    assert f"„{one_line}“" in lines(css)["bottom-left"]
    assert [css.count(sign) for sign in "{}"] == [harmless.count(sign) for sign in "{}"]
    assert "@import" not in css
    assert "</style" not in css


def test_working_tree_says_that_it_is_not_frozen():
    Strategy(city="Herne", title="Entwurf").save()
    ThemeFactory(title="Neues Themenfeld")
    client = Client()
    client.force_login(User.objects.create_superuser("leitung", password="x"))

    found = lines(get("/verwaltung/vorschau/druck.css", client))

    assert found["bottom-left"] == "Arbeitsstand: nicht eingefroren, nicht veröffentlicht, ohne Prüfsumme."
    assert found["running-1 top-right"] == "Themenfeld 1 · Neues Themenfeld"


def test_edition_that_is_not_public_says_so_on_every_sheet():
    store("eins")
    store("geheim", public=False)
    client = Client()
    client.force_login(User.objects.create_superuser("leitung", password="x"))

    said = lines(get("/verwaltung/fassungen/geheim/druck.css", client))["bottom-left"]
    assert "Arbeitsstand, noch nicht öffentlich, Textstand" in said


def test_synopse_names_both_editions_in_landscape():
    old = store("alt")
    new = store("neu", Garten={"text": "Anders."})

    css = get("/fassungen/alt/synopse/neu/druck.css")

    assert "size: A4 landscape" in css
    assert [line[:5] for line in lines(css)["bottom-left"].split("\n")] == ["Bishe", "Neu: "]
    assert old.short_digest in css and new.short_digest in css
