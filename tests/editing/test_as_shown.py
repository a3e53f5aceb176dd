"""What a page has shown is what is done: two people, two clicks, "Back"."""

import threading
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections
from django.test import Client

from editing.models import Proposal, Remark
from strategy.editions import actions
from strategy.editions.models import Edition, PublicState, Strategy
from strategy.history import node_actions
from strategy.tree.models import Node
from strategy.tree.review import Review
from tests.editing.pages import text_of
from tests.editing.people import browser_of, person
from tests.editing.tables.table_files import Table
from tests.factories import ConsultationFactory, PaperFactory
from tests.opened_form import confirmed, opened
from tests.strategy.outline import plant, saved

pytestmark = pytest.mark.django_db
ONCE = "ist einmal gespeichert, und es wurde nichts ein zweites Mal angelegt."
TAKE_BACK = "/verwaltung/zuruecknehmen/"
TREE = """
theme Bildung
  guideline Lernen
    strategic_goal Schulen
      measure Garten
"""


@pytest.fixture
def nodes() -> dict[str, Any]:
    Strategy(city="Herne", title="Strategie").save()
    plant(TREE)
    Node.objects.update(review=Review.AGREED)
    return saved()


@pytest.fixture
def office() -> Client:
    return browser_of(person("Koordinationsstelle", name="Karla"))


@pytest.fixture
def editions(nodes: dict[str, Any]) -> list[Edition]:
    """Three, each shown after the other."""
    found = [actions.freeze(slug=slug, title=slug.title()) for slug in ("eins", "zwei", "drei")]
    for each in found:
        actions.publish(each)
    return found


def page_of(client: Client, address: str) -> dict[str, str]:
    return opened(client.get(address).content.decode())


def publish_address(edition: Edition) -> str:
    return f"/verwaltung/veroeffentlichen/{edition.pk}/"


def shown() -> str:
    edition = PublicState.objects.get().shown
    return edition.slug if edition else ""


def test_two_clicks_take_back_one_publication_and_show_what_is_public_now(office: Client, editions: Any):
    sent = page_of(office, TAKE_BACK)

    office.post(TAKE_BACK, sent)
    second = text_of(office.post(TAKE_BACK, sent).content.decode())

    assert shown() == "zwei"
    assert "Die Öffentlichkeit liest inzwischen „Zwei“; es wurde nichts geändert." in second
    assert "Die Öffentlichkeit liest heute „Zwei“. Ab sofort läsen alle wieder „Eins“" in second


def test_list_of_editions_asks_before_it_takes_back(office: Client, editions: Any):
    page = office.get("/verwaltung/fassungsliste/").content.decode()

    assert f'<a class="button-like" href="{TAKE_BACK}">' in page
    assert f'action="{TAKE_BACK}"' not in page


def test_publication_of_a_colleague_is_not_replaced_unseen(office: Client, editions: Any):
    fourth = actions.freeze(slug="vier", title="Vier")
    sent = page_of(office, publish_address(fourth))
    actions.publish(editions[0])

    refused = text_of(office.post(publish_address(fourth), sent).content.decode())
    then = shown()
    confirmed(office, publish_address(fourth))

    assert "Die Öffentlichkeit liest inzwischen „Eins“; es wurde nichts geändert." in refused
    assert "Die Öffentlichkeit liest heute „Eins“." in refused
    assert (then, shown()) == ("eins", "vier")


def test_second_click_on_publish_says_that_it_is_so(office: Client, editions: Any):
    sent = page_of(office, publish_address(editions[0]))
    count = editions[0].publications.count()

    for _click in range(2):
        answer = office.post(publish_address(editions[0]), sent, follow=True)

    assert "Die Öffentlichkeit liest „Eins“ bereits." in text_of(answer.content.decode())
    assert (shown(), editions[0].publications.count()) == ("eins", count + 1)


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite writes one after the other anyway")
@pytest.mark.django_db(transaction=True)
def test_two_who_take_back_at_once_go_back_one_step(unprotected: None, editions: Any):
    seen, barrier, refused = actions.shown_mark(), threading.Barrier(3), []

    def click() -> None:
        barrier.wait()
        try:
            actions.take_back(seen=seen)
        except ValidationError as error:
            refused.append(error)
        connections.close_all()

    clicks = [threading.Thread(target=click) for _number in range(3)]
    for each in clicks:
        each.start()
    for each in clicks:
        each.join()

    assert (connection.vendor, shown(), len(refused)) == ("postgresql", "zwei", 2)


