"""The entries of a list, and which stands below which: by columns, numbers, headings between rows. Plain Python."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from editing.delivered.cells.numbering import are_numbered, codes_of, depth, split_title
from editing.delivered.cells.words import begins_with, key, printable, says_nothing
from editing.delivered.columns import LEVEL, LEVELS, NUMBER, kind_in_words
from editing.delivered.layout import Row
from strategy.tree.kinds import Kind

MAX_TITLE = 300


@dataclass(eq=False)
class Entry:
    """An entry of the list (of the tree, later): its level, title and number, and the rows that speak of it."""

    kind: Kind
    title: str
    row: int
    parent: "Entry | None" = None
    code: str = ""
    rows: list[Row] = field(default_factory=list)
    column: int | None = None  # in which its title stands
    long_title: str = ""  # where the title had to be made of it
    sheet: str = ""  # the name of the sheet, where several are read
    said: str = ""  # what stands in the list for its title

    @property
    def chain(self) -> "Iterator[Entry]":
        """The entry and those above it."""
        entry: Entry | None = self
        while entry:
            yield entry
            entry = entry.parent


@dataclass(frozen=True)
class Sheetful:
    """The rows of one sheet, and what its name stands for."""

    rows: Sequence[Row]
    theme: str = ""  # above all entries of the sheet that name none


@dataclass
class Reading:
    """How the rows are to be read: what each column is, and what each number of parts in a number means."""

    targets: Mapping[int, str]
    depths: Mapping[int, Kind] = field(default_factory=dict)
    by_code: bool = False  # entries that are there already are named by the portal's codes
    section: Kind = Kind.THEME


class Entries:
    """Finds the entries of sheets. `entries` has them in their order, parents before children; `nameless` the
    rows that name none."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.entries: list[Entry] = []
        self.nameless: list[Row] = []
        self._by_path: dict[tuple[int, str, str], Entry] = {}
        self._by_code: dict[str, Entry] = {}
        levels = {each.value: each for each in LEVELS}
        self.columns = {levels[target]: at for at, target in reading.targets.items() if target in levels}
        self.number = next((at for at, target in reading.targets.items() if target == NUMBER), None)
        self.level = next((at for at, target in reading.targets.items() if target == LEVEL), None)
        self._numbered_columns: set[int] = set()

    def read(self, sheet: Sheetful) -> None:
        """Find the entries of a sheet."""
        self._numbered_columns = {
            at
            for at in self.columns.values()
            if are_numbered({row.text(at) for row in sheet.rows if row.text(at)})
        }
        codes = self.codes(sheet.rows)
        top = (
            self._entry(Kind.THEME, sheet.theme, sheet.rows[0], None) if sheet.theme and sheet.rows else None
        )
        current: dict[Kind, Entry] = {Kind.THEME: top} if top else {}
        is_by_number = self.is_by_number(codes)
        for row, code in zip(sheet.rows, codes, strict=True):
            if row.is_section and not is_by_number and self._is_heading(row):
                self._section(row, current)
            elif self.reading.by_code and code:
                self._coded(row, code)
            elif is_by_number or self.level is not None:
                self._numbered(row, code, current)
            else:
                self._in_columns(row, code, current)

    def is_by_number(self, codes: Sequence[str]) -> bool:
        """Whether one column holds the titles of all levels, and numbers say which is which."""
        if self.reading.by_code or len(self.columns) != 1:
            return False
        depths = {depth(code) for code in codes if code}
        return len(depths) > 1 and sum(map(bool, codes)) > len(codes) / 2

    def codes(self, rows: Sequence[Row]) -> list[str]:
        """The numbers of the rows: of their column, or those that stand before the titles."""
        if self.number is not None:
            return codes_of(row.cells.get(self.number) for row in rows)
        titles = [self._cell(row, at) for at in self.columns.values() for row in rows]
        is_numbered = len(self.columns) == 1 and are_numbered(title for title in titles if title)
        return [split_title(title)[0] for title in titles] if is_numbered else [""] * len(rows)

    def _cell(self, row: Row, at: int) -> str:
        text = row.text(at)
        return "" if says_nothing(text) else text

    def _is_heading(self, row: Row) -> bool:
        """Whether a row with one cell is a heading of those below it, and no entry in a column of its own level."""
        at = max(row.cells)
        own = {kind: column for kind, column in self.columns.items() if column in row.cells}
        above = [kind for kind in own if kind != Kind.MEASURE]
        titles = max(self.columns.values(), default=at)
        return not above and at <= titles and self.level is None and not self.reading.by_code

    def _section(self, row: Row, current: dict[Kind, Entry]) -> None:
        *before, text = (
            row.text(at) for at in sorted(row.cells)
        )  # perhaps a number stands in a cell of its own
        kind = next(
            (kind for word, kind in _SECTION_WORDS.items() if begins_with(text, [word])), self.reading.section
        )
        self._forget_below(kind, current)
        parent = self._above(kind, current)
        is_numbered = not before
        current[kind] = self._entry(kind, text, row, parent, at=max(row.cells), is_numbered=is_numbered)

    def _in_columns(self, row: Row, code: str, current: dict[Kind, Entry]) -> None:
        own: Entry | None = None
        for kind in LEVELS:
            at = self.columns.get(kind)
            if at is None or not (text := self._cell(row, at)):
                continue
            above, is_numbered = self._above(kind, current), at in self._numbered_columns
            own = self._entry(kind, text, row, above, at=at, is_numbered=is_numbered)
            if own is not current.get(kind):  # a theme that is said again is the same, and so is its goal
                self._forget_below(kind, current)
            current[kind] = own
        if own is None:
            self.nameless.append(row)
        else:
            own.code = own.code or code
            own.rows.append(row)

    def _coded(self, row: Row, code: str) -> None:
        """A row of an entry that is there already, by the portal's code; its title may be another one now."""
        named = [
            (kind, at)
            for kind in LEVELS
            if (at := self.columns.get(kind)) is not None and self._cell(row, at)
        ]
        kind, at = named[-1] if named else (Kind.MEASURE, None)
        title = printable(self._cell(row, at)) if at is not None else ""
        entry = Entry(kind, title, row.number, None, code, [row], at, sheet=row.sheet, said=title)
        self.entries.append(entry)

    def _numbered(self, row: Row, code: str, current: dict[Kind, Entry]) -> None:
        """A row whose level its number or a word says, in a list with all titles in one column."""
        at = next((at for at in self.columns.values() if self._cell(row, at)), None)
        if at is None:
            self.nameless.append(row)
            return
        said = kind_in_words(row.text(self.level)) if self.level is not None else None
        kind = said or self.reading.depths.get(depth(code)) or Kind.MEASURE
        prefixes = [".".join(code.split(".")[:n]) for n in range(depth(code) - 1, 0, -1)]
        parent = next((self._by_code[each] for each in prefixes if each in self._by_code), None)
        if parent is None or LEVELS.index(parent.kind) >= LEVELS.index(kind):
            parent = self._above(kind, current)
        self._forget_below(kind, current)
        entry = self._entry(
            kind, self._cell(row, at), row, parent, at=at, code=code, is_numbered=at in self._numbered_columns
        )
        for each in entry.chain:
            current[each.kind] = each
        entry.rows.append(row)
        if code:
            self._by_code[code] = entry

    def _forget_below(self, kind: Kind, current: dict[Kind, Entry]) -> None:
        for each in LEVELS[LEVELS.index(kind) :]:
            current.pop(each, None)

    def _above(self, kind: Kind, current: Mapping[Kind, Entry]) -> Entry | None:
        return next(
            (current[each] for each in reversed(LEVELS[: LEVELS.index(kind)]) if each in current), None
        )

    def _entry(
        self,
        kind: Kind,
        text: str,
        row: Row,
        parent: Entry | None,
        *,
        at: int | None = None,
        code: str = "",
        is_numbered: bool = False,
    ) -> Entry:
        """The entry of this title below this parent: the same in every row that names it."""
        bare = _without_prefix(printable(text))
        number, title = split_title(bare)
        if not is_numbered and not (code and number == code):
            number, title = "", bare
        long_title = ""
        if len(title) > MAX_TITLE:
            title, long_title = shortened(title), title
        path = (id(parent), kind.value, key(title) or f"{row.number}")
        if path not in self._by_path:
            entry = Entry(
                kind,
                title,
                row.number,
                parent,
                code or number,
                column=at,
                long_title=long_title,
                sheet=row.sheet,
            )
            entry.said = text
            self._by_path[path] = entry
            self.entries.append(entry)
        return self._by_path[path]


