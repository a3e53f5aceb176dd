"""What the council has done, as plain data: the decision box, print, PDF, the archive and measures' pages show it.

Only papers that are public are in there.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, cast

from django.db.models import F, Q
from django.utils import timezone

from council.consultations import Consultation, in_order
from council.papers import Paper, PaperMeasure, public_on
from printing.record import (
    ConsultationRecord,
    EditionName,
    MatterRecord,
    PaperRecord,
    Record,
    ResolutionRecord,
    Votes,
)
from strategy.document.document import Document
from strategy.editions.models import Edition

Row = Mapping[str, Any]  # of the query below, by the name of its column

_PAPER = (
    "reference",
    "name",
    "paper_type",
    "dated_on",
    "under_direction_of",
    "proposal",
    "financial_impact",
    "url",
    "proviso",
    "withdrawn_on",
)
_CONSULTATION = {
    "body": "consultations__body__name",
    "role": "consultations__role",
    "held_on": "consultations__held_on",
    "result": "consultations__result",
    "considered": "consultations__considered",
}
_RESOLUTION = {
    "text": "consultations__resolution__text",
    "vote_note": "consultations__resolution__vote_note",
}
_AMENDED = {"slug": "amended_edition__slug", "title": "amended_edition__title"}
_VOTES = ("votes_for", "votes_against", "votes_abstaining")
_IDS = ("consultations__pk", "consultations__resolution__pk", "consultations__resolution__groups__pk")


def record_of(edition: Edition) -> Record:
    """The papers with which this edition is or was before the council, each with its way through the bodies.

    As printing.record.Record says.
    """
    return records_of([edition])[edition.pk]


def records_of(editions: Iterable[Edition]) -> dict[int, Record]:
    """The records of several editions by their primary keys. One query."""
    records: dict[int, Record] = {edition.pk: {"papers": []} for edition in editions}
    carried = Q(edition__in=records, edition__paper_number=F("reference")) | Q(
        amended_edition__in=records, amended_edition__paper_number=F("reference")
    )
    for row, paper in _papers(carried, timezone.localdate()):
        for edition in _carriers(row) & set(records):
            records[edition]["papers"].append(paper)
    return records


def record_of_paper(paper: Paper) -> tuple[PaperRecord, ...]:
    """The record of this one paper as it stands now, whether or not its edition is before the council already."""
    return tuple(record for _row, record in _papers(Q(pk=paper.pk), timezone.localdate()))


def papers_about_measures(on: datetime.date | None = None) -> dict[int, PaperRecord]:
    """The papers that are about single measures, each as in `record_of`, by their primary keys. One query.

    Those that are public on this day; by default today.
    """
    about_measures = Q(pk__in=PaperMeasure.objects.values("paper"))
    return {row["pk"]: paper for row, paper in _papers(about_measures, on or timezone.localdate())}


def papers_on_measures_of(document: Document) -> list[PaperRecord]:
    """The papers about single measures of this Document, each as in `record_of` and with "measures":
    [{"uid", "code", "matter"}], in the Document's order, the matter in words. Two queries."""
    order = {measure.uid: number for number, measure in enumerate(document.all_measures)}
    named: dict[int, list[MatterRecord]] = defaultdict(list)
    for paper, uid, matter in PaperMeasure.objects.values_list("paper", "uid", "matter").order_by("pk"):
        if str(uid) in order:
            label = PaperMeasure.Matter(matter).label
            code = document.by_uid[str(uid)].code
            named[paper].append({"uid": str(uid), "code": code, "matter": label})
    return [
        {**paper, "measures": sorted(named[pk], key=lambda each: order[each["uid"]])}
        for pk, paper in papers_about_measures().items()
        if pk in named
    ]


def _papers(which: Q, day: datetime.date) -> list[tuple[Row, PaperRecord]]:
    """Papers that are public on this day by their numbers, each with a row that it was found in. One query."""
    papers: dict[int, tuple[Row, dict[int, ConsultationRecord]]] = {}
    for row in _rows(which & public_on(day)):
        _first, consultations = papers.setdefault(row["pk"], (row, {}))
        _add_consultation(consultations, row)
    return [(row, _paper(row, list(consultations.values()))) for row, consultations in papers.values()]