@pytest.mark.parametrize(
    "meanwhile",
    [
        lambda nodes: node_actions.add(kind="measure", content={"title": "Neu"}, parent=nodes["Schulen"]),
        lambda nodes: node_actions.change(nodes["Garten"], content={"text": "Geändert."}),
        lambda nodes: node_actions.set_review(nodes["Garten"], Review.OPEN),
    ],
    ids=["added", "changed", "reviewed"],
)
def test_deletion_takes_nothing_along_that_was_not_listed(office: Client, nodes: Any, meanwhile: Any):
    address = f"/verwaltung/goals/strategicgoal/{nodes['Schulen'].pk}/delete/"
    sent = page_of(office, address) | {"reason": "Doppelt"}
    meanwhile(nodes)
    count = Node.objects.count()

    refused = office.post(address, sent).content.decode()
    then = Node.objects.count()
    office.post(address, opened(refused))

    assert "ist hier etwas hinzugekommen oder geändert worden; es wurde nichts gelöscht." in text_of(refused)
    assert opened(refused)["reason"] == "Doppelt"
    assert ("Maßnahme: Neu" in refused) == (count == 5)
    assert (then, Node.objects.count()) == (count, 2)


def test_paper_is_not_deleted_with_what_was_added_below_it(office: Client):
    paper = PaperFactory()
    address = f"/verwaltung/council/paper/{paper.pk}/delete/"
    sent = page_of(office, address)
    ConsultationFactory(paper=paper)

    refused = office.post(address, sent).content.decode()
    count = type(paper).objects.count()
    office.post(address, opened(refused))

    assert "es wurde nichts gelöscht. Bitte sehen Sie sich an, was jetzt wegfiele." in text_of(refused)
    assert (count, type(paper).objects.count()) == (1, 0)


def test_remark_is_written_once_however_often_it_is_sent(office: Client, nodes: Any):
    address = f"/verwaltung/knoten/{nodes['Garten'].uid}/anmerkungen/"
    sent = page_of(office, address) | {"text": "Warum?", "answers": ""}

    answers = [office.post(address, sent, follow=True) for _click in range(3)]

    assert Remark.objects.count() == 1
    assert ONCE in text_of(answers[-1].content.decode())


def test_proposal_is_made_once(nodes: Any):
    client = browser_of(person("Themenfeld-Redaktion"))
    address = f"/verwaltung/knoten/{nodes['Garten'].uid}/vorschlagen/"
    sent = page_of(client, address) | {"text": "Neu.", "reason": "Besser"}

    first, second = client.post(address, sent), client.post(address, sent)

    assert (first.status_code, Proposal.objects.count()) == (302, 1)
    assert second.url == f"/verwaltung/vorschlaege/{Proposal.objects.get().pk}/"


def test_edition_is_frozen_once_and_looking_first_takes_no_token(office: Client, nodes: Any):
    address = "/verwaltung/einfrieren/"
    sent = page_of(office, address) | {"title": "Herbst", "slug": "herbst"}
    looked = opened(office.post(address, {**sent, "show": "1"}).content.decode())

    answers = [office.post(address, {**sent, "freeze": "1"}, follow=True) for _click in range(2)]

    assert looked["once"] == sent["once"]
    assert [each.slug for each in Edition.objects.all()] == ["herbst"]
    assert "„Herbst“ " + ONCE in text_of(answers[1].content.decode())


class TestTable:
    def upload(self, client: Client, table: Table) -> str:
        file = SimpleUploadedFile("tabelle.xlsx", table.content())
        return client.post("/verwaltung/tabellen/", {"file": file}).url

    @pytest.fixture
    def table(self, nodes: Any) -> Table:
        table = Table()
        table.add(level="Maßnahme", parent=str(nodes["Schulen"].uid), title="Hof")
        return table

    def test_is_imported_once_however_often_it_is_confirmed(self, office: Client, table: Table):
        address = self.upload(office, table)
        sent = page_of(office, address)

        answers = [office.post(address, sent, follow=True) for _click in range(2)]

        assert Node.objects.filter(title="Hof").count() == 1
        assert ONCE in text_of(answers[1].content.decode())

    def test_that_comes_a_second_time_is_asked_about(self, office: Client, table: Table):
        confirmed(office, self.upload(office, table))
        address = self.upload(office, table)
        page = office.get(address).content.decode()

        refused = office.post(address, opened(page)).content.decode()
        then = Node.objects.filter(title="Hof").count()
        office.post(address, {**opened(page), "twice": "1"})

        assert "1 neuer Knoten heißt wie einer, der dort schon steht" in text_of(page)
        assert "Bitte bestätigen Sie, dass ein zweites Mal angelegt werden soll" in text_of(refused)
        assert (then, Node.objects.filter(title="Hof").count()) == (1, 2)
