"""What readers see of reports: the one that holds, earlier ones without names, milestones, planned beside actual."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from measures.draft_actions import hand_in, save_drafts
from measures.earlier_reports import earlier_reports
from measures.execution import Execution, Milestone, YearSpending
from measures.live import records
from measures.progress import Progress, Report
from measures.report_actions import bring_back, report, take_back
from measures.reporting_rounds import ReportDraft
from measures.round_actions import open_round
from tests.editing.pages import text_of
from tests.editing.people import browser_of, person
from tests.factories import MeasureFactory, UserFactory
from tests.opened_form import opened
from tests.published import nodes, publish

pytestmark = pytest.mark.django_db

MEASURE = nodes("measure")[0]
UID = MEASURE["uid"]
DAY = datetime.date(2026, 6, 30)


def say(state: str, day: str, note: str = "", **more: object) -> Report:
    progress = Progress.objects.filter(uid=UID).first() or Progress(uid=UID)
    for name, value in {"state": state, "reported_on": day, "note": note, **more}.items():
        setattr(progress, name, value)
    report(progress, by=more.get("by"))  # type: ignore[arg-type]
    return Report.objects.on(UID)[0]


def earlier() -> list[tuple[str, str]]:
    return [(each["state"], each["note"]) for each in earlier_reports().get(UID, ())]


def page(client: Client) -> str:
    return text_of(client.get(f"/massnahmen/{MEASURE['slug']}/").content.decode())


def carry_out(**period: object) -> Execution:
    return Execution.objects.create(uid=UID, **period)


def test_earlier_reports_unfold_without_those_who_said_it(client):
    erna = person("Koordinationsstelle", name="erna-erkennbar")
    first = Progress(uid=UID, state="preparing", reported_on="2026-03-01", note="Wir <planen>.")
    report(first, by=erna)
    say("running", "2026-09-01", "Es läuft.", obstacle="Personal fehlt.", decision_needed="Stelle")
    publish()

    text = page(client)

    assert "1 frühere Meldung In Vorbereitung Stand: 1. März 2026 Wir <planen>." in text
    assert "Wir &lt;planen&gt;." in client.get(f"/massnahmen/{MEASURE['slug']}/").content.decode()
    assert "Es läuft. Stand: 1. September 2026" in text
    for hidden in ("erna", "Personal fehlt", "Stelle "):
        assert hidden not in text


def test_without_an_earlier_report_nothing_unfolds(client):
    say("running", "2026-09-01")
    publish()

    assert "frühere Meldung" not in page(client)


def test_last_one_of_a_day_is_the_one_that_is_read():
    say("preparing", "2026-03-01", "Wir plannen.")
    say("preparing", "2026-03-01", "Wir planen.")
    say("running", "2026-09-01")

    assert earlier() == [("preparing", "Wir planen.")]


def test_what_was_taken_back_does_not_come_back():
    say("running", "2026-03-01", "Frau M. hat gekündigt.")
    take_back(Progress.objects.get(), by=UserFactory())
    say("preparing", "2026-05-01", "Wir planen.")
    say("running", "2026-09-01")

    assert earlier() == [("preparing", "Wir planen.")]


def test_what_was_corrected_is_not_read_any_more():
    wrong = say("running", "2026-03-01", "Falsch.")
    say("preparing", "2026-04-01", "Zwischendurch.")
    right = say("running", "2026-05-01", "Richtig.")
    Report.objects.filter(pk=right.pk).update(corrects=wrong, correction_note="Zahl")
    say("running", "2026-09-01")

    assert earlier() == [("running", "Richtig."), ("preparing", "Zwischendurch.")]


def test_next_step_has_its_month(client):
    say("running", "2026-09-01", next_step="Brunnen", next_step_month="2027-03-01")
    publish()

    assert "Nächster Schritt im März 2027: Brunnen" in page(client)


def test_milestones_are_done_due_or_late(client):
    execution = carry_out()
    today = timezone.localdate()
    for title, due, more in (
        ("Beete", "2026-05-01", {"done_on": "2026-04-30"}),
        ("Zaun", "2026-06-15", {}),
        ("Brunnen", f"{today.year + 1}-03-15", {"is_due_in_month": True}),
        ("Fest", f"{today.year + 1}-06-01", {}),
    ):
        Milestone.objects.create(execution=execution, title=title, due_on=due, **more)
    publish()

    assert (
        "Meilensteine Beete erreicht am 30. April 2026 Zaun überfällig fällig am 15. Juni 2026 "
        f"Brunnen fällig im März {today.year + 1} Fest fällig am 1. Juni {today.year + 1}"
    ) in page(client)


def test_planned_stands_beside_what_came_of_it(client):
    execution = carry_out(started_on="2026-03-02")
    for year, amount in ((2026, 12000), (2025, 500)):
        YearSpending.objects.create(execution=execution, year=year, amount=amount)
    publish()
    once = MEASURE["values"]["cost_once"]

    text = page(client)

    assert "Zeitraum" in text
    assert "seit 02.03.2026" in text
    assert f"einmalig {once:,}".replace(",", ".") in text
    assert "2025: 500 € 2026: 12.000 € zusammen 12.500 €" in text


def test_nothing_of_it_is_laid_over_another_edition(client):
    Milestone.objects.create(execution=carry_out(started_on="2026-03-02"), title="Zaun", due_on="2026-05-01")
    say("preparing", "2026-03-01")
    say("running", "2026-09-01")
    publish("eins")
    publish("zwei")

    text = text_of(client.get(f"/fassungen/eins/massnahmen/{MEASURE['slug']}/").content.decode())

    for live in ("Zaun", "seit 02.03.2026", "frühere"):
        assert live not in text


def test_queries_do_not_grow_with_measures():
    def queries(uids: list[str]) -> int:
        for uid in uids:
            execution = Execution.objects.create(uid=uid)
            Milestone.objects.create(execution=execution, title="Zaun", due_on="2026-05-01")
            Report.objects.create(uid=uid, note="Eins.")
        with CaptureQueriesContext(connection) as seen:
            records({node["uid"]: node["values"] for node in nodes("measure")})
        return len(seen)

    measures = [node["uid"] for node in nodes("measure")]

    assert queries(measures[:1]) == queries(measures[1:4]) == 6


@pytest.mark.parametrize("state", ["done", "postponed", "stopped"])
def test_end_needs_a_sentence_in_the_database(state: str):
    uid = "5d1b0f5e-0000-4000-8000-000000000001"
    said = {"uid": uid, "state": state, "reported_on": datetime.date(2026, 1, 1)}
    for model in (Progress, Report):
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.create(**said)
        assert model.objects.create(**said, note="Weil.").pk
        assert model.objects.create(**said | {"uid": MEASURE["uid"]}, may_lack_note=True).pk


def test_what_was_said_before_the_rule_can_hold_again_and_nothing_new_is_said_so():
    before = Report.objects.create(
        uid=UID, state="done", reported_on="2025-01-01", may_lack_note=True, reported_at=timezone.now()
    )
    say("running", "2026-09-01")

    progress = bring_back(before, by=UserFactory())

    assert (progress.state, progress.may_lack_note) == ("done", True)
    with pytest.raises(Exception, match="in ein bis zwei Sätzen"):
        report(progress, by=None)


@pytest.mark.parametrize("state", ["done", "postponed", "stopped"])
def test_end_without_a_sentence_is_refused_in_words_and_nothing_typed_is_lost(state: str):
    measure = MeasureFactory()
    office = browser_of(person("Koordinationsstelle"))
    form = f"/verwaltung/measures/progress/add/?uid={measure.uid}"
    typed = opened(office.get(form).content.decode()) | {"state": state, "obstacle": "Kein Personal."}

    answer = office.post(form, typed).content.decode()

    assert "in ein bis zwei Sätzen" in text_of(answer)
    assert "Kein Personal." in answer
    assert not Progress.objects.exists()


def test_round_takes_a_draft_without_the_sentence_and_hands_it_in_only_with_it():
    measure, office = MeasureFactory(), UserFactory()
    asked = open_round(
        title="Halbjahr", key_on=DAY, due_on=timezone.localdate(), uids=[measure.uid], by=office
    )
    save_drafts(asked, [ReportDraft(uid=measure.uid, state="stopped")], by=office)

    with pytest.raises(ValidationError, match="in ein bis zwei Sätzen"):
        hand_in(asked, [measure.uid], by=office)
    draft = asked.drafts.get()
    draft.note = "Weil."
    save_drafts(asked, [draft], by=office)

    assert hand_in(asked, [measure.uid], by=office)[0].handed_in_at
