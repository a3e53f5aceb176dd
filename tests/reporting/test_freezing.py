"""A frozen status report never changes: by the actions, by the database; it can be withheld, and is verified."""

from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError, transaction

from reporting.actions import freeze_report, release_report, save_draft, withhold_report
from reporting.models import StatusReport, StatusReportContent
from reporting.report_data import mark_of, report_data
from strategy.document.data import digest_of
from strategy.editions import triggers
from strategy.editions.models import PublicState
from tests.editing.people import person
from tests.factories import UserFactory
from tests.reporting.closed_rounds import closed_round, draft, frozen, publish_real, say

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _published() -> None:
    publish_real()


def revision() -> str:
    return PublicState.objects.get().revision


def test_frozen_report_keeps_what_it_said_whatever_is_reported_later():
    asked = closed_round()
    say(0, "running", asked, "Es läuft.")
    report = frozen(asked, foreword="Liebe Leute")

    say(0, "done", asked, "Fertig.")

    content = StatusReport.objects.get().content
    assert content.measures[0]["note"] == "Es läuft."
    assert content.foreword == "Liebe Leute"
    assert digest_of(StatusReportContent.objects.get().data) == report.digest


def test_freezing_is_refused_where_something_else_was_seen():
    asked = closed_round()
    seen = mark_of(report_data(draft(asked)))
    say(0, "running", asked)

    with pytest.raises(ValidationError, match="hat sich etwas geändert"):
        freeze_report(draft(asked), seen=seen, by=UserFactory())

    assert not StatusReport.objects.exists()


def test_round_has_one_report():
    asked = closed_round()
    frozen(asked)

    for act in (freeze_report, save_draft):
        with pytest.raises(ValidationError, match="schon eingefroren"):
            act(draft(asked, slug="anders"), by=UserFactory())


def test_who_begins_a_report_second_is_told_so():
    asked = closed_round()
    save_draft(draft(asked), by=UserFactory())

    with pytest.raises(ValidationError, match="noch einmal"):
        save_draft(draft(asked), by=UserFactory())


def test_who_may_not_publish_does_nothing():
    asked = closed_round()
    report = frozen(closed_round("Alt"))
    steering = person("Steuerungsgruppe")

    for act in (
        lambda: save_draft(draft(asked), by=steering),
        lambda: freeze_report(draft(asked), by=steering),
        lambda: withhold_report(report, reason="Name", by=steering),
        lambda: release_report(report, by=steering),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_withheld_report_keeps_its_content_and_comes_back():
    report = frozen(closed_round())
    before, text = revision(), report.frozen_text

    withhold_report(report, reason=" Ein Name stand darin. ", by=UserFactory())

    stored = StatusReport.objects.get()
    assert (stored.withheld_reason, stored.frozen_text) == ("Ein Name stand darin.", text)
    assert revision() != before
    release_report(stored, by=UserFactory())
    assert not StatusReport.objects.get().is_withheld


def test_withholding_needs_a_reason_and_a_frozen_report():
    with pytest.raises(ValidationError, match="nennt den Grund"):
        withhold_report(frozen(closed_round()), reason=" ", by=UserFactory())
    with pytest.raises(ValidationError, match="noch nicht öffentlich"):
        withhold_report(draft(closed_round("Zweite")), reason="Name", by=UserFactory())


@pytest.mark.parametrize(
    "change", [{"title": "Anders"}, {"foreword": "x"}, {"digest": "0" * 64}, {"slug": "x"}]
)
def test_database_refuses_to_change_a_frozen_report(change: dict[str, str]):
    report = frozen(closed_round())

    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        StatusReport.objects.filter(pk=report.pk).update(**change)


def test_database_refuses_to_change_or_delete_frozen_content():
    report = frozen(closed_round())
    content = StatusReportContent.objects.filter(pk=report.pk)

    for act in (lambda: content.update(data="{}"), content.delete, report.delete):
        with pytest.raises(DatabaseError, match="never"), transaction.atomic():
            act()
    with pytest.raises(DatabaseError), transaction.atomic():
        StatusReportContent.objects.create(report=report, data="{}")


def test_draft_can_be_changed_and_deleted():
    report = save_draft(draft(closed_round()), by=UserFactory())
    report.foreword = "Anders"
    save_draft(report, by=UserFactory())

    assert report.delete()[0] == 1


def test_report_of_sample_data_says_so_and_can_be_deleted():
    report = frozen(closed_round(is_sample=True))

    assert report.has_sample
    assert report.content.meta["has_sample"]
    StatusReport.objects.filter(pk=report.pk).delete()
    assert not StatusReportContent.objects.exists()


def test_constraints_refuse_a_half_frozen_and_a_silent_withheld_report():
    asked = closed_round()
    for wrong in ({"digest": "0" * 64}, {"withheld_on": "2026-01-01"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            draft(asked, **wrong).save()


def test_verify_editions_finds_a_report_that_was_changed():
    report = frozen(closed_round())
    said = StringIO()
    call_command("verify_editions", stdout=said)
    assert f"berichte/{report.slug}: unverändert seit dem Einfrieren" in said.getvalue()

    with triggers.lifted():
        StatusReportContent.objects.update(data="{}")

    with pytest.raises(CommandError, match=f"berichte/{report.slug}"):
        call_command("verify_editions", stdout=StringIO())
