"""What goals carry into an edition."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from goals.models import SDG, OperationalGoal, StrategicGoal
from strategy.document.data import Plain
from strategy.document.shapes import Shape
from strategy.text.numbers import in_german
from strategy.tree.fields import DecimalNumber, Derived, Field, Lines, Number, Text, YesNo
from strategy.tree.kinds import Kind
from strategy.tree.levels import Level, PrintStyle
from strategy.tree.reference_fields import References


def sdgs() -> list[Plain]:
    """The seventeen goals of the Agenda 2030, as an edition keeps them."""
    fields = ("number", "title", "long_title", "colour", "text_colour")
    return list(SDG.objects.values(*fields))


def target(values: Mapping[str, Any]) -> list[str]:
    """Where a goal starts and what it wants to reach, in one line."""

    def shown(value: str | None) -> str:
        return in_german(Decimal(value)) if value else ""

    base, aim, unit = shown(values["base_value"]), shown(values["target_value"]), values["unit"] or ""
    year = f" ({values['base_year']})" if values["base_year"] else ""
    if base and aim:
        return [f"von {base}{year} auf {aim} {unit}".strip()]
    if base:
        return ["Basiswert " + f"{base} {unit}".strip() + year]
    return [f"{aim} {unit}".strip()] if aim else []


TABLE = "ziele.csv"
LEVELS = [
    Level(
        Kind.STRATEGIC_GOAL,
        StrategicGoal,
        "strategische Ziele",
        (
            Number("horizon", "Zeithorizont", prefixes=("bis",)),
            References("sdgs", "trägt bei zu", template="sdgs", key="number", name_of=lambda sdg: sdg.title),
            References(
                "also_serves", "dient auch", template="nodes", key="uid", name_of=lambda node: node.title
            ),
            YesNo("assignment_confirmed", "Zuordnung zum Themenfeld bestätigt", template=""),
            Text("assignment_note", "Hinweis zur Zuordnung", template=""),
        ),
        shape=Shape("ziele", parts=2),
        paper=PrintStyle("ziel", style="strategic_goal", in_contents=True, is_named=True),
        table=TABLE,
    ),
    Level(
        Kind.OPERATIONAL_GOAL,
        OperationalGoal,
        "operative Ziele",
        (
            Number("due_year", "zu erreichen bis", prefixes=("bis",)),
            Field("value_name", "was gemessen wird"),
            Derived(
                "target",
                "Zielwert",
                of=target,
                combines=("base_value", "base_year", "target_value", "unit"),
            ),
            DecimalNumber("base_value", "Basiswert", template="", rest_goes_to="unit"),
            Number("base_year", "Basiswert aus dem Jahr", template=""),
            DecimalNumber("target_value", "Zielwert", template="", rest_goes_to="unit"),
            Field("unit", "Einheit", template=""),
            Lines("sdg_targets", "Unterziele der SDGs", template="sdg_targets"),
            Lines("dns_references", "Deutsche Nachhaltigkeitsstrategie (DNS)"),
            Lines("nhs_nrw_references", "Nachhaltigkeitsstrategie NRW (NHS NRW)"),
        ),
        shape=Shape("ziele", parts=3),
        paper=PrintStyle("ziel", style="operational_goal", in_contents=True, is_named=True),
        table=TABLE,
    ),
]
