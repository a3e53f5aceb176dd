"""What measures carry into an edition, in the order in which a citizen asks."""

from collections.abc import Mapping
from typing import Any

from measures.models import Measure
from measures.progress import Progress
from strategy.document.shapes import Shape
from strategy.tree.fields import Choice, Derived, Field, Lines, Number, Snapshot, Text, YesNo
from strategy.tree.kinds import Kind
from strategy.tree.levels import Level, PrintStyle
from strategy.tree.reference_fields import Reference, References


def _name(row: Any) -> str:
    return row.name


def attach_decisions(measures: list[Measure]) -> None:
    """Give each measure its decision status of today, as `decision`."""
    decided = {progress.uid: progress.decided.status for progress in Progress.objects.all()}
    for measure in measures:
        status = decided.get(measure.uid, Progress.Decision.PROPOSED)
        measure.decision = {"key": status.value, "name": status.label}  # type: ignore[attr-defined]  # read by Snapshot


def period(values: Mapping[str, Any]) -> list[str]:
    """When a measure is planned, in one line that is right whenever it is read."""
    start, end = values["start_year"], values["end_year"]
    if values["is_ongoing"]:
        return [f"ab {start}, fortlaufend" if start else "fortlaufend"]
    if start and end:
        return [str(start) if start == end else f"{start} bis {end}"]
    if start:
        return [f"ab {start}"]
    return [f"bis {end}"] if end else []


LEVELS = [
    Level(
        Kind.MEASURE,
        Measure,
        "Maßnahmen",
        (
            Snapshot("decision", "Beschlussstand", template=""),
            Number("start_year", "ab", template="", prefixes=("ab", "von")),
            Number("end_year", "bis", template="", prefixes=("bis",)),
            YesNo("is_ongoing", "fortlaufend", template=""),
            Derived(
                "period",
                "geplanter Zeitraum",
                of=period,
                combines=("start_year", "end_year", "is_ongoing"),
            ),
            References("districts", "wo", name_of=_name),
            Field("target_group", "für wen"),
            Reference("lead", "Federführung", name_of=_name),
            Lines("partners", "Beteiligte"),
            Lines("committees", "beteiligte Gremien"),
            Choice("participation", "Beteiligung"),
            Text("participation_note", "zur Beteiligung"),
            Choice("novelty", "bestehend oder neu"),
            Field("staff", "Personal"),
            Number("cost_once", "einmalige Kosten", unit="€", grouped=True, rest_goes_to="cost_note"),
            Number("cost_yearly", "jährliche Kosten", unit="€", grouped=True, rest_goes_to="cost_note"),
            Field("cost_note", "Hinweis zu den Kosten"),
            Field("funding", "Finanzierung"),
            References("sdgs", "trägt bei zu", template="sdgs", key="number", name_of=lambda sdg: sdg.title),
        ),
        prepare=attach_decisions,
        shape=Shape("massnahmen", parts=4),
        paper=PrintStyle("massnahme", style="measure"),
    ),
]
