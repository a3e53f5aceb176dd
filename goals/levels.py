"""What goals carry into an edition."""

from django.utils.translation import gettext_lazy as _

from goals.models import OperationalGoal, StrategicGoal
from strategy.fields import DecimalNumber, Field, Lines, Number, References, Text, YesNo
from strategy.kinds import Kind
from strategy.levels import Level

LEVELS = [
    Level(
        Kind.STRATEGIC_GOAL,
        StrategicGoal,
        (
            Number("horizon", _("horizon")),
            References("sdgs", _("contributes to"), template="sdgs", key="number", name_of=lambda sdg: sdg.title),
            References("also_serves", _("also serves"), template="nodes", key="uid", name_of=lambda node: node.title),
            YesNo("assignment_confirmed", _("assignment to the theme confirmed"), template=""),
            Text("assignment_note", _("note on the assignment"), template=""),
        ),
    ),
    Level(
        Kind.OPERATIONAL_GOAL,
        OperationalGoal,
        (
            Number("due_year", _("to be reached by")),
            Field("value_name", _("what is measured")),
            DecimalNumber("base_value", _("base value"), template=""),
            Number("base_year", _("base value of"), template=""),
            DecimalNumber("target_value", _("target value"), template=""),
            Field("unit", _("unit"), template=""),
            Lines("sdg_targets", _("SDG sub-targets")),
            Lines("dns_references", _("National Sustainable Development Strategy (DNS)")),
            Lines("nhs_nrw_references", _("Sustainability strategy of North Rhine-Westphalia (NHS NRW)")),
        ),
    ),
]
