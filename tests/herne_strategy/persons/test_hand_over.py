"""Handing over all that lies with somebody, and standing in for them."""

import datetime

import pytest
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone

from editing.exchange.questions import questions_to
from editing.models import Remark, Responsibility
from herne_strategy.persons.person_actions import Handover, hand_over, lock, stand_in
from measures.models import Measure
from strategy.tree.models import Node
from tests.editing.pages import text_of
from tests.editing.people import browser_of, person
from tests.factories import DepartmentFactory, UserFactory
from tests.strategy.outline import plant

pytestmark = pytest.mark.django_db

TREE = """
theme Wohnen
  guideline Leben
    strategic_goal Bauen
      measure Haus
theme Klima
"""


@pytest.fixture
def nodes() -> dict[str, Node]:
    return plant(TREE)


@pytest.fixture
def thea(nodes) -> User:
    """She edits a theme, reports for a department, and is asked something."""
    user = with_roles("thea", "Themenfeld-Redaktion", "Fachbereich")
    mine = Responsibility.objects.create(user=user)
    mine.themes.add(nodes["Wohnen"].theme)
    mine.departments.add(DepartmentFactory(name="Umwelt"))
    Remark.objects.create(uid=nodes["Haus"].uid, title="Haus", text="Wann?", asked=user, by=UserFactory())
    return user


@pytest.fixture
def office() -> User:
    return person("Koordinationsstelle", name="koordination")


def with_roles(name: str, first: str, second: str) -> User:
    """Somebody who has two roles."""
    user = person(first, name=name)
    user.groups.add(Group.objects.get(name=second))
    return user


def kept(user: User) -> tuple[list[str], list[str], int]:
    handover = Handover(user)
    return handover.themes, handover.departments, len(handover.questions)


def give(client: Client, person: User, successor: User) -> str:
    address = f"/verwaltung/personen/{person.pk}/uebergeben/"
    data = {"successor": successor.pk, "seen": Handover(person).mark}
    return text_of(client.post(address, data, follow=True).content.decode())


def test_all_goes_to_the_other_beside_what_is_there(thea: User, office: User, nodes):
    other = with_roles("otto", "Themenfeld-Redaktion", "Fachbereich")
    Responsibility.objects.create(user=other).themes.add(nodes["Klima"].theme)

    said = give(browser_of(office), thea, other)

    assert "Otto hat jetzt: Wohnen, Umwelt, 1 offene Frage." in said
    assert kept(thea) == ([], [], 0)
    assert kept(other) == (["Wohnen", "Klima"], ["Umwelt"], 1)
    assert other.has_perm("strategy.change_node", nodes["Haus"])


def test_what_the_other_may_not_do_is_named_and_nothing_is_given(thea: User, office: User):
    reader = person("Lesen", name="lena")

    said = give(browser_of(office), thea, reader)

    assert "lena hat keine Rolle, die Themenfelder bearbeitet." in said
    assert "lena hat keine Rolle, die für Fachbereiche meldet." in said
    assert "lena darf keine Fragen beantworten." in said
    assert kept(thea) == (["Wohnen"], ["Umwelt"], 1)
    assert not Responsibility.objects.filter(user=reader).exists()


def test_only_what_was_seen_is_handed_over(thea: User, office: User, nodes):
    seen = Handover(thea).mark
    thea.responsibility.themes.add(nodes["Klima"].theme)

    with pytest.raises(ValidationError):
        hand_over(thea, person("Steuerungsgruppe", name="otto"), seen=seen, by=office)

    assert len(kept(thea)[0]) == 2


@pytest.mark.parametrize("who", ["herself", "somebody locked"])
def test_nobody_gets_it_who_cannot(thea: User, office: User, who: str):
    other = thea if who == "herself" else person("Steuerungsgruppe", name="otto")
    if other != thea:
        lock(other, by=office)
        other.refresh_from_db()

    with pytest.raises(ValidationError):
        hand_over(thea, other, seen=Handover(thea).mark, by=office)


def test_who_has_nothing_hands_over_nothing(office: User):
    page = browser_of(office).get(f"/verwaltung/personen/{person('Lesen', name='lena').pk}/uebergeben/")

    assert "Bei dieser Person liegt nichts" in text_of(page.content.decode())


def test_only_those_are_offered_who_can_get_it(thea: User, office: User):
    chief = User.objects.create_superuser("chefin", "chefin@herne.example")
    address = f"/verwaltung/personen/{thea.pk}/uebergeben/"

    offered, all_offered = (browser_of(user).get(address).content.decode() for user in (office, chief))

    assert "chefin</option>" not in offered and "koordination</option>" in offered
    assert "chefin</option>" in all_offered
    assert "thea</option>" not in offered + all_offered


