"""Reported barriers in the admin: read, marked as dealt with, deleted by whoever has the right to."""

import re

import pytest
from django.contrib.auth.models import Permission, User
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from legal.models import BarrierReport

pytestmark = pytest.mark.django_db

LIST = "/verwaltung/legal/barrierreport/"


@pytest.fixture
def admin():
    """A client who is logged in as administrator."""
    client = Client()
    client.force_login(User.objects.create_superuser("chef"))
    return client


@pytest.fixture
def editor():
    """A client who may do all with reports but delete them."""
    user = User.objects.create_user("redaktion", is_staff=True)
    rights = Permission.objects.filter(content_type__app_label="legal")
    user.user_permissions.set(rights.exclude(codename="delete_barrierreport"))
    client = Client()
    client.force_login(user)
    return client


def a_report(**values):
    given = {"text": "Kontrast zu schwach", "created_at": timezone.now()} | values
    return BarrierReport.objects.create(**given)


def listed(client, query=""):
    """The texts of the listed reports, each with its state of mailing."""
    html = client.get(f"{LIST}{query}").content.decode()
    rows = re.findall(r"<tr>(.*?)</tr>", html.partition('id="result_list"')[2], re.DOTALL)
    found = [re.findall(r"field-(?:excerpt|mailing)[^>]*>(.*?)</t", row) for row in rows]
    cells = [re.sub(r"<[^>]+>", "", "|".join(row)) for row in found]
    return {cell for cell in cells if cell}


def test_list_marks_what_was_not_mailed(admin):
    a_report(text="Eins", mailed_at=timezone.now())
    a_report(text="Zwei")

    assert listed(admin) == {"Eins|verschickt", "Zwei|NICHT verschickt"}
    assert listed(admin, "?mailed_at__isempty=1") == {"Zwei|NICHT verschickt"}


def test_list_is_filtered_by_what_was_dealt_with(admin):
    a_report(text="Offen")
    a_report(text="Fertig", is_done=True, done_at=timezone.now())

    assert listed(admin, "?is_done__exact=0") == {"Offen|NICHT verschickt"}


def test_list_shortens_a_long_text(admin):
    a_report(text="a" * 80)
    a_report(text="b" * 81)

    assert listed(admin) == {f"{'a' * 80}|NICHT verschickt", f"{'b' * 79}…|NICHT verschickt"}


def test_change_page_says_what_the_law_wants(editor):
    report = a_report()

    html = editor.get(f"{LIST}{report.pk}/change/").content.decode()

    assert "Das Gesetz (§ 10b BGG NRW) verlangt eine Antwort in angemessener Frist." in html
    assert "Kontrast zu schwach" in html


def test_report_is_marked_with_time_and_person_and_nothing_else_changes(editor):
    report = a_report()

    editor.post(f"{LIST}{report.pk}/change/", {"is_done": "on", "text": "anders", "name": "x"})

    report.refresh_from_db()
    assert (report.is_done, report.done_by.username) == (True, "redaktion")
    assert report.done_at is not None
    assert (report.text, report.name) == ("Kontrast zu schwach", "")


def test_report_is_opened_again(editor):
    report = a_report(is_done=True, done_at=timezone.now(), done_by=User.objects.get(username="redaktion"))

    editor.post(f"{LIST}{report.pk}/change/", {})

    report.refresh_from_db()
    assert (report.is_done, report.done_at, report.done_by) == (False, None, None)


def test_report_keeps_who_dealt_with_it_when_saved_again(admin):
    first = User.objects.create_user("erste")
    report = a_report(is_done=True, done_at=timezone.now(), done_by=first)

    admin.post(f"{LIST}{report.pk}/change/", {"is_done": "on"})

    report.refresh_from_db()
    assert report.done_by == first


def test_reports_are_deleted_with_the_right_to_and_added_by_nobody(admin, editor):
    report = a_report()

    refused = editor.post(f"{LIST}{report.pk}/delete/", {"post": "yes"}).status_code
    added = admin.get(f"{LIST}add/").status_code
    before = BarrierReport.objects.count()
    admin.post(f"{LIST}{report.pk}/delete/", {"post": "yes"})

    assert (refused, added, before) == (403, 403, 1)
    assert not BarrierReport.objects.exists()


@pytest.mark.parametrize("values", [{"is_done": True}, {"done_at": timezone.now()}])
def test_done_without_time_is_refused_by_the_database(values):
    a_report(is_done=True, done_at=timezone.now())

    with pytest.raises(IntegrityError), transaction.atomic():
        a_report(**values)

    assert BarrierReport.objects.count() == 1
