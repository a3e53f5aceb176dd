"""The strategy on paper: what stands on the sheets, word by word."""

import re

import pytest

from measures.progress import Progress
from strategy.editions import actions
from strategy.editions.library import library
from tests.factories import StrategyFactory
from tests.printing.printed_pages import facts, get, headings, rows, sheets, text
from tests.printing.sample import small_strategy, store

pytestmark = pytest.mark.django_db


def test_long_form_has_every_entry_in_order_with_its_level():
    store()

    assert headings(get("/druck/")) == [
        "2 Inhalt",
        "2 Vorwort",
        "2 1 Bildung",
        "3 Leitlinie Lernen",
        "3 1.1 Strategisches Ziel Schulen",
        "4 1.1.0.1 Garten",
        "4 1.1.1 Operatives Ziel Mehr Gärten",
        "5 1.1.1.1 Kurse",
        "5 1.1.1.2 Labor",
        "2 2 Klima",
        "3 Leitlinie Luft",
        "3 2.1 Strategisches Ziel Wege",
        "4 2.1.0.1 Radweg",
        "2 Ausblick",
    ]


def test_long_form_has_every_text_once():
    store(Garten={"easy_text": "Leicht gesagt."})

    page = text(sheets(get("/druck/")))

    titles = [node["title"] for node in small_strategy()["nodes"]]
    assert {title: page.count(f"Text zu {title}.") for title in titles} == dict.fromkeys(titles, 1)
    assert "In Leichter Sprache Leicht gesagt." in page


def test_measure_has_its_facts_and_the_decision_as_it_was_frozen():
    store(
        Garten={
            "cost_yearly": 500,
            "partners": ["Verein", "Schulen"],
            "participation_note": "*Werkstatt*",
            "sdgs": [{"key": 4, "name": "Bildung"}],
        }
    )

    assert facts(get("/druck/"), "Garten") == {
        "Beschlussstand": "Vorschlag unter Vorbehalt",
        "Geplanter Zeitraum": "2024 bis 2027",
        "Wo": "Wanne",
        "Federführung": "Fachbereich Schule",
        "Beteiligte": "Verein, Schulen",
        "Zur Beteiligung": "Werkstatt",
        "Einmalige Kosten": "12.000 €",
        "Jährliche Kosten": "500 €",
        "Trägt bei zu": "SDG 4 Bildung",
    }


def test_goal_says_what_it_also_serves_and_that_its_place_is_not_confirmed():
    klima = next(node for node in small_strategy()["nodes"] if node["title"] == "Klima")
    serves = [{"key": klima["uid"], "name": "Klima, früher"}, {"key": "fort", "name": "Entfallenes"}]
    store(
        Schulen={"also_serves": serves, "assignment_confirmed": False, "assignment_note": "Nur erschlossen."}
    )

    page = get("/ziele/schulen/druck/")

    assert facts(page, "Schulen")["Dient auch"] == "2 Klima; Entfallenes"
    assert "Die Zuordnung zu diesem Themenfeld ist nicht bestätigt. Nur erschlossen." in text(page)


def test_short_form_has_guidelines_goals_and_one_table_of_all_measures():
    store(Garten={"cost_yearly": 500, "cost_note": "geschätzt"}, Radweg={"cost_once": None, "end_year": None})

    page = get("/druck/?umfang=kurz")

    assert headings(page) == ["2 1 Bildung", "2 2 Klima", "2 Alle Maßnahmen"]
    before = text(sheets(page).partition("<h2>Alle")[0])
    assert "1 Bildung Text zu Leitlinie Lernen. 1.1 Schulen 1.1.1 Mehr Gärten 2 Klima" in before
    assert "Text zu Schulen." not in page
    proposed = "Vorschlag unter Vorbehalt"
    assert rows(page) == [
        ["Kennung", "Maßnahme", "Federführung", "Zeitraum", "Kosten", "Beschlussstand"],
        ["1 Bildung"],
        [
            "1.1.0.1",
            "Garten",
            "Fachbereich Schule",
            "2024 bis 2027",
            "einmalig 12.000 € jährlich 500 € geschätzt",
            proposed,
        ],
        ["1.1.1.1", "Kurse", "Fachbereich Schule", "2024 bis 2027", "einmalig 12.000 €", proposed],
        ["1.1.1.2", "Labor", "Fachbereich Öffentlichkeit", "2024 bis 2027", "einmalig 12.000 €", proposed],
        ["2 Klima"],
        ["2.1.0.1", "Radweg", "–", "ab 2024", "–", proposed],
    ]