_SECTION_WORDS = {
    "themenfeld": Kind.THEME,
    "handlungsfeld": Kind.THEME,
    "leitlinie": Kind.GUIDELINE,
    "strategisches ziel": Kind.STRATEGIC_GOAL,
    "oberziel": Kind.STRATEGIC_GOAL,
    "leitziel": Kind.STRATEGIC_GOAL,
    "operatives ziel": Kind.OPERATIONAL_GOAL,
    "teilziel": Kind.OPERATIONAL_GOAL,
    "ziel": Kind.STRATEGIC_GOAL,
}


def depths_of(codes: Sequence[str]) -> dict[int, Kind]:
    """What numbers of one, two, three parts usually stand for, the longest for measures."""
    lengths = sorted({depth(code) for code in codes if code})
    kinds = {
        1: [Kind.MEASURE],
        2: [Kind.THEME, Kind.MEASURE],
        3: [Kind.THEME, Kind.STRATEGIC_GOAL, Kind.MEASURE],
        4: [Kind.THEME, Kind.STRATEGIC_GOAL, Kind.OPERATIONAL_GOAL, Kind.MEASURE],
        5: list(LEVELS),
    }
    return dict(zip(lengths, kinds.get(len(lengths), list(LEVELS)), strict=False))


def shortened(text: str) -> str:
    """The first sentence of a text that is too long for a title, or its first words."""
    first = text[:MAX_TITLE].split(". ", maxsplit=1)[0]
    return first if len(first) < MAX_TITLE else text[: MAX_TITLE - 1].rsplit(" ", 1)[0] + "…"


def _without_prefix(text: str) -> str:
    """A title without the word for its level: "Themenfeld 1: Mobilität" is "1: Mobilität"."""
    match = _PREFIX.match(text)
    return text[match.end() :] if match else text


_PREFIX = re.compile(
    r"(?:(?:Themenfeld|Handlungsfeld)\s*:?\s+(?=\S)"
    r"|(?:Leitlinie|(?:strategisches |operatives )?Ziel|Leitziel|Oberziel|Teilziel|Maßnahme)"
    r"(?:\s*[:–-]\s*|\s+(?=(?:\d[\d.]*|[IVX]+)[.:)]?\s*[:–-]?\s+\S)))",
    re.IGNORECASE,
)
