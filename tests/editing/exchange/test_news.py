"""What came back to somebody: decided proposals, and answers to what they asked; on the desk and by mail."""

import datetime

import pytest
from django.core import mail
from django.utils import timezone

from editing.exchange import proposal_actions
from editing.exchange.news import News
from editing.models import DeskMail, Proposal, Remark
from tests.editing.exchange.desk_mails import TREE, propose, receivers, run, somebody
from tests.editing.pages import text_of
from tests.editing.people import browser_of, person
from tests.strategy.outline import plant

pytestmark = pytest.mark.django_db

DESK = "/verwaltung/"


@pytest.fixture
def nodes():
    return plant(TREE)


@pytest.fixture
def paula():
    return somebody("Paula", "Fachbereich")


@pytest.fixture
def dora():
    return person("Steuerungsgruppe", name="dora")


def answered(node, by, asker) -> Remark:
    """A remark of `asker`, and its answer."""
    asked = Remark.objects.create(uid=node.uid, title=node.title, text="Wie viele?", by=asker)
    return Remark.objects.create(uid=node.uid, title=node.title, text="Zwölf.", by=by, answers=asked)


def decided(node, by, proposer, *, days_ago: float = 0) -> Proposal:
    """A proposal that was declined."""
    proposal = propose(node, proposer)
    proposal_actions.decline(proposal, by=by, answer="Kein Platz.")
    then = timezone.now() - datetime.timedelta(days=days_ago)
    Proposal.objects.filter(pk=proposal.pk).update(decided_at=then)
    return proposal


def of_yesterday() -> None:
    """Whatever came back did so a day ago."""
    then = timezone.now() - datetime.timedelta(days=1)
    Proposal.objects.update(decided_at=then)
    Remark.objects.update(at=then)


def desk(user) -> str:
    return text_of(browser_of(user).get(DESK).content.decode())


def test_desk_tells_what_became_of_own_proposals_and_questions(nodes, paula, dora):
    dora.first_name, dora.last_name = "Dora", "Amt"
    dora.save()
    decided(nodes["Garten"], dora, paula)
    answered(nodes["Kurse"], dora, paula)

    page = desk(paula)

    today = f"{timezone.localdate():%d.%m.%Y}"
    assert "Neues zu meinen Vorschlägen und Fragen (2)" in page
    assert f"Garten : abgelehnt Dora Amt, {today} Kein Platz." in page
    assert f"Kurse : beantwortet Dora Amt, {today} Zwölf." in page


def test_what_others_proposed_and_asked_or_one_did_oneself_is_no_news(nodes, paula, dora):
    decided(nodes["Garten"], dora, person("Fachbereich"))
    answered(nodes["Kurse"], dora, person("Fachbereich"))
    answered(nodes["Kurse"], paula, paula)
    proposal_actions.withdraw(propose(nodes["Garten"], paula), by=paula)
    propose(nodes["Garten"], paula)

    assert News.of(paula).count == 0
    assert "Neues zu" not in desk(paula)


@pytest.mark.parametrize(("days", "is_news"), [(29, True), (31, False)])
def test_it_is_news_for_thirty_days(nodes, paula, dora, days: int, is_news: bool):
    decided(nodes["Garten"], dora, paula, days_ago=days)

    assert bool(News.of(paula).decided) is is_news


def test_mail_tells_news_of_yesterday_once_and_without_names(nodes, paula, dora, settings):
    settings.PUBLIC_URL = "https://strategie.herne.example"
    proposal = decided(nodes["Garten"], dora, paula)
    answer = answered(nodes["Kurse"], dora, paula)
    of_yesterday()

    printed = run()
    DeskMail.objects.update(sent_on=timezone.localdate() - datetime.timedelta(days=1))
    Proposal.objects.update(decided_at=timezone.now() - datetime.timedelta(days=2))
    Remark.objects.update(at=timezone.now() - datetime.timedelta(days=2))
    again = run()

    (message,) = mail.outbox
    portal = "https://strategie.herne.example/verwaltung"
    assert (printed, again) == ("Gesendet: 1\n", "Gesendet: 0\n")
    assert message.subject == "Nachhaltigkeitsstrategie: Neues zu Ihren Vorschlägen und Fragen"
    assert "das ist in der Nachhaltigkeitsstrategie neu für Sie." in message.body
    assert f"- Garten: abgelehnt\n  {portal}/vorschlaege/{proposal.pk}/" in message.body
    assert f"- Kurse\n  {portal}/knoten/{answer.uid}/anmerkungen/#a{answer.answers_id}" in message.body
    assert "dora" not in message.body


def test_news_of_today_is_in_tomorrows_mail(nodes, paula, dora):
    decided(nodes["Garten"], dora, paula)

    run()
    sent_today = receivers()
    of_yesterday()
    run()

    assert (sent_today, receivers()) == ([], ["paula@herne.example"])


def test_mail_about_what_waits_tells_the_news_too(nodes, paula, dora):
    decided(nodes["Garten"], dora, paula)
    of_yesterday()
    Remark.objects.create(uid=nodes["Kurse"].uid, title="Kurse", text="?", by=dora, asked=paula)

    run()

    assert mail.outbox[0].subject == "Nachhaltigkeitsstrategie: 1 Vorgang wartet auf Sie"
    assert "Fragen an Sie (1)" in mail.outbox[0].body
    assert "Entschieden: Ihre Vorschläge (1)" in mail.outbox[0].body


def test_list_of_proposals_says_how_many_are_decided(nodes, paula, dora):
    client = browser_of(paula)
    nothing = text_of(client.get("/verwaltung/vorschlaege/").content.decode())
    decided(nodes["Garten"], dora, paula)
    decided(nodes["Kurse"], dora, paula)

    page = client.get("/verwaltung/vorschlaege/").content.decode()
    of_node = client.get(f"/verwaltung/vorschlaege/?knoten={nodes['Garten'].uid}").content.decode()
    whole = text_of(client.get("/verwaltung/vorschlaege/?alle=1").content.decode())

    assert "Es gibt keine." in nothing
    assert "2 Vorschläge sind entschieden oder zurückgezogen." in text_of(page)
    assert "Offen ist keiner." in page
    assert "1 Vorschlag ist entschieden oder zurückgezogen." in text_of(of_node)
    assert f'href="?alle=1&amp;knoten={nodes["Garten"].uid}"' in of_node
    assert "Garten" in whole and "Nur die offenen" in whole
