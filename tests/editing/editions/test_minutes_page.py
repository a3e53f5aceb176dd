"""From the council's minutes to the edition with its changes, in one guided run."""

import re
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from council import actions
from council.papers import Paper
from editing.editions.minuted_changes import LinesError, lines_of
from editing.editions.minutes_actions import drop, note, tick
from herne_strategy.roles import COORDINATION
from strategy.editions.actions import freeze
from strategy.editions.library import library
from strategy.editions.models import Edition
from strategy.history import node_actions
from strategy.tree.models import Node
from tests.editing.pages import text_of
from tests.editing.people import browser_of, person
from tests.factories import ConsultationFactory, PaperFactory, StrategyFactory, UserFactory
from tests.strategy.outline import plant

pytestmark = pytest.mark.django_db

TREE = """
theme Bildung
  guideline Lernen
    strategic_goal Schulen
      measure Garten
      measure Kurse
"""
REASON = "Beschluss vom 17.03.2026, Rat der Stadt, Vorlage 2026/0100 (geändert beschlossen)"


@pytest.fixture
def office() -> Client:
    return browser_of(person(COORDINATION))


@pytest.fixture
def paper() -> Paper:
    """The council has adopted its edition with changes."""
    StrategyFactory()
    plant(TREE)
    Node.objects.update(review="agreed")
    paper = PaperFactory(reference="2026/0100", edition=freeze(slug="entwurf", title="Entwurf"))
    ConsultationFactory(paper=paper, held_on=date(2026, 3, 17), role="decision", result="amended")
    actions.submit(paper)
    return paper


def address(paper: Paper) -> str:
    return f"/verwaltung/rat/vorlagen/{paper.pk}/niederschrift/"


def send(client: Client, paper: Paper, **data: object) -> str:
    return text_of(client.post(address(paper), data, follow=True).content.decode())


def noted(paper: Paper) -> list[tuple[str, str, bool]]:
    return [(each.code, each.said, each.is_done) for each in paper.minuted_changes.all()]


def title_of(uid: object) -> str:
    return Node.objects.get(uid=uid).title


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("1.1.0.1 bis 2030 statt 2028", "1.1.0.1", "bis 2030 statt 2028"),
        ("- 1.1.0.2: Der Text entfällt.", "1.1.0.2", "Der Text entfällt."),
        ("• 1.1.  Neuer Titel", "1.1", "Neuer Titel"),
        ("Eine neue Maßnahme „Teich“", "", "Eine neue Maßnahme „Teich“"),
        ("1.1.0.1", "", "1.1.0.1"),
    ],
)
def test_line_names_an_entry_by_its_code(paper: Paper, line: str, code: str, said: str):
    (read,) = lines_of(f"\n{line}\n", library.document(paper.edition))

    assert (read.code, read.said) == (code, said)
    assert bool(read.uid) == bool(code)


def test_codes_that_are_none_are_all_named(paper: Paper):
    with pytest.raises(LinesError) as refused:
        lines_of("9.9 x\n\n1.1 gut\n7 y", library.document(paper.edition))

    assert [re.match(r"Zeile (\d): .* (\S+) nicht", each).groups() for each in refused.value.sentences] == [
        ("1", "9.9"),
        ("4", "7"),
    ]


def test_wrong_line_keeps_what_was_typed_and_notes_nothing(office: Client, paper: Paper):
    typed = "1.1.0.1 bis 2030\n9.9 gibt es nicht"

    page = office.post(address(paper), {"lines": typed, "note": "1"}).content.decode()

    assert "9.9 gibt es nicht</textarea>" in page
    assert "Zeile 2" in text_of(page)
    assert noted(paper) == []


def test_line_that_is_too_long_is_refused_in_a_sentence(office: Client, paper: Paper):
    page = send(office, paper, lines="1.1.0.1 " + "x" * 1001, note="1")

    assert "Zeile 1 hat mehr als 1000 Zeichen." in page
    assert noted(paper) == []


def test_code_is_that_of_the_edition_whatever_the_working_tree_counts(office: Client, paper: Paper):
    node_actions.move(
        Node.objects.get(title="Kurse"), target=Node.objects.get(title="Garten"), pos="left", reason="Probe"
    )

    send(office, paper, lines="1.1.0.1 bis 2030", note="1")

    assert [title_of(each.uid) for each in paper.minuted_changes.all()] == ["Garten"]


def test_entry_opens_with_the_decision_as_the_reason(office: Client, paper: Paper):
    send(office, paper, lines="1.1.0.1 bis 2030", note="1")

    page = office.get(address(paper)).content.decode()
    (link,) = re.findall(r'href="(/verwaltung/[^"]+/change/\?grund=[^"]+)"', page)
    form = office.get(link, follow=True).content.decode()

    assert re.search(rf'name="reason"[^>]*value="{re.escape(REASON)}"', form)


def test_change_with_the_decision_as_the_reason_is_seen(office: Client, paper: Paper):
    send(office, paper, lines="1.1.0.1 bis 2030\n1.1.0.2 Titel", note="1")
    node_actions.change(Node.objects.get(title="Garten"), content={"text": "Neu."}, reason=REASON)
    node_actions.change(Node.objects.get(title="Kurse"), content={"text": "Neu."}, reason="Nur so.")

    page = text_of(office.get(address(paper)).content.decode())

    assert page.count("mit diesem Beschluss als Begründung") == 1


