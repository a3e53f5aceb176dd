"""A status report in sections, each a table in words: the page and the PDF show the same."""

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reporting.report_content import ReportContent
from strategy.document.data import Plain
from strategy.text.numbers import in_german

ON_A_PAGE = 100  # rows of a section
MEASURES = "massnahmen"
Record = Mapping[str, Plain]


@dataclass(frozen=True)
class Column:
    """A column of a table. `width` is its part of a sheet, "code" that of a code; `is_number` aligns right."""

    name: str
    width: float | str
    is_number: bool = False


@dataclass(frozen=True)
class Row:
    """A row of a table. `path` is the address of its measure's page in the strategy, "" for none."""

    cells: list[str]
    path: str = ""


@dataclass(frozen=True)
class Group:
    """Rows of a table under a name; "" where the table has no groups."""

    name: str
    rows: list[Row]


@dataclass(frozen=True)
class Section:
    """A section of a report. `said` stands before its table; a section without rows says that there are none.
    `titled` is the number of the column that names the measure."""

    key: str
    title: str
    said: str
    columns: list[Column]
    groups: list[Group] = field(default_factory=list)
    titled: int = 1

    @property
    def number(self) -> int:
        """How many rows its table has."""
        return sum(len(group.rows) for group in self.groups)

    @property
    def left_out(self) -> int:
        """How many of them a page does not show."""
        return max(0, self.number - ON_A_PAGE)

    @property
    def on_a_page(self) -> list[Group]:
        """Its groups as far as a page shows them, so that no page grows with the strategy: the PDF has them all."""
        room, shown = ON_A_PAGE, []
        for group in self.groups:
            if rows := group.rows[:room]:
                shown.append(Group(group.name, rows))
                room -= len(rows)
        return shown


def sections(content: ReportContent) -> list[Section]:
    """All sections, in the order of the report."""
    makers: list[Callable[[ReportContent], Section]] = [
        _changes,
        _late,
        _to_decide,
        _decided,
        _costs,
        _measures,
    ]
    return [make(content) for make in makers]


def measures_by_theme(content: ReportContent) -> Section:
    """All measures, a group for each theme."""
    return _measures(content)


def counted_states(content: ReportContent) -> str:
    """How many measures are in which state, in a line."""
    return " · ".join(f"{state['count']} {state['label']}" for state in content.data["states"])


def reported_sentence(content: ReportContent) -> str:
    """On how many of all measures something was reported in the round."""
    number = len(content.measures)
    return ngettext(
        "%(reported)s of %(n)s measure was reported on in this round.",
        "%(reported)s of %(n)s measures were reported on in this round.",
        number,
    ) % {"reported": content.meta["reported"], "n": number}


def day(text: str) -> str:
    """A day of the data in words; "" for none."""
    return date_format(datetime.date.fromisoformat(text), "j. F Y") if text else ""


def _code() -> Column:
    return Column(_("Code of a node"), "code")


def _plain(rows: Iterable[Row]) -> list[Group]:
    return [Group("", list(rows))]


def _changes(content: ReportContent) -> Section:
    before = content.meta["previous"]
    paths = {each["uid"]: each["path"] for each in content.measures}
    if before is None:
        said = _("This is the first report: there is none before it to compare with.")
    elif content.data["changes"]:
        said = _("Compared with “%(report)s”.") % {"report": before["title"]}
    else:
        said = _("Every measure is in the state that “%(report)s” gave.") % {"report": before["title"]}
    rows = (
        Row([each["code"], each["title"], each["was"], each["now"], each["note"]], paths.get(each["uid"], ""))
        for each in content.data["changes"]
    )
    columns = [
        _code(),
        Column(_("Measure"), 4),
        Column(_("until now (state)"), 2),
        Column(_("now (state)"), 2),
        Column(_("What was reported"), 4.5),
    ]
    return Section("aenderungen", _("What has changed"), said, columns, _plain(rows))