def test_others_do_not_hand_over(thea: User):
    with pytest.raises(PermissionDenied):
        hand_over(thea, person("Steuerungsgruppe", name="otto"), seen=Handover(thea).mark, by=thea)


@pytest.mark.parametrize(("days", "may"), [(None, True), (0, True), (3, True), (-1, False)])
def test_substitute_may_do_the_same_until_the_last_day(thea: User, nodes, days: int | None, may: bool):
    otto = with_roles("otto", "Themenfeld-Redaktion", "Fachbereich")
    until = None if days is None else timezone.localdate() + datetime.timedelta(days)
    measure = Measure.objects.get(title="Haus")
    Measure.objects.filter(pk=measure.pk).update(lead=thea.responsibility.departments.get())
    stand_in(thea, substitute=otto, until=until, by=thea)

    otto = User.objects.get(pk=otto.pk)

    assert otto.has_perm("strategy.change_node", nodes["Haus"]) is may
    assert otto.has_perm("measures.change_progress", Measure.objects.get(title="Haus")) is may
    assert User.objects.get(pk=thea.pk).has_perm("strategy.change_node", nodes["Haus"])


def test_substitute_gets_no_role(thea: User, nodes):
    reader = person("Lesen", name="lena")
    stand_in(thea, substitute=reader, until=None, by=thea)

    assert not User.objects.get(pk=reader.pk).has_perm("strategy.change_node", nodes["Haus"])


def test_substitute_of_somebody_locked_has_nothing(thea: User, nodes, office: User):
    otto = person("Themenfeld-Redaktion", name="otto")
    stand_in(thea, substitute=otto, until=None, by=thea)
    lock(thea, by=office)

    assert not User.objects.get(pk=otto.pk).has_perm("strategy.change_node", nodes["Haus"])


def test_nobody_stands_in_for_themselves(thea: User):
    with pytest.raises(ValidationError):
        stand_in(thea, substitute=thea, until=None, by=thea)


def test_own_page_says_the_role_in_words_and_takes_a_substitute(thea: User):
    otto = person("Themenfeld-Redaktion", name="otto")
    hers = browser_of(thea)

    said = text_of(hers.get("/verwaltung/meine-rolle/").content.decode())
    hers.post("/verwaltung/meine-rolle/", {"substitute": otto.pk, "until": ""})

    assert "Themenfeld-Redaktion : Bearbeitet die Themenfelder, die ihr zugewiesen sind" in said
    assert "Themenfeld: Wohnen" in said
    assert Responsibility.objects.get(user=thea).substitute == otto
    assert "Sie vertreten heute: thea" in text_of(
        browser_of(otto).get("/verwaltung/meine-rolle/").content.decode()
    )


def test_last_day_without_a_substitute_keeps_what_was_typed(thea: User):
    page = browser_of(thea).post("/verwaltung/meine-rolle/", {"substitute": "", "until": "2030-01-01"})

    assert "Bitte wählen Sie, wer bis dahin vertritt." in text_of(page.content.decode())
    assert 'value="2030-01-01"' in page.content.decode()


def test_day_that_is_over_is_refused_and_what_was_typed_stays(thea: User):
    otto = person("Themenfeld-Redaktion", name="otto")

    page = browser_of(thea).post("/verwaltung/meine-rolle/", {"substitute": otto.pk, "until": "2026-01-01"})

    assert "Dieser Tag ist vorbei." in text_of(page.content.decode())
    assert 'value="2026-01-01"' in page.content.decode()
    assert Responsibility.objects.get(user=thea).substitute is None


def test_it_is_said_who_stands_in_until_when(thea: User):
    otto = person("Themenfeld-Redaktion", name="otto")
    day = timezone.localdate() + datetime.timedelta(7)

    said = browser_of(thea).post(
        "/verwaltung/meine-rolle/", {"substitute": otto.pk, "until": day.isoformat()}, follow=True
    )

    assert f"Otto vertritt Sie bis einschließlich {day:%d.%m.%Y}." in text_of(said.content.decode())


def test_question_that_was_handed_over_waits_with_the_other(thea: User, office: User):
    otto = with_roles("otto", "Steuerungsgruppe", "Fachbereich")

    hand_over(thea, otto, seen=Handover(thea).mark, by=office)

    assert [each.text for each in questions_to(otto)] == ["Wann?"]
