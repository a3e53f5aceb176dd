"""The page of a paper that asks the council to decide on single measures."""

from datetime import date

import pytest
from django.test import Client

from council.consultations import Consultation
from council.papers import Paper, PaperMeasure
from council.record_actions import keep_decisions
from herne_strategy.roles import BODIES
from strategy.editions import actions
from strategy.editions.models import Strategy
from strategy.history import node_actions
from strategy.tree.models import Node
from tests.editing.pages import text_of
from tests.editing.people import browser_of, person
from tests.factories import ConsultationFactory, PaperFactory
from tests.strategy.outline import plant

pytestmark = pytest.mark.django_db

TREE = """
theme Bildung
  guideline Lernen
    strategic_goal Schulen
      measure Garten
      measure Kurse
"""
MISSING = "Mit dieser Vorlage ist über diese Maßnahmen noch nicht entschieden. Das fehlt noch:"


@pytest.fixture
def nodes() -> dict[str, Node]:
    """Two measures, of which the shown edition has one."""
    Strategy(city="Herne", title="Strategie").save()
    nodes = plant(TREE)
    node_actions.delete(nodes["Kurse"])
    actions.publish(actions.freeze(slug="alt", title="Alt"))
    goal = nodes["Schulen"]
    node_actions.add(kind="measure", content={"title": "Labor"}, parent=goal)
    return {each.title: each for each in Node.objects.all()} | {"Kurse": nodes["Kurse"]}


@pytest.fixture
def paper(nodes: dict[str, Node]) -> Paper:
    paper = PaperFactory(reference="2026/0200")
    for title, matter in (("Garten", "fund"), ("Labor", "carry_out"), ("Kurse", "carry_out")):
        PaperMeasure.objects.create(paper=paper, uid=nodes[title].uid, matter=matter)
    return paper


@pytest.fixture
def office() -> Client:
    return browser_of(person(BODIES))


def page(client: Client, paper: Paper) -> str:
    return text_of(client.get(f"/verwaltung/rat/vorlagen/{paper.pk}/").content.decode())


def test_measures_are_named_with_their_matter_and_status(office: Client, paper: Paper) -> None:
    shown = page(office, paper)

    assert (
        "1.1.0.1 Garten Mittel im Haushalt Vorschlag unter Vorbehalt lesen : 1.1.0.1 Garten "
        "1.1.0.2 Labor Umsetzung Vorschlag unter Vorbehalt nicht in der gezeigten Fassung "
        "(nicht mehr im Arbeitsstand) Umsetzung Vorschlag unter Vorbehalt nicht in der gezeigten Fassung"
        in shown
    )
    assert "bringt keine Fassung ein" not in shown


def test_what_is_missing_of_the_decision_is_said(office: Client, paper: Paper) -> None:
    nobody = page(office, paper)
    ConsultationFactory(paper=paper, held_on=None, role="decision")
    no_day = page(office, paper)
    Consultation.objects.update(held_on=date(2026, 3, 17))
    no_result = page(office, paper)

    assert f"{MISSING} Es ist kein Gremium erfasst, das entscheidet (Rolle „Entscheidung“)." in nobody
    assert f"{MISSING} Der Tag der Entscheidung fehlt: Rat der Stadt." in no_day
    assert f"{MISSING} Das Ergebnis der Entscheidung fehlt: Rat der Stadt, 17.03.2026." in no_result


def test_decision_gives_the_status_by_itself(office: Client, paper: Paper) -> None:
    ConsultationFactory(paper=paper, held_on=date(2026, 3, 17), role="decision", result="approved")
    keep_decisions()

    shown = page(office, paper)

    assert "1.1.0.1 Garten Mittel im Haushalt im Haushalt lesen : 1.1.0.1 Garten" in shown
    assert "1.1.0.2 Labor Umsetzung eigener Beschluss" in shown
    assert (
        "Entschieden: beschlossen, Rat der Stadt, 17.03.2026. Der Beschlussstand ergibt sich daraus von selbst und ist "
        "öffentlich; zu übernehmen ist nichts." in shown
    )
    assert MISSING not in shown


def test_withdrawn_paper_decides_nothing(office: Client, paper: Paper) -> None:
    Paper.objects.update(withdrawn_on=date(2026, 3, 1))

    shown = page(office, paper)

    assert (
        "Die Vorlage wurde am 01.03.2026 zurückgezogen: Mit ihr wurde über diese Maßnahmen nicht entschieden."
        in shown
    )
    assert MISSING not in shown


def test_paper_with_an_edition_and_measures_shows_both(office: Client, paper: Paper) -> None:
    paper.edition = actions.freeze(slug="entwurf", title="Entwurf")
    paper.save()

    shown = page(office, paper)

    assert "Nächster Schritt: einbringen" in shown
    assert "1.1.0.1 Garten Mittel im Haushalt" in shown


def test_measure_that_only_the_shown_edition_has_keeps_its_name(office: Client, nodes, paper: Paper) -> None:
    node_actions.delete(nodes["Garten"])

    assert "1.1.0.1 Garten (nicht mehr im Arbeitsstand) Mittel im Haushalt" in page(office, paper)