def _late(content: ReportContent) -> Section:
    late = content.data["late"]
    key_day = day(content.meta["key_on"])
    said = (
        _("What was to be reached by %(day)s and was not.") % {"day": key_day}
        if late
        else _("No measure is late.")
    )
    paths = {each["uid"]: each["path"] for each in content.measures}
    rows = (
        Row([each["code"], each["title"], each["lead"], "\n".join(each["reasons"])], paths[each["uid"]])
        for each in late
    )
    columns = [_code(), Column(_("Measure"), 4), Column(_("Lead"), 3), Column(_("What is late"), 5)]
    return Section("verzug", _("What is late"), said, columns, _plain(rows))


def _to_decide(content: ReportContent) -> Section:
    open_ones = content.to_decide
    said = (
        ""
        if open_ones
        else _("No department says that a decision is needed or that something is in the way.")
    )
    rows = (
        Row([each["code"], each["title"], each["decision_needed"], each["obstacle"]], each["path"])
        for each in open_ones
    )
    columns = [
        _code(),
        Column(_("Measure"), 4),
        Column(_("What has to be decided"), 4),
        Column(_("What is in the way"), 4),
    ]
    return Section("entscheidungen", _("What has to be decided"), said, columns, _plain(rows))


def _decided(content: ReportContent) -> Section:
    decided = content.data["decisions"]
    said = "" if decided else _("The city’s bodies have not decided on any single measure.")
    paths = {each["uid"]: each["path"] for each in content.measures}
    rows = (
        Row(
            [
                each["code"],
                each["title"],
                f"{day(each['held_on'])}, {each['body']}",
                f"{each['matter']}: {each['result']} ({each['reference']})",
                each["state_label"],
            ],
            paths[each["uid"]],
        )
        for each in decided
    )
    columns = [
        _code(),
        Column(_("Measure"), 4),
        Column(_("When and where"), 3),
        Column(_("Resolution"), 3.2),
        Column(_("What became of it"), 2.2),
    ]
    return Section("beschluesse", _("What was decided, and what became of it"), said, columns, _plain(rows))


def _costs(content: ReportContent) -> Section:
    costs = content.data["costs"]
    said = _(
        "Planned cost as the edition names it, and what was spent up to now as the departments report it. A measure in "
        "several districts counts in each of them."
    )
    columns = [
        Column(_("Cost of"), 4),
        Column(_("Measures"), 1.9, is_number=True),
        Column(_("cost once"), 2, is_number=True),
        Column(_("cost per year"), 2, is_number=True),
        Column(_("spent up to now"), 2, is_number=True),
        Column(_("without a cost"), 2.2, is_number=True),
    ]
    groups = [
        Group(_("Altogether"), [_cost_row(costs["total"])]),
        Group(_("By theme"), [_cost_row(each) for each in costs["themes"]]),
        Group(_("By department"), [_cost_row(each) for each in costs["departments"]]),
        Group(_("By district"), [_cost_row(each) for each in costs["districts"]]),
    ]
    return Section("kosten", _("What it costs"), said, columns, groups, titled=0)


def _cost_row(row: Record) -> Row:
    share = round(100 * row["silent"] / row["measures"]) if row["measures"] else 0
    silent = f"{row['silent']} ({share}\u00a0%)"
    amounts = [f"{in_german(row[name])}\u00a0€" for name in ("once", "yearly", "spent")]
    return Row([row["name"], str(row["measures"]), *amounts, silent])


def _measures(content: ReportContent) -> Section:
    columns = [
        _code(),
        Column(_("Measure"), 4.6),
        Column(_("Lead"), 2.8),
        Column(_("State"), 2.4),
        Column(_("Next step"), 3.4),
    ]
    groups = [
        Group(theme, [_measure_row(each) for each in below])
        for theme, below in groupby(content.measures, key=lambda each: each["theme"])
    ]
    return Section(MEASURES, _("All measures in a line"), "", columns, groups)


def _measure_row(each: Record) -> Row:
    reported = each["reported_on"] and f"{datetime.date.fromisoformat(each['reported_on']):%d.%m.%Y}"
    state = f"{each['state_label']}, {reported}" if reported else each["state_label"]
    month = each["next_step_month"] and f"{datetime.date.fromisoformat(each['next_step_month']):%m/%Y}: "
    return Row(
        [each["code"], each["title"], each["lead"], state, f"{month}{each['next_step']}"], each["path"]
    )
