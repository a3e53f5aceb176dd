"""People are called by their names, everywhere; and only those can be asked who may answer."""

import re
from html import unescape

import pytest

from editing.models import Remark
from strategy.history import node_actions
from strategy.people import name_of
from tests.editing.exchange.desk_mails import TREE, propose
from tests.editing.pages import text_of
from tests.editing.people import browser_of, person
from tests.strategy.outline import plant

pytestmark = pytest.mark.django_db


@pytest.fixture
def nodes():
    return plant(TREE)


def called(first: str, last: str, role: str = "Steuerungsgruppe", *, account: str):
    user = person(role, name=account)
    user.first_name, user.last_name = first, last
    user.save()
    return user


def offered(page: str) -> list[str]:
    """Who can be asked."""
    select = page.partition('<select name="asked"')[2].partition("</select>")[0]
    return [unescape(name) for name in re.findall(r"<option[^>]*>(.*?)</option>", select)][1:]


def test_name_is_the_accounts_only_where_none_is_known():
    assert name_of(called("Karla", "Kern", account="kk")) == "Karla Kern"
    assert name_of(person("Lesen", name="leser")) == "leser"
    assert name_of(None) == ""


def test_pages_name_people_as_the_header_does(nodes):
    karla = called("Karla", "Kern", account="kk")
    paula = called("Paula", "Petz", "Fachbereich", account="pp")
    proposal = propose(nodes["Garten"], paula)
    remark = Remark.objects.create(uid=nodes["Garten"].uid, title="Garten", text="?", by=karla, asked=paula)
    Remark.objects.create(uid=nodes["Garten"].uid, title="Garten", text="!", by=paula, answers=remark)
    node_actions.set_review(nodes["Garten"], "open", by=karla)
    client = browser_of(karla)
    browser_of(karla).post(f"/verwaltung/anmerkungen/{remark.pk}/erledigt/", {"done": "1"})
    pages = {
        address: text_of(client.get(f"/verwaltung/{address}").content.decode())
        for address in (
            "verlauf/",
            "vorschlaege/",
            f"vorschlaege/{proposal.pk}/",
            f"knoten/{nodes['Garten'].uid}/anmerkungen/",
            "",
        )
    }

    said = {
        address: {each for each in ("Karla Kern", "Paula Petz") if each in page}
        for address, page in pages.items()
    }
    accounts = {address for address, page in pages.items() if re.search(r"\b(kk|pp)\b", page)}
    assert said == {address: {"Karla Kern", "Paula Petz"} for address in pages} | {"verlauf/": {"Karla Kern"}}
    assert accounts == set()


def test_only_those_who_may_answer_can_be_asked_by_name(nodes):
    asker = called("Karla", "Kern", "Koordinationsstelle", account="kk")
    called("Ämilie", "Öz", "Fachbereich", account="ae")
    called("Zoe", "Adam", "Themenfeld-Redaktion", account="za")
    for role in ("Lesen", "Gremienbüro"):
        called(role, "darf nicht", role, account=role)
    gone = called("Weg", "Gegangen", account="weg")
    gone.is_active = False
    gone.save()
    client = browser_of(asker)

    page = client.get(f"/verwaltung/knoten/{nodes['Garten'].uid}/anmerkungen/").content.decode()

    assert offered(page) == ["Ämilie Öz", "Karla Kern", "Zoe Adam"]


def test_two_of_the_same_name_are_told_apart(nodes):
    for account in ("mm1", "mm2"):
        called("Maria", "Meier", account=account)

    page = browser_of(person("Steuerungsgruppe", name="Erika")).get(
        f"/verwaltung/knoten/{nodes['Garten'].uid}/anmerkungen/"
    )

    assert offered(page.content.decode()) == ["Erika", "Maria Meier (mm1)", "Maria Meier (mm2)"]


def test_question_to_somebody_who_may_not_answer_is_refused_and_stays_in_the_form(nodes):
    reader = person("Lesen")
    client = browser_of(person("Steuerungsgruppe"))

    page = client.post(
        f"/verwaltung/knoten/{nodes['Garten'].uid}/anmerkungen/", {"text": "Stimmt das?", "asked": reader.pk}
    ).content.decode()

    assert "Bitte eine gültige Auswahl treffen" in page
    assert ">Stimmt das?</textarea>" in page
    assert Remark.objects.count() == 0
