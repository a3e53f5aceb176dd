"""The measures of a printout as rows of one table, on paper and in a PDF alike."""

from django.utils.translation import gettext as _

from printing.printout import DEPARTMENT, DISTRICT, Printout
from strategy.document.document import Entry


def groups(printout: Printout) -> list[tuple[str, list[Entry]]]:
    """Own measures and those of the whole city for a district, by theme for the short form, else all in one.

    Each with its heading ("" for none); empty ones are left out.
    """
    if printout.scope == DISTRICT:
        named = [
            (_("In the district %(name)s") % {"name": printout.name}, list(printout.own_measures)),
            (_("In the whole city"), list(printout.citywide)),
        ]
    elif printout.scope == DEPARTMENT:
        named = [("", list(printout.measures))]
    else:
        themes = {measure.theme.uid: measure.theme for measure in printout.measures}
        named = [
            (theme.name, [m for m in printout.measures if m.theme.uid == uid])
            for uid, theme in themes.items()
        ]
    return [(name, measures) for name, measures in named if measures]


def cost_lines(measure: Entry) -> list[str]:
    """What it costs once and a year, and what is to be said on that."""
    return [
        *(_("once %(cost)s") % {"cost": cost} for cost in measure.said("cost_once")),
        *(_("%(cost)s a year") % {"cost": cost} for cost in measure.said("cost_yearly")),
        *measure.said("cost_note"),
    ]