def test_same_lines_are_noted_once(office: Client, paper: Paper):
    for _each in range(2):
        send(office, paper, lines="1.1.0.1 bis 2030\n1.1.0.1 bis 2030", note="1")

    assert noted(paper) == [("1.1.0.1", "bis 2030", False)]


def test_tick_of_somebody_else_stays(office: Client, paper: Paper):
    by = UserFactory(is_superuser=True)
    first, second = note(paper, lines_of("1.1.0.1 a\n1.1.0.2 b", library.document(paper.edition)), by=by)
    first, second = paper.minuted_changes.all()
    tick(paper, {first.pk: True}, by=by)

    send(office, paper, was=[f"{first.pk}:0", f"{second.pk}:0"], done=[second.pk], tick="1")

    assert [done for _code, _said, done in noted(paper)] == [True, True]


def test_line_can_be_taken_away(office: Client, paper: Paper):
    send(office, paper, lines="1.1.0.1 bis 2030\n1.1.0.2 b", note="1")

    page = send(office, paper, drop=paper.minuted_changes.first().pk)

    assert "„1.1.0.1 bis 2030“" in page
    assert noted(paper) == [("1.1.0.2", "b", False)]


def test_freezing_comes_last_and_ties_the_edition_to_the_paper(office: Client, paper: Paper):
    send(office, paper, lines="1.1.0.1 bis 2030", note="1")
    node_actions.change(Node.objects.get(title="Garten"), content={"text": "Neu."}, reason=REASON)
    node_actions.change(Node.objects.get(title="Kurse"), content={"text": "Auch neu."}, reason="Nur so.")
    change = paper.minuted_changes.get()
    before = office.get(address(paper)).content.decode()
    assert "/einfrieren/?" not in before

    after = office.post(
        address(paper), {"was": f"{change.pk}:0", "done": change.pk, "tick": "1"}, follow=True
    )
    (link,) = re.findall(r'href="(/verwaltung/einfrieren/\?vorlage=\d+)"', after.content.decode())
    page = office.get(link).content.decode()
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    selected = re.findall(
        r'<select name="(wahl-[^"]+)".*?<option value="([^"]+)" selected>', page, flags=re.S
    )
    answer = office.post(
        link, {**fields, **dict(selected), "title": "Ratsfassung", "slug": "ratsfassung", "freeze": "1"}
    )

    paper.refresh_from_db()
    assert answer["Location"] == f"/verwaltung/rat/vorlagen/{paper.pk}/"
    assert paper.amended_edition == Edition.objects.get(slug="ratsfassung")
    texts = {entry.title: entry.text for entry in library.document(paper.amended_edition).entries("measure")}
    assert texts == {"Garten": "Neu.", "Kurse": ""}


@pytest.mark.parametrize("query", ["?vorlage=0", "?vorlage=x", "?vorlage=99999999999", "?vorlage=1²"])
def test_freezing_for_a_paper_that_is_none(office: Client, paper: Paper, query: str):
    assert office.get(f"/verwaltung/einfrieren/{query}").status_code == 404


def test_paper_without_such_a_decision_has_no_run(office: Client, paper: Paper):
    paper.consultations.update(result="approved")

    page = text_of(office.get(address(paper), follow=True).content.decode())

    assert "keinen Beschluss mit Änderungen" in page
    assert office.get(f"/verwaltung/einfrieren/?vorlage={paper.pk}").status_code == 404
    with pytest.raises(ValidationError):
        note(paper, [], by=UserFactory(is_superuser=True))


def test_what_was_dropped_meanwhile_does_no_harm(office: Client, paper: Paper):
    by = UserFactory(is_superuser=True)
    note(paper, lines_of("1.1.0.1 a", library.document(paper.edition)), by=by)
    change = paper.minuted_changes.get()
    drop(change, by=by)

    send(office, paper, was=[f"{change.pk}:0"], done=[change.pk], tick="1")
    send(office, paper, drop=change.pk)

    assert noted(paper) == []


def test_paper_leads_to_it(office: Client, paper: Paper):
    page = office.get(f"/verwaltung/rat/vorlagen/{paper.pk}/").content.decode()

    assert f'href="{address(paper)}"' in page


def test_edition_with_sample_data_is_refused_in_a_sentence_and_not_frozen(office: Client, paper: Paper):
    Node.objects.filter(title="Kurse").update(title="Beispiel: Kurse", is_sample=True)
    link = f"/verwaltung/einfrieren/?vorlage={paper.pk}"
    page = office.get(link).content.decode()
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))

    answer = office.post(link, {**fields, "title": "Ratsfassung", "slug": "ratsfassung", "freeze": "1"})

    assert answer.status_code == 200
    assert "Eine Fassung mit Beispieldaten" in text_of(answer.content.decode())
    assert 'value="ratsfassung"' in answer.content.decode()
    assert not Edition.objects.filter(slug="ratsfassung").exists()
