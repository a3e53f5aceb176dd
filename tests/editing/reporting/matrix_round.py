"""A reporting round for the role matrix and the table of actions."""

import datetime
import uuid
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from measures.progress import Report
from measures.reporting_rounds import ReportDraft, ReportingRound, RoundMeasure
from measures.round_actions import draft_mark, open_round
from strategy.tree.tree_rows import tree_rows


def ask_for_reports(*places: dict[str, Any]) -> None:
    """A reporting round in which one report is handed in for each place, and one that asks for nothing."""
    asked = open_round(
        title="Runde",
        key_on=datetime.date(2026, 10, 1),
        due_on=datetime.date(2099, 1, 1),
        uids=[place["measure_uid"] for place in places],
        by=None,
    )
    RoundMeasure.objects.create(round=asked, uid=uuid.uuid4())
    empty = ReportingRound.objects.create(title="Leer", slug="leer", key_on=asked.key_on, due_on=asked.due_on)
    codes = {row.uid: row.code for row in tree_rows()}
    for place in places:
        uid = place["measure_uid"]
        draft = ReportDraft.objects.create(
            round=asked, uid=uid, state="running", reported_on=asked.key_on, handed_in_at=timezone.now()
        )
        table = f"ID [uid];Stand [state];Erläuterung [note]\n{uid};dauerhaft;Neu\n".encode()
        place |= {
            "round": asked.slug,
            "empty_round": empty.slug,
            "asked": asked.measures.get(uid=uid).pk,
            "draft": draft.pk,
            "draft_mark": draft_mark(draft, Report.objects.on(uid).first()),
            "fresh_code": codes[str(place["fresh_uid"])],
            "round_table": lambda table=table: SimpleUploadedFile("meldung.csv", table),
        }