def test_short_form_of_a_strategy_without_measures_says_so():
    data = small_strategy()
    data["nodes"] = [node for node in data["nodes"] if node["kind"] != "measure"]
    actions.publish(actions.store(data, slug="leer"))

    page = get("/druck/?umfang=kurz")

    assert rows(page) == []
    assert "Diese Fassung nennt keine Maßnahmen." in page


def test_district_has_its_own_measures_first_and_those_alone_in_full():
    store()

    page = get("/druck/?stadtbezirk=wanne")

    assert [row[0] if len(row) == 1 else row[1] for row in rows(page)[1:]] == [
        "Im Stadtbezirk Wanne",
        "Garten",
        "Labor",
        "In der ganzen Stadt",
        "Kurse",
    ]
    assert headings(page) == [
        "2 Maßnahmen im Stadtbezirk Wanne",
        "2 Die Maßnahmen in diesem Stadtbezirk im Wortlaut",
        "3 1.1.0.1 Garten",
        "3 1.1.1.2 Labor",
    ]
    assert "Die Maßnahmen für die ganze Stadt stehen im Wortlaut in der Langfassung." in page


def test_department_has_what_it_leads_in_full():
    store()

    page = get("/druck/?fachbereich=schule")

    assert [row[1] for row in rows(page)[1:]] == ["Garten", "Kurse"]
    assert headings(page) == [
        "2 Maßnahmen nach Federführung: Fachbereich Schule",
        "2 Diese Maßnahmen im Wortlaut",
        "3 1.1.0.1 Garten",
        "3 1.1.1.1 Kurse",
    ]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (
            "/themenfelder/klima/druck/",
            ["2 2 Klima", "3 Leitlinie Luft", "3 2.1 Strategisches Ziel Wege", "4 2.1.0.1 Radweg"],
        ),
        (
            "/ziele/mehr-gaerten/druck/",
            ["2 1.1.1 Operatives Ziel Mehr Gärten", "3 1.1.1.1 Kurse", "3 1.1.1.2 Labor"],
        ),
        ("/massnahmen/labor/druck/", ["2 1.1.1.2 Labor"]),
    ],
)
def test_excerpt_has_its_entry_and_all_below(address: str, expected: list[str]):
    store()

    assert headings(get(address)) == expected


def test_excerpt_says_below_what_it_stands():
    store()

    page = get("/massnahmen/labor/druck/")

    above = re.search(r'<ul class="title__above".*?</ul>', page, flags=re.S)
    assert above
    assert text(above.group()) == "1 Bildung 1.1 Schulen 1.1.1 Mehr Gärten"


def test_keyboard_leads_straight_to_the_sheets_and_the_bar_says_how_to_print():
    store()

    page = get("/druck/")

    assert re.findall(r'<a class="skip-link" href="#(\w+)">([^<]+)</a>', page) == [
        ("inhalt", "Zum Inhalt springen")
    ]
    assert '<main class="paper" id="inhalt"' in page
    assert "Drucken: im Menü Ihres Browsers" in page


def test_what_is_reported_today_is_not_printed():
    StrategyFactory()
    store()
    labor = next(node for node in small_strategy()["nodes"] if node["title"] == "Labor")
    Progress.objects.create(
        uid=labor["uid"], state="running", reported_on="2026-10-01", note="Es geht voran.", decision="decided"
    )
    library.forget()

    page = get("/massnahmen/labor/druck/")

    assert "Es geht voran." in get("/massnahmen/labor/")
    assert "Es geht voran." not in page
    assert "In Umsetzung" not in page
    assert facts(page, "Labor")["Beschlussstand"] == "Vorschlag unter Vorbehalt"
    assert "Der laufend gemeldete Umsetzungsstand gehört nicht dazu." in page
