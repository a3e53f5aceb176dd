"""A paper's way through the council, as the administration sees it and takes it further."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from council import actions
from council.consultations import Consultation
from council.papers import Paper
from herne_strategy.roles import BODIES, COORDINATION, READERS
from strategy.editions.actions import freeze, publish
from strategy.editions.models import Edition, Strategy
from strategy.tree.models import Node
from tests.editing.pages import text_of
from tests.editing.people import browser_of, person
from tests.factories import ConsultationFactory, PaperFactory
from tests.strategy.outline import plant

pytestmark = pytest.mark.django_db


@pytest.fixture
def paper() -> Paper:
    """It lays an edition of one chapter before the council, whose day is not set yet."""
    Strategy(city="Herne", title="Strategie").save()
    plant("chapter Vorwort")
    Node.objects.update(review="agreed")
    paper = PaperFactory(reference="2026/0100", edition=freeze(slug="entwurf", title="Entwurf"))
    ConsultationFactory(paper=paper, held_on=None, role="decision")
    return paper


@pytest.fixture
def office() -> Client:
    return browser_of(person(COORDINATION))


def page(client: Client, paper: Paper) -> str:
    return text_of(client.get(f"/verwaltung/rat/vorlagen/{paper.pk}/").content.decode())


def take_step(client: Client, paper: Paper, step: str, **changed: str) -> str:
    """Confirm a step as the page shows it now. What is read then."""
    sent = {"sure": "on", "seen": actions.standing(Paper.objects.get(pk=paper.pk)), **changed}
    answer = client.post(f"/verwaltung/rat/vorlagen/{paper.pk}/{step}/", sent, follow=True)
    return text_of(answer.content.decode())


def decided(paper: Paper, result: str) -> Paper:
    Consultation.objects.update(held_on=date(2026, 3, 17), result=result)
    return paper


def test_paper_goes_its_way_step_by_step(office: Client, paper: Paper) -> None:
    assert "Nächster Schritt: einbringen" in page(office, paper)

    take_step(office, paper, "einbringen")
    assert "Der Tag der Entscheidung fehlt: Rat der Stadt." in page(office, paper)

    decided(paper, "approved")
    assert "Die Fassung erhält dieses Siegel: beschlossen, Rat der Stadt, 17.03.2026" in page(office, paper)

    take_step(office, paper, "uebernehmen")
    shown = page(office, paper)
    assert "beschlossen (beschlossen, Rat der Stadt, 17.03.2026)" in shown
    assert "übernehmen" not in shown
    assert Edition.objects.get().state == "adopted"


def adopted(paper: Paper) -> Edition:
    """The council has adopted the paper's edition."""
    actions.submit(paper)
    return actions.carry_over(decided(paper, "approved"))


def test_adopted_edition_is_to_be_published_until_it_is_shown(office: Client, paper: Paper) -> None:
    publish(freeze(slug="davor", title="Davor"))
    edition = adopted(paper)

    before = page(office, paper)
    publish(edition)
    after = page(office, paper)

    assert (
        "Was jetzt öffentlich ist Entwurf : beschlossen Die Startseite zeigt „Davor“ (Arbeitsstand). "
        "Nächster Schritt: die beschlossene Fassung veröffentlichen Der Rat hat „Entwurf“ beschlossen, aber die "
        "Startseite zeigt diese Fassung noch nicht. Dort steht weiterhin „Davor“ (Arbeitsstand). "
        "„Entwurf“ veröffentlichen" in before
    )
    assert "Die Startseite zeigt „Entwurf“ (beschlossen)." in after
    assert "Nächster Schritt" not in after


def test_whoever_does_not_publish_reads_who_does(paper: Paper) -> None:
    edition = adopted(paper)
    client = browser_of(person(BODIES))

    page_source = client.get(f"/verwaltung/rat/vorlagen/{paper.pk}/").content.decode()

    said = text_of(page_source)
    assert "Die Startseite zeigt noch keine Fassung." in said
    assert "Dort steht noch nichts. Diesen Schritt macht, wer Fassungen veröffentlicht." in said
    assert f"/verwaltung/veroeffentlichen/{edition.pk}/" not in page_source


