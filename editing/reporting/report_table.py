"""A department’s page as a table, out and in: a row a measure. What comes in goes through the form of its row."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from editing.reporting.draft_forms import DraftForm, Row
from editing.reporting.statement_views import in_words, label_of
from editing.tables.cells import NO, YES, Cell, Unreadable, as_text
from editing.tables.columns import CODE, UID, VERSION, Column, key_of, letters
from editing.tables.csv_file import read_csv, write_csv
from editing.tables.findings import TableError, TableFindings, shown
from editing.tables.reading import kind_of_file
from editing.tables.xlsx.reading import read_xlsx
from editing.tables.xlsx.writing import write_xlsx
from measures.progress import Statement
from measures.reporting_rounds import ReportingRound
from strategy.document.data import canonical_json, digest_of
from strategy.forms.concurrent_forms import stored

UNCHANGED, TITLE = "is_unchanged", "title"
_WIDTHS = {
    "state": 20,
    "note": 60,
    "next_step": 40,
    "next_step_month": 16,
    "obstacle": 40,
    "decision_needed": 40,
}
_TICKS = {YES, "x", "wahr", "true", "1"}
_NO_TICKS = {"", NO, "falsch", "false", "0"}


def columns() -> list[Column]:
    """The columns of the table in their order."""
    return [
        Column(UID, _("ID"), 12),
        Column(CODE, _("Number"), 10),
        Column(TITLE, _("Measure"), 40),
        Column(UNCHANGED, _("Unchanged (yes)"), 14),
        *(Column(name, capfirst(label_of(name)), _WIDTHS[name]) for name in DraftForm.CONTENT),
        Column(VERSION, _("Version, please leave as it is"), 14),
    ]


def write_table(rows: list[Row], asked: ReportingRound, kind: str) -> bytes:
    """The table of these measures, with what is saved or public filled in."""
    cells = [_cells(row, asked) for row in rows]
    if kind == "csv":
        return write_csv([column.header for column in columns()], cells)
    return write_xlsx(columns(), cells, explained=_hints())


def _cells(row: Row, asked: ReportingRound) -> list[Cell]:
    form = DraftForm(row, asked)
    said = form.instance
    code, _space, title = row.name.partition(" ") if row.name[:1].isdigit() else ("", "", row.name)
    values = {name: in_words(said, name) for name in DraftForm.CONTENT}
    values["next_step_month"] = f"{said.next_step_month:%m/%Y}" if said.next_step_month else ""
    unchanged = YES if said.is_unchanged else None
    return [
        str(row.asked.uid),
        code,
        title,
        unchanged,
        *(values[name] or None for name in DraftForm.CONTENT),
        version_of(form),
    ]


def version_of(form: DraftForm) -> str:
    """Stands for what a row says now: what others save after the table was downloaded is not overwritten."""
    says = {field.name: stored(field) for field in form}
    return digest_of(canonical_json(says))[:12]


def _hints() -> Iterator[tuple[str, str, str]]:
    states = ", ".join(str(label) for _key, label in Statement.State.choices)
    yield _("Column"), "", _("What stands there")
    yield (
        _("Unchanged (yes)"),
        "",
        _("“ja” or “x” where nothing is new. Then please change nothing else in the row."),
    )
    yield capfirst(label_of("state")), "", _("Possible is: %(words)s.") % {"words": states}
    yield capfirst(label_of("next_step_month")), "", _("Such as 03/2027.")
    yield _("The whole table"), "", _("A row that you leave as it is, or delete, reports nothing.")


class ReportTable:
    """A table that came in for these rows: the forms that it fills in, and what is wrong with it."""

    def __init__(self, content: bytes, rows: list[Row], asked: ReportingRound) -> None:
        self.findings = TableFindings()
        self.forms: list[DraftForm] = []
        self._rows = {str(row.asked.uid): row for row in rows}
        self._asked = asked
        lines = read_xlsx(content) if kind_of_file(content) == "xlsx" else read_csv(content)
        _number, header = next(lines, (0, {}))
        self._places = _places(header)
        seen: set[str] = set()
        for number, cells in lines:
            self._read(number, cells, seen)

    def _read(self, number: int, cells: Mapping[int, Cell], seen: set[str]) -> None:
        uid = as_text(_plain(cells.get(self._places[UID]))).strip()
        row = self._rows.get(uid)
        if not any(as_text(_plain(cell)).strip() for cell in cells.values()):
            return
        if row is None:
            self.findings.row(number, _("This measure is none of those that are reported on here."))
        elif uid in seen:
            self.findings.row(number, _("This measure stands in the table twice."))
        else:
            seen.add(uid)
            self._fill_in(number, row, cells)

    def _fill_in(self, number: int, row: Row, cells: Mapping[int, Cell]) -> None:
        now = DraftForm(row, self._asked)
        typed = {
            name: self._typed(number, name, cells)
            for name in (UNCHANGED, *DraftForm.CONTENT)
            if name in self._places
        }
        if None in typed.values():
            return
        if typed.get(UNCHANGED) and not row.can_be_unchanged:
            says = _(
                "“Unchanged” is not possible where no state has been reported yet. Please name the state."
            )
            self.findings.row(number, says)
            return
        data = QueryDict(mutable=True)
        for field in now:
            data[field.html_initial_name] = stored(field)
            data[field.html_name] = typed.get(field.name, stored(field)) or ""
        form = DraftForm(row, self._asked, data)
        if not form.is_touched:
            return
        version = as_text(_plain(cells.get(self._places.get(VERSION, -1)))).strip()
        if not row.is_open:
            self.findings.row(
                number, _("This has been handed in and published meanwhile, or is not yours to report.")
            )
        elif version and version != version_of(now):
            self.findings.row(
                number,
                _(
                    "Somebody has saved here since the table was downloaded. Please download it again for this row."
                ),
            )
        else:
            self._keep(number, form)

    def _keep(self, number: int, form: DraftForm) -> None:
        for name, errors in form.errors.items():
            for message in errors:
                if name in self._places:
                    self.findings.cell(f"{letters(self._places[name])}{number}", str(message))
                else:
                    self.findings.row(number, str(message))
        self.forms.append(form)

    def _typed(self, number: int, name: str, cells: Mapping[int, Cell]) -> str | None:
        """What a cell says as the form takes it; None where it cannot be read, which is noted."""
        cell, address = cells.get(self._places[name]), f"{letters(self._places[name])}{number}"
        if isinstance(cell, Unreadable):
            self.findings.cell(address, cell.says)
            return None
        text = as_text(cell).strip()
        if name == UNCHANGED:
            if text.casefold() in _TICKS | _NO_TICKS:
                return "on" if text.casefold() in _TICKS else ""
            self.findings.cell(
                address, _("Please write “ja” or nothing here, not “%(value)s”.") % {"value": shown(text)}
            )
            return None
        if name == "state" and text:
            return self._state(address, text)
        return text

    def _state(self, address: str, text: str) -> str | None:
        for key, label in Statement.State.choices:
            if text.casefold() in (key, str(label).casefold()):
                return str(key)
        words = ", ".join(str(label) for _key, label in Statement.State.choices)
        self.findings.cell(
            address,
            _("“%(value)s” is not possible here; possible is: %(words)s.")
            % {"value": shown(text), "words": words},
        )
        return None


def _plain(cell: Cell) -> Any:
    return None if isinstance(cell, Unreadable) else cell


def _places(header: Mapping[int, Cell]) -> dict[str, int]:
    """Where the columns stand, by key. Columns that are not known are left alone."""
    known = {column.key for column in columns()}
    places = {key: at for at, cell in header.items() if (key := key_of(as_text(_plain(cell)))) in known}
    if UID not in places or not places.keys() & set(DraftForm.CONTENT):
        raise TableError(
            _(
                "This is not the table of this page: its first row lacks the headers. Please download it and "
                "fill it in."
            )
        )
    return places
