"""Who gets the daily mail, and who has switched it off."""

import pytest
from django.core import mail
from django.utils import timezone

from editing.exchange.desk_mail import waiting
from editing.models import DeskMail, Remark
from tests.editing.exchange.desk_mails import TREE, propose, receivers, run, somebody
from tests.editing.pages import text_of
from tests.editing.people import browser_of, person
from tests.strategy.outline import plant

pytestmark = pytest.mark.django_db

DESK = "/verwaltung/"
CHOICE = "/verwaltung/was-bei-mir-liegt/e-mail/"


@pytest.fixture
def nodes():
    return plant(TREE)


def test_only_those_for_whom_something_waits_get_a_mail(nodes):
    somebody("Anna")
    somebody("Theo", "Themenfeld-Redaktion", themes=[nodes["Klima"]])
    somebody("Lena", "Themenfeld-Redaktion", themes=[nodes["Bildung"]])
    somebody("Leser", "Lesen")
    propose(nodes["Garten"], person("Fachbereich", name="Paula"))

    run()

    assert receivers() == ["anna@herne.example", "lena@herne.example"]
    assert set(DeskMail.objects.values_list("user__username", flat=True)) == {"Anna", "Lena"}


def test_nobody_gets_a_mail_when_nothing_waits(nodes):
    somebody("Anna")

    assert run() == "Gesendet: 0\n"
    assert mail.outbox == []
    assert DeskMail.objects.count() == 0


@pytest.mark.parametrize(
    "change",
    [{"is_active": False}, {"is_staff": False}, {"email": ""}],
    ids=lambda change: next(iter(change)),
)
def test_who_cannot_work_here_or_be_reached_gets_none(nodes, change: dict):
    anna = somebody("Anna")
    somebody("Berta")
    type(anna).objects.filter(pk=anna.pk).update(**change)
    propose(nodes["Garten"], person("Fachbereich", name="Paula"))

    run()

    assert receivers() == ["berta@herne.example"]


def test_without_a_role_there_is_no_mail(nodes):
    anna = somebody("Anna")
    Remark.objects.create(uid=nodes["Kurse"].uid, title="Kurse", text="?", by=anna, asked=anna)
    anna.groups.clear()

    run()

    assert mail.outbox == []


def test_mail_is_switched_off_and_on_again_on_the_desk(nodes):
    anna = somebody("Anna")
    propose(nodes["Garten"], person("Fachbereich", name="Paula"))
    client = browser_of(anna)
    before = client.get(DESK).content.decode()

    off = client.post(CHOICE, follow=True).content.decode()
    run()

    assert 'id="id_wanted" checked' in before
    assert "Nur eine E-Mail am Tag, morgens, an anna@herne.example." in text_of(before)
    assert 'id="id_wanted">' in off
    assert "Sie bekommen keine E-Mails mehr darüber, was bei Ihnen liegt." in text_of(off)
    assert mail.outbox == []
    client.post(CHOICE, {"wanted": "on"})
    run()
    assert receivers() == ["anna@herne.example"]


def test_switching_off_keeps_the_day_of_the_last_mail(nodes):
    anna = somebody("Anna")
    propose(nodes["Garten"], person("Fachbereich", name="Paula"))
    run()
    client = browser_of(anna)

    client.post(CHOICE)
    client.post(CHOICE, {"wanted": "on"})
    run()

    assert len(mail.outbox) == 1


def test_mail_switched_off_while_it_was_to_be_sent_is_not_sent(nodes):
    anna = somebody("Anna")
    propose(nodes["Garten"], person("Fachbereich", name="Paula"))
    today = timezone.localdate()
    (each,) = list(waiting(today))
    DeskMail.objects.create(user=anna, is_wanted=False)

    assert each.send(today) is False
    assert mail.outbox == []


def test_desk_says_that_an_address_is_missing(nodes):
    page = browser_of(person("Lesen")).get(DESK).content.decode()

    assert "In Ihrem Konto steht keine E-Mail-Adresse" in page
    assert "id_wanted" not in page


def test_choice_is_made_by_post_and_by_those_who_have_a_desk(nodes):
    nobody = person("Lesen")
    nobody.groups.clear()

    assert browser_of(person("Lesen")).get(CHOICE).status_code == 405
    assert browser_of(nobody).post(CHOICE).status_code == 403
    assert DeskMail.objects.count() == 0
