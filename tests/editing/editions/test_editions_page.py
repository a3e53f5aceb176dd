"""The list of editions and the page that publishes one: what is offered, and what is said unasked."""

from datetime import date

import pytest
from django.contrib.auth.models import User
from django.test import Client

from editing.exchange.desk_mail import waiting
from editing.exchange.desk_page import Desk
from herne_strategy.roles import COORDINATION, READERS
from strategy.editions import actions
from strategy.editions.models import Edition, PublicState, Strategy
from tests.editing.pages import text_of
from tests.editing.people import browser_of, person
from tests.strategy.outline import plant

pytestmark = pytest.mark.django_db

ADOPTED = {"decided_by": "Rat der Stadt", "decided_on": "2026-03-17", "result": "beschlossen"}
TOLD = "Der Rat hat „neu“ beschlossen, aber die Startseite zeigt diese Fassung noch nicht."


@pytest.fixture
def publisher() -> User:
    return person(COORDINATION, name="karla")


@pytest.fixture(autouse=True)
def strategy() -> None:
    Strategy(city="Herne", title="Strategie").save()
    plant("chapter Vorwort")


def in_state(slug: str, state: str) -> Edition:
    edition = actions.freeze(slug=slug, title=slug)
    for step in ("consultation", state):
        if edition.state != step:
            seal = ADOPTED if step in ("adopted", "rejected") else {}
            edition = actions.set_state(edition, step, paper_number="2026/0100", **seal)
    return edition


def page(client: Client) -> str:
    return client.get("/verwaltung/fassungsliste/").content.decode()


def test_refused_and_withheld_editions_are_not_offered_for_publishing(publisher: User) -> None:
    actions.publish(actions.freeze(slug="davor", title="davor"))
    rejected, ready = in_state("abgelehnt", "rejected"), in_state("bereit", "consultation")
    withheld = actions.withhold(in_state("zurueck", "consultation"), reason="Ein Name wird geprüft.")

    source = page(browser_of(publisher))

    assert f"/verwaltung/veroeffentlichen/{ready.pk}/" in source
    assert f"/verwaltung/veroeffentlichen/{rejected.pk}/" not in source
    assert f"/verwaltung/veroeffentlichen/{withheld.pk}/" not in source


def test_page_that_would_publish_a_refused_edition_says_why_not(publisher: User) -> None:
    shown = actions.freeze(slug="davor", title="davor")
    actions.publish(shown)
    rejected = in_state("abgelehnt", "rejected")
    client = browser_of(publisher)

    asked = client.get(f"/verwaltung/veroeffentlichen/{rejected.pk}/").content.decode()
    sent = client.post(f"/verwaltung/veroeffentlichen/{rejected.pk}/", follow=True).content.decode()

    refusal = "„abgelehnt“ wurde abgelehnt und kann nicht veröffentlicht werden."
    assert refusal in text_of(asked) and refusal in text_of(sent)
    assert "Was sich für Leser" not in text_of(asked)
    assert '<form method="post" class="plain-form">' not in asked
    assert PublicState.objects.get().shown == shown


def test_adopted_edition_that_is_not_shown_is_told_until_it_is(publisher: User) -> None:
    actions.publish(in_state("alt", "adopted"))
    silent = page(browser_of(publisher))
    new = in_state("neu", "adopted")

    told = page(browser_of(publisher))
    actions.publish(new)
    shown = page(browser_of(publisher))

    assert f"{TOLD} Dort steht weiterhin „alt“ (abgelöst)." in text_of(told)
    assert f'<a class="button-like" href="/verwaltung/veroeffentlichen/{new.pk}/">' in told
    assert "aber die Startseite zeigt" not in text_of(silent)
    assert "aber die Startseite zeigt" not in text_of(shown)


def test_whoever_does_not_publish_is_told_but_gets_no_link() -> None:
    new = in_state("neu", "adopted")

    source = page(browser_of(person(READERS)))

    assert f"{TOLD} Dort steht noch nichts." in text_of(source)
    assert f"/verwaltung/veroeffentlichen/{new.pk}/" not in source


def test_adopted_edition_that_is_withheld_is_not_to_be_published(publisher: User) -> None:
    actions.withhold(in_state("neu", "adopted"), reason="Ein Name wird geprüft.")

    assert list(Edition.objects.adopted_unshown()) == []
    assert "aber die Startseite zeigt" not in text_of(page(browser_of(publisher)))


def test_it_waits_on_the_desk_of_those_who_publish(publisher: User) -> None:
    new = in_state("neu", "adopted")

    desk = Desk.of(publisher)
    shown = browser_of(publisher).get("/verwaltung/").content.decode()

    assert (desk.unshown, desk.count) == ([new], 1 + len(desk.nodes))
    assert f'<a href="/verwaltung/veroeffentlichen/{new.pk}/">„neu“ veröffentlichen</a>' in shown
    assert Desk.of(person(READERS)).unshown == []


def test_daily_mail_names_it(publisher: User, settings) -> None:
    settings.PUBLIC_URL = "https://strategie.example"
    User.objects.filter(pk=publisher.pk).update(email="karla@herne.example")
    new = in_state("neu", "adopted")

    (found,) = waiting(date(2026, 10, 1))

    body = found.message().body

    assert (
        "Beschlossen, aber nicht auf der Startseite (1)\n\n- neu\n"
        f"  https://strategie.example/verwaltung/veroeffentlichen/{new.pk}/" in body
    )