def _paper(row: Row, consultations: list[ConsultationRecord]) -> PaperRecord:
    content = {name: _day(row[name]) for name in _PAPER}
    afterwards = {"is_recorded_afterwards": True} if row["is_recorded_afterwards"] else {}
    return cast(
        PaperRecord, {**content, "amended": _amended(row), "consultations": consultations, **afterwards}
    )


def _carriers(row: Row) -> set[int]:
    """The editions that have this paper's number: to be named in a paper does not bring one before the council."""
    pairs = ((row["edition"], "edition"), (row["amended_edition"], "amended_edition"))
    return {pk for pk, name in pairs if pk and row[f"{name}__paper_number"] == row["reference"]}


def _rows(which: Q) -> Iterable[Row]:
    """A row for each vote of a group, or where there is none each consultation, or paper."""
    votes = [f"consultations__resolution__{name}" for name in _VOTES]
    groups = [f"consultations__resolution__groups__{name}" for name in ("name", *_VOTES)]
    rows: Iterable[Row] = (
        Paper.objects.filter(which)
        .order_by("reference", *in_order("consultations__"), _IDS[2])
        .values(
            "pk",
            "edition",
            "amended_edition",
            "is_recorded_afterwards",
            *_AMENDED.values(),
            "edition__paper_number",
            "amended_edition__paper_number",
            *_PAPER,
            *_CONSULTATION.values(),
            *_RESOLUTION.values(),
            *votes,
            *groups,
            *_IDS,
        )
    )
    return rows


def _amended(row: Row) -> EditionName | None:
    if row["amended_edition__paper_number"] != row["reference"]:
        return None
    return {"slug": row[_AMENDED["slug"]], "title": row[_AMENDED["title"]]}


def _add_consultation(consultations: dict[int, ConsultationRecord], row: Row) -> None:
    pk, resolution_pk, group_pk = (row[name] for name in _IDS)
    if pk is None:
        return
    if pk not in consultations:
        consultations[pk] = _consultation(row, _resolution(row) if resolution_pk else None)
    resolution = consultations[pk]["resolution"]
    if group_pk and resolution:
        group = "consultations__resolution__groups__"
        resolution["groups"].append({"name": row[f"{group}name"], **_votes(row, group)})


def _consultation(row: Row, resolution: ResolutionRecord | None) -> ConsultationRecord:
    role, result = row[_CONSULTATION["role"]], row[_CONSULTATION["result"]]
    is_earlier = row[_CONSULTATION["considered"]] == Consultation.Considered.EARLIER
    more: dict[str, bool] = {"is_of_earlier_text": True} if is_earlier else {}
    return {
        "body": row[_CONSULTATION["body"]],
        "held_on": _day(row[_CONSULTATION["held_on"]]),
        "role": str(Consultation.Role(role).label) if role else "",
        "result": str(Consultation.Result(result).label) if result else "",
        "is_authoritative": role == Consultation.Role.DECISION,
        "resolution": resolution,
        **more,  # type: ignore[typeddict-item]
    }


def _resolution(row: Row) -> ResolutionRecord:
    votes = _votes(row, "consultations__resolution__")
    return {
        "text": row[_RESOLUTION["text"]],
        "vote_note": row[_RESOLUTION["vote_note"]],
        "votes": None if votes["for"] is None else votes,
        "groups": [],
    }


def _votes(row: Row, prefix: str) -> Votes:
    """The numbers of a resolution or of a group; None in each where a resolution has none."""
    return {
        "for": row[f"{prefix}votes_for"],
        "against": row[f"{prefix}votes_against"],
        "abstaining": row[f"{prefix}votes_abstaining"],
    }


def _day(value: Any) -> Any:
    """A day in ISO 8601; "" for none; anything else as it is."""
    if value is None:
        return ""
    return value.isoformat() if hasattr(value, "isoformat") else value