def test_refused_edition_has_no_further_step(office: Client, paper: Paper) -> None:
    actions.submit(paper)
    actions.carry_over(decided(paper, "rejected"))

    shown = page(office, paper)

    assert "Was jetzt öffentlich ist Entwurf : abgelehnt" in shown
    assert "Nächster Schritt" not in shown


def test_edition_that_another_one_superseded_is_not_to_be_published(office: Client, paper: Paper) -> None:
    adopted(paper)
    other = PaperFactory(reference="2027/0100", edition=freeze(slug="spaeter", title="Später"))
    ConsultationFactory(paper=other, held_on=date(2027, 3, 17), role="decision", result="approved")
    actions.submit(other)
    actions.carry_over(other)

    shown = page(office, paper)

    assert "Was jetzt öffentlich ist Entwurf : abgelöst" in shown
    assert "Nächster Schritt" not in shown


def test_step_that_cannot_be_taken_says_all_that_is_missing(office: Client, paper: Paper) -> None:
    shown = take_step(office, paper, "uebernehmen")

    assert "„Entwurf“ ist nicht mit dieser Vorlage eingebracht." in shown
    assert "Der Tag der Entscheidung fehlt: Rat der Stadt." in shown
    assert Edition.objects.get().state == "working"


def test_step_that_nobody_confirmed_is_not_taken(office: Client, paper: Paper) -> None:
    answer = office.post(f"/verwaltung/rat/vorlagen/{paper.pk}/einbringen/", follow=True)

    assert "Bitte setzen Sie zuerst das Häkchen" in text_of(answer.content.decode())
    assert Edition.objects.get().state == "working"


def test_what_changed_since_it_was_seen_is_not_sealed(office: Client, paper: Paper) -> None:
    actions.submit(paper)
    seen = actions.standing(Paper.objects.get(pk=decided(paper, "approved").pk))
    decided(paper, "rejected")

    shown = take_step(office, paper, "uebernehmen", seen=seen)

    assert "hat sich inzwischen geändert" in shown
    assert Edition.objects.get().state == "consultation"


def test_decision_is_offered_where_a_reason_is_asked_for(office: Client, paper: Paper) -> None:
    actions.submit(paper)
    decided(paper, "amended")

    chapter = Node.objects.get()
    form = office.get(f"/verwaltung/themes/chapter/{chapter.pk}/change/").content.decode()

    assert 'list="decided-changes"' in form
    assert '<option value="Beschluss vom 17.03.2026, Rat der Stadt, Vorlage 2026/0100' in form


def test_council_office_reads_the_way_and_takes_no_step(paper: Paper) -> None:
    client = browser_of(person(BODIES))

    shown = page(client, paper)

    assert "Diesen Schritt macht, wer Fassungen veröffentlicht." in shown
    assert client.post(f"/verwaltung/rat/vorlagen/{paper.pk}/einbringen/").status_code == 403
    assert Edition.objects.get().state == "working"


def test_reader_sees_no_papers(paper: Paper) -> None:
    assert browser_of(person(READERS)).get(f"/verwaltung/rat/vorlagen/{paper.pk}/").status_code == 403


def test_paper_without_an_edition_says_so(office: Client) -> None:
    assert "Diese Vorlage bringt keine Fassung ein und nennt keine Maßnahme." in page(office, PaperFactory())


def test_every_paper_is_listed_with_where_its_edition_stands(office: Client, paper: Paper) -> None:
    actions.submit(paper)
    PaperFactory(reference="2026/0200", name="Nur eine Maßnahme")

    shown = text_of(office.get("/verwaltung/rat/").content.decode())

    assert f"2026/0100 {paper.name} Entwurf (in Beratung) Weg von 2026/0100 durch den Rat" in shown
    assert "2026/0200 Nur eine Maßnahme –" in shown
    assert "Vorlage erfassen" in shown


def test_page_of_the_council_takes_as_many_queries_for_three_papers_as_for_one(
    office: Client, paper: Paper
) -> None:
    office.get("/verwaltung/rat/")
    with CaptureQueriesContext(connection) as few:
        office.get("/verwaltung/rat/")
    for _ in range(2):
        PaperFactory()
    with CaptureQueriesContext(connection) as many:
        office.get("/verwaltung/rat/")

    assert len(many) == len(few)
