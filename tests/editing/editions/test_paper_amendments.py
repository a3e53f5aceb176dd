"""The page of a paper that the council adopted with changes: what it changed, and what is confirmed before the seal."""

import re
from datetime import date

import pytest
from django.test import Client

from council import actions
from council.amendments import amending_reasons
from council.papers import Paper
from herne_strategy.roles import COORDINATION
from strategy.editions.actions import freeze
from strategy.editions.models import Edition, Strategy
from strategy.history import node_actions
from strategy.tree.models import Node
from tests.editing.pages import text_of
from tests.editing.people import browser_of, person
from tests.factories import ConsultationFactory, PaperFactory
from tests.strategy.outline import plant

pytestmark = pytest.mark.django_db

DECISION = "Beschluss vom 17.03.2026, Rat der Stadt, Vorlage 2026/0100 (geändert beschlossen)"
DOUBT = "Bei 1 Änderung nennt keine Begründung die Vorlage. Hat der Rat sie beschlossen?"


@pytest.fixture
def office() -> Client:
    return browser_of(person(COORDINATION))


@pytest.fixture
def paper() -> Paper:
    """The council has adopted its edition of two chapters, with changes."""
    Strategy(city="Herne", title="Strategie").save()
    plant("chapter Vorwort\nchapter Ausblick", Vorwort={"text": "Ein Garten."})
    Node.objects.update(review="agreed")
    entwurf = freeze(slug="entwurf", title="Entwurf", remark="Noch ohne Maßnahmen.")
    paper = PaperFactory(reference="2026/0100", edition=entwurf)
    ConsultationFactory(paper=paper, held_on=date(2026, 3, 17), role="decision", result="amended")
    actions.submit(paper)
    return paper


def amend(paper: Paper, **reasons: str) -> Paper:
    """Change a chapter for each reason given, and name the edition that was frozen with it."""
    for title, reason in reasons.items():
        content = {"text": f"{title}: vom Rat geändert."}
        node_actions.change(Node.objects.get(title=title), content=content, by=None, reason=reason)
    paper.amended_edition = freeze(slug="neu", title="Neu", remark="Mit den Änderungen des Rates.")
    paper.save()
    return paper


def source(client: Client, paper: Paper) -> str:
    return client.get(f"/verwaltung/rat/vorlagen/{paper.pk}/").content.decode()


def carry_over(client: Client, paper: Paper, **ticked: str) -> str:
    """Send the step as the page shows it now, with these boxes ticked. What is read then."""
    sent = {"seen": actions.standing(Paper.objects.get(pk=paper.pk)), **ticked}
    answer = client.post(f"/verwaltung/rat/vorlagen/{paper.pk}/uebernehmen/", sent, follow=True)
    return text_of(answer.content.decode())


def states() -> dict[str, str]:
    return dict(Edition.objects.values_list("slug", "state"))


def test_until_the_edition_with_the_changes_is_named_the_reason_to_give_is_said(office, paper) -> None:
    shown = text_of(source(office, paper))

    assert (
        f"Geben Sie dies als Begründung jeder Änderung an, die der Rat beschlossen hat: {DECISION}" in shown
    )
    assert "Was der Rat geändert hat" not in shown


def test_changes_stand_with_old_and_new_words_before_the_button(office: Client, paper: Paper) -> None:
    page = source(office, amend(paper, Vorwort=amending_reasons()[0]))

    assert "<del>Ein Garten</del>" in page
    assert "<ins>Vorwort: vom Rat geändert</ins>" in page
    shown = text_of(page)
    assert "„Neu“ unterscheidet sich von „Entwurf“ in 1 Änderung: 1 geändert." in shown
    assert "Bitte prüfen Sie das: Alles davon muss der Rat beschlossen haben." in shown
    assert shown.index("Vorwort: vom Rat geändert") < shown.index("Ich habe Vorlage, Fassung")
    assert DOUBT not in shown
    for form in ("", "druck/", "synopse.pdf"):
        assert f'href="/verwaltung/fassungen/entwurf/synopse/neu/{form}"' in page


def test_edition_that_is_sealed_is_the_one_that_is_quoted(office: Client, paper: Paper) -> None:
    shown = text_of(source(office, amend(paper, Vorwort=amending_reasons()[0])))

    assert "„Neu“ sagt über sich selbst, und das bleibt so: „Mit den Änderungen des Rates.“" in shown
    assert "Noch ohne Maßnahmen." not in shown
    assert (
        "Beide Fassungen erhalten dieses Siegel: geändert beschlossen, Rat der Stadt, 17.03.2026, Vorlage 2026/0100. "
        "Es bleibt für immer. „Neu“ ist dann die beschlossene Fassung und öffentlich; „Entwurf“ ist durch sie "
        "abgelöst." in shown
    )


def test_change_whose_reason_does_not_name_the_paper_needs_a_tick_of_its_own(office, paper) -> None:
    amend(paper, Vorwort=amending_reasons()[0], Ausblick="Schöner")

    page = source(office, paper)
    refused = carry_over(office, paper, sure="on")
    before = states()
    done = carry_over(office, paper, sure="on", decided="on")

    shown = text_of(page)
    assert f"{DOUBT} Änderung 2 : Ausblick" in shown
    assert shown.index(DOUBT) < shown.index("Ich habe Vorlage, Fassung")
    assert re.findall(r'<input type="checkbox" name="(\w+)"[^>]* required>', page) == ["decided", "sure"]
    assert 'href="#aenderung-2"' in page and 'id="aenderung-2"' in page
    assert "Bitte setzen Sie auch das zweite Häkchen" in refused
    assert before == {"entwurf": "consultation", "neu": "working"}
    assert "Die Entscheidung ist übernommen" in done
    assert states() == {"entwurf": "superseded", "neu": "adopted"}


def test_changes_that_all_name_the_paper_need_no_second_tick(office: Client, paper: Paper) -> None:
    amend(paper, Vorwort=amending_reasons()[0])

    carry_over(office, paper, sure="on")

    assert states() == {"entwurf": "superseded", "neu": "adopted"}


def test_once_sealed_the_changes_are_told_and_nothing_is_asked(office: Client, paper: Paper) -> None:
    amend(paper, Ausblick="Schöner")
    carry_over(office, paper, sure="on", decided="on")

    page = source(office, paper)

    shown = text_of(page)
    assert "„Neu“ unterscheidet sich von „Entwurf“ in 1 Änderung: 1 geändert." in shown
    assert "Bitte prüfen Sie das" not in shown
    assert "Hat der Rat" not in shown
    assert "Was jetzt öffentlich ist Entwurf : abgelöst Neu : beschlossen Was der Rat geändert hat" in shown
    assert 'href="/fassungen/entwurf/synopse/neu/"' in page
    assert Client().get("/fassungen/entwurf/synopse/neu/").status_code == 200
    assert "Nächster Schritt: die beschlossene Fassung veröffentlichen" in shown
