"""All measures of a printout in one table."""

from django.utils.translation import gettext as _

from printing.measure_table import cost_lines, groups
from printing.pdf.blocks import Block
from printing.printed_entries import decision_of
from printing.printout import Printout
from strategy.document.document import Entry


def measure_table(printout: Printout) -> Block:
    """Code, title, lead, period, cost and the decision status as it was frozen. `whole`: no word is divided that a
    line has room for."""
    return {
        "is": "table",
        "caption": "",
        "columns": [
            {"name": _("Code of a node"), "width": "code"},
            {"name": _("Measure"), "width": 4.5},
            {"name": _("Lead"), "width": 3.1, "whole": True},
            {"name": _("Period"), "width": 2, "whole": True},
            {"name": _("Cost"), "width": 3.4},
            {"name": _("Decision status"), "width": 2.8, "whole": True},
        ],
        "groups": [
            {"name": name, "rows": [_row(measure) for measure in measures]}
            for name, measures in groups(printout)
        ],
    }


def _row(measure: Entry) -> list[str]:
    cells = [
        measure.code,
        measure.title,
        ", ".join(measure.said("lead")),
        ", ".join(measure.said("period")),
        "\n".join(cost_lines(measure)),
        decision_of(measure),
    ]
    return [cell or "–" for cell in cells]
