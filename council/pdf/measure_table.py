"""All measures of a printout in one table."""

from typing import Any

from django.utils.translation import gettext as _

from council.print_rows import decision_of
from council.printout import DEPARTMENT, DISTRICT, Printout
from strategy import sheet
from strategy.document import Entry


def measure_table(printout: Printout) -> dict[str, Any]:
    """Code, title, lead, period, cost and the decision status as it was frozen."""
    return {
        "is": "table",
        "caption": "",
        "columns": [
            {"name": _("Code"), "width": "code"},
            {"name": _("Measure"), "width": 5},
            {"name": _("Lead"), "width": 3},
            {"name": _("Period"), "width": 2},
            {"name": _("Cost"), "width": 3},
            {"name": _("Decision status"), "width": 2},
        ],
        "groups": [
            {"name": name, "rows": [_row(measure) for measure in measures]}
            for name, measures in _groups(printout)
            if measures
        ],
    }


def _row(measure: Entry) -> list[str]:
    cells = [
        measure.code,
        measure.title,
        ", ".join(sheet.lines(measure, "lead")),
        ", ".join(sheet.lines(measure, "period")),
        "\n".join(_cost(measure)),
        decision_of(measure),
    ]
    return [cell or "–" for cell in cells]


def _cost(measure: Entry) -> list[str]:
    once, yearly = sheet.lines(measure, "cost_once"), sheet.lines(measure, "cost_yearly")
    return [
        *(_("once %(cost)s") % {"cost": cost} for cost in once),
        *(_("%(cost)s a year") % {"cost": cost} for cost in yearly),
        *sheet.lines(measure, "cost_note"),
    ]


def _groups(printout: Printout) -> list[tuple[str, list[Entry]]]:
    """Own measures and those of the whole city for a district, by theme for the short form, else all in one."""
    if printout.scope == DISTRICT:
        return [
            (_("In the district %(name)s") % {"name": printout.name}, list(printout.own_measures)),
            (_("In the whole city"), list(printout.citywide)),
        ]
    if printout.scope == DEPARTMENT:
        return [("", list(printout.measures))]
    themes = {measure.theme.uid: measure.theme for measure in printout.measures}
    return [
        (f"{theme.code} {theme.title}".strip(), [m for m in printout.measures if m.theme.uid == uid])
        for uid, theme in themes.items()
    ]
