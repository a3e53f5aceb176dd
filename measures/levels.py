"""What measures carry into an edition, in the order in which a citizen asks."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from measures.models import Measure, Progress
from strategy.document.shapes import Shape
from strategy.tree.fields import Choice, Derived, Field, Lines, Number, Snapshot, Text, YesNo
from strategy.tree.kinds import Kind
from strategy.tree.levels import Level, PrintStyle
from strategy.tree.reference_fields import Reference, References


def _name(row: Any) -> str:
    return row.name


def attach_decisions(measures: list[Measure]) -> None:
    """Give each measure its decision status of today, as `decision`."""
    decided = dict(Progress.objects.values_list("uid", "decision"))
    names = dict(Progress.Decision.choices)
    for measure in measures:
        key = decided.get(measure.uid, Progress.Decision.PROPOSED.value)
        measure.decision = {"key": key, "name": names[key]}  # type: ignore[attr-defined]  # read by Snapshot


def period(values: Mapping[str, Any]) -> list[str]:
    """When a measure is planned, in one line."""
    start, end = values["start_year"], values["end_year"]
    if values["is_ongoing"]:
        return [gettext("from %(start)s, ongoing") % {"start": start} if start else gettext("ongoing")]
    if start and end:
        return [
            str(start) if start == end else gettext("%(start)s to %(end)s") % {"start": start, "end": end}
        ]
    if start:
        return [gettext("from %(start)s") % {"start": start}]
    return [gettext("until %(end)s") % {"end": end}] if end else []


LEVELS = [
    Level(
        Kind.MEASURE,
        Measure,
        (
            Snapshot("decision", _("decision status"), template=""),
            Number("start_year", _("from"), template=""),
            Number("end_year", _("to"), template=""),
            YesNo("is_ongoing", _("ongoing"), template=""),
            Derived(
                "period",
                _("planned period"),
                of=period,
                combines=("start_year", "end_year", "is_ongoing"),
            ),
            References("districts", _("where"), name_of=_name),
            Field("target_group", _("for whom")),
            Reference("lead", _("lead"), name_of=_name),
            Lines("partners", _("partners")),
            Lines("committees", _("committees involved")),
            Choice("participation", _("participation")),
            Text("participation_note", _("how, or why not")),
            Choice("novelty", _("existing or new")),
            Field("staff", _("staff")),
            Number("cost_once", _("cost once"), unit="€", grouped=True),
            Number("cost_yearly", _("cost per year"), unit="€", grouped=True),
            Field("cost_note", _("note on the cost")),
            Field("funding", _("funding")),
            References(
                "sdgs", _("contributes to"), template="sdgs", key="number", name_of=lambda sdg: sdg.title
            ),
        ),
        prepare=attach_decisions,
        shape=Shape("massnahmen", parts=4),
        paper=PrintStyle("massnahme", style="measure"),
    ),
]
