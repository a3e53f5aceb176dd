"""What goals carry into an edition."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from goals.models import SDG, OperationalGoal, StrategicGoal
from strategy.document.data import Plain
from strategy.document.shapes import Shape
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
        return number_format(Decimal(value), force_grouping=True) if value else ""

    base, aim, unit = shown(values["base_value"]), shown(values["target_value"]), values["unit"] or ""
    year = f" ({values['base_year']})" if values["base_year"] else ""
    if base and aim:
        words = gettext("from %(base)s to %(aim)s") % {"base": f"{base}{year}", "aim": f"{aim} {unit}"}
        return [words.strip()]
    if base:
        return [gettext("base value %(base)s") % {"base": f"{base} {unit}".strip() + year}]
    return [f"{aim} {unit}".strip()] if aim else []


TABLE = "ziele.csv"
LEVELS = [
    Level(
        Kind.STRATEGIC_GOAL,
        StrategicGoal,
        (
            Number("horizon", _("horizon")),
            References(
                "sdgs", _("contributes to"), template="sdgs", key="number", name_of=lambda sdg: sdg.title
            ),
            References(
                "also_serves", _("also serves"), template="nodes", key="uid", name_of=lambda node: node.title
            ),
            YesNo("assignment_confirmed", _("assignment to the theme confirmed"), template=""),
            Text("assignment_note", _("note on the assignment"), template=""),
        ),
        shape=Shape("ziele", parts=2),
        paper=PrintStyle("ziel", style="strategic_goal", in_contents=True, is_named=True),
        table=TABLE,
    ),
    Level(
        Kind.OPERATIONAL_GOAL,
        OperationalGoal,
        (
            Number("due_year", _("to be reached by")),
            Field("value_name", _("what is measured")),
            Derived(
                "target",
                _("target value"),
                of=target,
                combines=("base_value", "base_year", "target_value", "unit"),
            ),
            DecimalNumber("base_value", _("base value"), template=""),
            Number("base_year", _("base value of"), template=""),
            DecimalNumber("target_value", _("target value"), template=""),
            Field("unit", _("unit"), template=""),
            Lines("sdg_targets", _("SDG sub-targets"), template="sdg_targets"),
            Lines("dns_references", _("National Sustainable Development Strategy (DNS)")),
            Lines("nhs_nrw_references", _("Sustainability strategy of North Rhine-Westphalia (NHS NRW)")),
        ),
        shape=Shape("ziele", parts=3),
        paper=PrintStyle("ziel", style="operational_goal", in_contents=True, is_named=True),
        table=TABLE,
    ),
]
