"""The coordination looks at what was handed in: published as it was seen, or given back."""

import re

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from measures.draft_actions import hand_in, save_drafts
from measures.progress import Progress, Report
from measures.reporting_rounds import ReportDraft, ReportingRound
from measures.round_actions import publish_drafts
from tests.editing.pages import text_of
from tests.editing.people import person
from tests.editing.reporting.rounds import PAGES, City, page_of, said, send, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(city: City) -> ReportingRound:
    return city.open()


def check(asked: ReportingRound) -> str:
    return f"{PAGES}{asked.slug}/pruefen/"


def handed_in(reporter, asked, measure, **new: str) -> ReportDraft:
    send(reporter, page_of(asked, measure.lead), "abgeben", typed(asked, measure, **new))
    return ReportDraft.objects.get(uid=measure.uid)


def test_what_is_new_is_shown_beside_what_is_public_and_published_together(office, reporter, asked, city):
    handed_in(reporter, asked, city.measures[0], state="done", note="Es wächst alles", obstacle="Das Wetter")
    handed_in(reporter, asked, city.measures[1], is_unchanged="on")

    page = office.get(check(asked)).content.decode()
    answer = office.post(check(asked), {"meldung": _marks(page)}, follow=True)

    assert "alles</ins>" in page and "Das Wetter" in page
    assert "unverändert: in Umsetzung" in text_of(page)
    assert "2 Meldungen sind jetzt öffentlich." in text_of(answer.content.decode())
    first = Report.objects.on(city.measures[0].uid).first()
    assert (first.state, first.obstacle, first.round) == ("done", "Das Wetter", asked)
    assert first.reported_by.username == "umut"
    assert Progress.objects.get(uid=first.uid).state == "done"
    assert not ReportDraft.objects.exists()


def test_what_waits_to_be_checked_stands_where_the_coordination_looks(office, reporter, asked, city):
    handed_in(reporter, asked, city.measures[0], is_unchanged="on")

    for address in ("/verwaltung/", PAGES):
        assert f'href="{check(asked)}"' in office.get(address).content.decode()
        assert f'href="{check(asked)}"' not in reporter.get(address).content.decode()


def test_what_was_changed_since_it_was_seen_is_not_published(office, reporter, asked, city):
    handed_in(reporter, asked, city.measures[0], state="done", note="Gesehen")
    seen = _marks(office.get(check(asked)).content.decode())
    handed_in(reporter, asked, city.measures[0], note="Danach geändert")

    answer = office.post(check(asked), {"meldung": seen}, follow=True)

    assert "Geändert, seit Sie diese Seite geöffnet haben" in text_of(answer.content.decode())
    assert not asked.reports.exists()
    assert ReportDraft.objects.get().note == "Danach geändert"


def test_what_was_reported_outside_the_round_since_is_said_and_seen(office, reporter, asked, city):
    handed_in(reporter, asked, city.measures[0], state="done", note="Fertig")
    seen = _marks(office.get(check(asked)).content.decode())
    said(city.measures[0], note="Außer der Reihe")

    office.post(check(asked), {"meldung": seen})

    assert not asked.reports.exists()
    assert "außerhalb der Berichtsrunde gemeldet" in text_of(office.get(check(asked)).content.decode())


def test_unchanged_never_undoes_what_was_reported_outside_meanwhile(office, reporter, asked, city):
    handed_in(reporter, asked, city.measures[0], is_unchanged="on")
    said(city.measures[0], state="permanent", note="Neuer")

    office.post(check(asked), {"meldung": _marks(office.get(check(asked)).content.decode())})

    newest = Report.objects.on(city.measures[0].uid).first()
    assert (newest.state, newest.note, newest.round) == ("permanent", "Neuer", asked)


def test_report_is_given_back_with_what_is_to_be_mended(office, reporter, asked, city):
    draft = handed_in(reporter, asked, city.measures[0], state="done", note="Fertig")
    address = f"{PAGES}{asked.slug}/zurueckgeben/{draft.pk}/"

    refused = send(office, address, "_save", note="")
    send(office, address, "_save", note="Bitte sagen, was erreicht ist.")

    assert "Dieses Feld" in text_of(refused.content.decode())
    draft.refresh_from_db()
    assert (draft.handed_in_at, draft.returned_note) == (None, "Bitte sagen, was erreicht ist.")
    page = text_of(reporter.get(page_of(asked, city.green)).content.decode())
    assert "Bitte sagen, was erreicht ist." in page and "zu 3 Maßnahmen" in page
    handed_in(reporter, asked, city.measures[0], note="100 Bäume")
    draft.refresh_from_db()
    assert draft.handed_in_at and draft.returned_note == ""


def test_nothing_ticked_and_nonsense_publish_nothing(office, reporter, asked, city):
    handed_in(reporter, asked, city.measures[0], is_unchanged="on")

    for sent in ([], ["x:y"], ["9" * 30], ["-1:"]):
        answer = office.post(check(asked), {"meldung": sent}, follow=True)
        assert answer.status_code == 200

    assert not asked.reports.exists()


def test_only_the_coordination_publishes_and_only_those_in_charge_hand_in(city, asked):
    umut = person("Fachbereich", departments=[city.green])
    bea = person("Fachbereich", departments=[city.built], name="bea")
    draft = ReportDraft(uid=city.measures[0].uid, is_unchanged=True)

    with pytest.raises(PermissionDenied):
        save_drafts(asked, [draft], by=bea)
    save_drafts(asked, [draft], by=umut)
    with pytest.raises(PermissionDenied):
        hand_in(asked, [draft.uid], by=bea)
    hand_in(asked, [draft.uid], by=umut)
    with pytest.raises(PermissionDenied):
        publish_drafts(asked, {draft.pk: ""}, by=umut)
    assert not asked.reports.exists()


def test_measure_that_the_round_does_not_ask_for_takes_no_report(city):
    asked = city.open(uids=[city.measures[0].uid])
    umut = person("Fachbereich", departments=[city.green])

    with pytest.raises(PermissionDenied):
        save_drafts(asked, [ReportDraft(uid=city.measures[1].uid, is_unchanged=True)], by=umut)


def test_handing_in_without_a_state_is_refused(city, asked):
    umut = person("Fachbereich", departments=[city.green])
    draft = ReportDraft(uid=city.measures[2].uid, note="Es gibt etwas zu sagen")
    save_drafts(asked, [draft], by=umut)

    with pytest.raises(ValidationError, match="Bitte wählen Sie einen Stand"):
        hand_in(asked, [draft.uid], by=umut)
    with pytest.raises(ValidationError, match="noch kein Stand gemeldet"):
        save_drafts(asked, [ReportDraft(uid=city.measures[2].uid, is_unchanged=True)], by=umut)


def _marks(page: str) -> list[str]:
    """The ticked reports of the page."""
    return re.findall(r'name="meldung" value="([^"]+)"', page)
