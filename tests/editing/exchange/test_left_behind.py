"""What lay with somebody who is locked, or can no longer answer, lies with somebody else; whoever locks reads it."""

import pytest
from django.contrib.auth.models import User
from django.core import mail

from editing.exchange import remark_actions
from editing.exchange.desk_page import Desk
from editing.exchange.questions import unassigned_questions
from editing.models import Remark
from strategy.tree.models import Node
from tests.editing.exchange.desk_mails import TREE, propose, run, somebody
from tests.editing.pages import text_of
from tests.editing.people import browser_of, person
from tests.factories import DepartmentFactory
from tests.strategy.outline import plant

pytestmark = pytest.mark.django_db

HEADING = "Fragen an jemanden, der nicht mehr antworten kann (1)"


@pytest.fixture
def nodes() -> dict[str, Node]:
    return plant(TREE)


@pytest.fixture
def office() -> User:
    return somebody("Karla", "Koordinationsstelle")


@pytest.fixture
def anna(nodes: dict[str, Node]) -> User:
    """An editor of a theme, responsible for a department, too."""
    return somebody(
        "Anna",
        "Themenfeld-Redaktion",
        themes=[nodes["Bildung"]],
        departments=[DepartmentFactory(name="Umwelt")],
    )


def ask(nodes: dict[str, Node], asked: User) -> Remark:
    return remark_actions.write(
        nodes["Garten"], text="Wie groß?", by=person("Steuerungsgruppe", name="Erika"), asked=asked
    )


def lock(user: User) -> None:
    User.objects.filter(pk=user.pk).update(is_active=False, is_staff=False)


def sent_form(user: User, **values: object) -> dict[str, object]:
    inline = {"responsibility-TOTAL_FORMS": "0", "responsibility-INITIAL_FORMS": "0"}
    return {"username": user.username, "email": user.email, **inline, **values}


def test_question_to_somebody_who_is_locked_lies_with_the_coordination(nodes, office: User, anna: User):
    question = ask(nodes, anna)
    before = Desk.of(office).unassigned

    lock(anna)

    assert before == []
    assert Desk.of(User.objects.get(pk=office.pk)).unassigned == [question]
    assert Desk.of(person("Steuerungsgruppe")).unassigned == []
    page = text_of(browser_of(office).get("/verwaltung/").content.decode())
    assert HEADING in page
    assert "Garten Erika an Anna" in page


def test_question_to_somebody_who_lost_the_right_to_answer_does_too(nodes, office: User, anna: User):
    question = ask(nodes, anna)

    anna.groups.clear()

    assert Desk.of(office).unassigned == [question]


def test_it_waits_until_somebody_else_has_answered_or_it_is_done(nodes, office: User, anna: User):
    questions = [ask(nodes, anna)]
    erika = questions[0].by
    questions += [remark_actions.write(nodes["Kurse"], text="Und hier?", by=erika, asked=anna)]
    lock(anna)

    remark_actions.write(nodes["Garten"], text="Das frage ich mich noch.", by=erika, answers=questions[0])
    still = list(unassigned_questions())
    remark_actions.write(nodes["Garten"], text="Ein Hektar.", by=office, answers=questions[0])
    remark_actions.set_done(questions[1], is_done=True, by=office)

    assert still == questions
    assert list(unassigned_questions()) == []


def test_daily_mail_tells_of_it(nodes, office: User, anna: User):
    ask(nodes, anna)
    lock(anna)

    run()

    (message,) = [each for each in mail.outbox if each.to == ["karla@herne.example"]]
    assert HEADING in message.body


def test_whoever_locks_somebody_reads_what_they_leave_behind(nodes, office: User, anna: User):
    ask(nodes, anna)
    propose(nodes["Energie"], anna)

    page = browser_of(office).post(
        f"/verwaltung/auth/user/{anna.pk}/change/",
        sent_form(anna, groups=[anna.groups.get().pk]),
        follow=True,
    )

    said = text_of(page.content.decode())
    assert (
        "1 offene Frage an Anna liegt jetzt bei der Koordinationsstelle, unter „Was bei mir liegt“." in said
    )
    assert "1 offener Vorschlag von Anna bleibt bei denen, die darüber entscheiden." in said
    assert "Niemand ist mehr zuständig für: Bildung, Umwelt. Bitte geben Sie das jemand anderem." in said


def test_whose_duty_somebody_shares_is_not_named(nodes, office: User, anna: User):
    person("Themenfeld-Redaktion", themes=[nodes["Bildung"]])
    anna.responsibility.departments.clear()

    page = browser_of(office).post(f"/verwaltung/auth/user/{anna.pk}/change/", sent_form(anna), follow=True)

    assert not User.objects.get(pk=anna.pk).is_active
    assert "Niemand ist mehr zuständig" not in text_of(page.content.decode())


def test_whoever_changes_a_name_alone_reads_nothing(nodes, office: User, anna: User):
    ask(nodes, anna)

    page = browser_of(office).post(
        f"/verwaltung/auth/user/{anna.pk}/change/",
        sent_form(anna, first_name="Anna", is_active="on", groups=[anna.groups.get().pk]),
        follow=True,
    )

    assert "Koordinationsstelle, unter" not in text_of(page.content.decode())
