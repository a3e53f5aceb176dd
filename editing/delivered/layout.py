"""Where the table lies in a sheet: its headings, in one row or two, and the rows below them. Plain Python.

Above it there are titles, between its rows headings of parts and subtotals, below it totals and legends.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from statistics import median

from django.utils.translation import gettext as _

from editing.delivered.cells.words import begins_with, key
from editing.tables.findings import TableError
from editing.tables.grid import Grid, Value, text_of

MAX_HEADER = 40  # rows in which the headings are looked for
MAX_FILLED = 200_000  # cells that merged ones reach down to
_TOTALS = ("summe", "gesamt", "gesamtsumme", "zwischensumme", "total", "summen", "gesamtkosten", "insgesamt")
_LEGENDS: tuple[str, ...] = (
    "legende",
    "erlaeuterung",
    "erlaeuterungen",
    "hinweis",
    "hinweise",
    "anmerkung",
    "anmerkungen",
    "quelle",
)
_LEGENDS += (
    "stand",
    "abkuerzungen",
    "abkuerzung",
    "fussnote",
    "zeichenerklaerung",
    "erstellt",
    "seite",
    "ende",
)
_MARK = re.compile(r"\*|¹|²|³|\d\)|[A-Za-zÄÖÜ.]{1,6} ?= ")
Known = Callable[[str], float]
"""How well a heading is known, from 0 to 1."""


@dataclass(frozen=True)
class Layout:
    """The rows of the headings, and the last row that is read."""

    headers: tuple[int, ...]
    last: int

    @property
    def first(self) -> int:
        """The row below the headings."""
        return self.headers[-1] + 1


@dataclass(frozen=True)
class Row:
    """A row of a list. `is_section` where it is a heading of the rows below it; `filled` are the columns in which it
    says what the row above says, because the cells are merged."""

    number: int
    cells: Mapping[int, Value]
    filled: frozenset[int] = frozenset()
    is_section: bool = False
    sheet: str = ""  # its name, where several are read

    def text(self, column: int) -> str:
        """What stands in a column, in one line."""
        return text_of(self.cells.get(column))


@dataclass(frozen=True)
class Skipped:
    """A row that is not read, with its first words."""

    number: int
    text: str
    sheet: str = ""


def layout_of(grid: Grid, known: Known) -> Layout:
    """The likeliest place of the table."""
    numbers = list(grid.rows)[:MAX_HEADER]
    best = max(numbers, key=lambda number: _score(grid, number, known))
    headers = tuple(_with_second(grid, best, known))
    return Layout(headers, _last(grid, headers[-1]))


def layout_at(grid: Grid, number: int, last: int | None, known: Known) -> Layout:
    """The table whose headings somebody says stand in this row."""
    there = [each for each in grid.rows if each <= number] or [min(grid.rows)]
    headers = tuple(_with_second(grid, there[-1], known))
    return Layout(headers, last or _last(grid, headers[-1]))


def headings(grid: Grid, layout: Layout) -> dict[int, str]:
    """The heading of each column that has one or holds anything: that of a group, then its own."""
    read = range(layout.headers[0], layout.last + 1)
    columns = {at for number, row in grid.rows.items() if number in read for at in row}
    upper = _spread(grid, layout.headers[0]) if len(layout.headers) == 2 else {}
    lower = {at: _heading(value) for at, value in grid.rows.get(layout.headers[-1], {}).items()}
    named = {at: " ".join(filter(None, [upper.get(at, ""), lower.get(at, "")])) for at in columns}
    return {at: named[at] for at in sorted(columns)}


def rows_of(grid: Grid, layout: Layout) -> tuple[list[Row], list[Skipped]]:
    """The rows of the table, merged cells filled down, and those that are no part of it."""
    filled, spanned = _filled(grid), _spanned(grid)
    heading = {at: text_of(value) for at, value in grid.rows.get(layout.headers[-1], {}).items()}
    body = [number for number in sorted({*grid.rows, *filled}) if layout.first <= number <= layout.last]
    typical = median([len(grid.rows.get(number, {})) for number in body] or [0])
    rows, skipped = [], []
    for number in body:
        own = {at: value for at, value in grid.rows.get(number, {}).items() if text_of(value)}
        texts = [text_of(value) for _at, value in sorted(own.items())]
        if not own and not filled.get(number):
            continue
        if (
            _is_total(texts, typical)
            or _counts_columns(texts)
            or (len(own) > 1 and all(heading.get(at) == text_of(own[at]) for at in own))
        ):
            skipped.append(Skipped(number, " ".join(texts)[:60]))
            continue
        more = {at: value for at, value in filled.get(number, {}).items() if at not in own}
        is_section = (len(own) == 1 and not more and typical >= 3) or number in spanned
        is_section = is_section or (len(own) == 2 and typical >= 5 and not more and _is_numbered(texts))
        rows.append(Row(number, {**more, **own}, frozenset(more), bool(is_section)))
    while rows and rows[-1].is_section:  # nothing stands below it
        last = rows.pop()
        skipped.append(Skipped(last.number, " ".join(map(text_of, last.cells.values()))[:60]))
    after = [Skipped(n, _words(grid, n)) for n in grid.rows if n > layout.last]
    return rows, sorted([*skipped, *after], key=lambda each: each.number)


def _score(grid: Grid, number: int, known: Known) -> float:
    texts = [text_of(value) for value in grid.rows[number].values()]
    names = [text for text in texts if text and len(text) <= 80 and re.search("[A-Za-zÄÖÜäöü]", text)]
    below = [other for other in grid.rows if number < other <= number + 10]
    wide = sum(len(grid.rows[other]) >= max(2, len(texts) // 2) for other in below)
    if len(names) < 2 or not below:
        return -1.0
    return 3 * sum(map(known, names)) + len(names) / len(texts) + min(wide, 3) / 3 + min(len(texts), 8) / 16


def _with_second(grid: Grid, number: int, known: Known) -> Iterator[int]:
    """The row of the headings with the one that names groups above it, or parts of its groups below it."""
    numbers = list(grid.rows)
    at = numbers.index(number)
    above = numbers[at - 1] if at else 0
    if above and above >= number - 1 and _is_group_row(grid, above, number):
        yield above
        yield number
        return
    yield number
    below = numbers[at + 1] if at + 1 < len(numbers) else 0
    is_near = 0 < below <= number + 1 and any(known(text_of(value)) for value in grid.rows[below].values())
    if is_near and _is_group_row(grid, number, below, parts=True):
        yield below


def _is_group_row(grid: Grid, upper: int, lower: int, *, parts: bool = False) -> bool:
    """Whether cells of the upper row name groups of columns that the lower row names: "Kosten" over "einmalig"."""
    above, below = grid.rows[upper], grid.rows[lower]
    spread = _spread(grid, upper)
    texts = [text_of(value) for value in below.values()]
    if any(len(text) > 40 for text in texts) or any(re.fullmatch(r"[\d.,\s€%]+", text) for text in texts):
        return False
    shared = [at for at in below if at in spread]
    groups = {spread[at] for at in shared}
    if parts:  # nothing stands below the headings that are whole
        alone = [at for at in above if sum(text == spread[at] for text in spread.values()) == 1]
        return bool(shared) and len(shared) > len(groups) and not any(at in below for at in alone)
    widest = max((each.right - each.left for each in grid.merged if each.top == upper), default=0)
    return len(shared) > len(groups) >= 1 and widest + 1 < len(below) and not _is_title(grid, upper, lower)


def _is_title(grid: Grid, upper: int, lower: int) -> bool:
    row = grid.rows[upper]
    is_merged = any(each.top == upper and each.left in row for each in grid.merged)
    return len(row) == 1 and (not is_merged or min(row) <= min(grid.rows[lower]))


def _spread(grid: Grid, number: int) -> dict[int, str]:
    """The texts of a row by column, those of merged cells in each; what isn't merged reaches over empty headings."""
    row = {at: _heading(value) for at, value in grid.rows.get(number, {}).items()}
    merged = {each.left: each.right for each in grid.merged if each.top == number and each.left in row}
    found = dict(row)
    for left, right in merged.items():
        found |= {at: row[left] for at in range(left, min(right, left + 50) + 1)}
    below = grid.rows.get(number + 1, {})
    for at in sorted(below):
        if at not in found and at - 1 in found and not merged and _is_text(below[at]):
            found[at] = found[at - 1]
    return found


def _heading(value: Value) -> str:
    """A heading without the hyphens at the ends of its lines: "Handlungs- feld" is Handlungsfeld."""
    text = text_of(value).replace("\u00ad", "")
    return re.sub(r"(?<=[a-zäöüß])- (?!und |oder |bzw)(?=[a-zäöüß])", "", text)


def _is_text(value: Value) -> bool:
    return isinstance(value, str) and len(value) <= 40 and bool(key(value))


def _filled(grid: Grid) -> dict[int, dict[int, Value]]:
    """What merged cells say in the rows that they reach down to, by row and column."""
    filled: dict[int, dict[int, Value]] = {}
    numbers = sorted(grid.rows)
    count = 0
    for each in grid.merged:
        value = grid.rows.get(each.top, {}).get(each.left)
        if value is None:
            continue
        reached = numbers[bisect_right(numbers, each.top) : bisect_right(numbers, each.bottom)]
        count += len(reached)
        if count > MAX_FILLED:
            raise TableError(_("The table has too many merged cells. Please split them."))
        for number in reached:
            filled.setdefault(number, {})[each.left] = value
    return filled


def _spanned(grid: Grid) -> set[int]:
    """The rows that are one cell across the table."""
    wide = {each.top for each in grid.merged if each.top == each.bottom and each.right - each.left >= 2}
    return {number for number in wide if len([*filter(text_of, grid.rows.get(number, {}).values())]) == 1}


def _is_numbered(texts: list[str]) -> bool:
    return bool(re.fullmatch(r"[A-Z]{0,3} ?\d{0,2}[.)]?|[IVX]+\.?", texts[0])) and len(texts[1]) > 2


def _counts_columns(texts: list[str]) -> bool:
    """Whether a row below the headings numbers them: (1), (2), (3)."""
    return len(texts) > 2 and [text.strip("()") for text in texts] == [str(n + 1) for n in range(len(texts))]


def _is_total(texts: list[str], typical: float) -> bool:
    first = next((text for text in texts if key(text)), "")
    is_sparse = len(texts) <= max(2, typical / 2)
    return (
        is_sparse
        and begins_with(first, _TOTALS)
        and any(re.search(r"\d", text) for text in texts[1:] or texts)
    )


def _last(grid: Grid, header: int) -> int:
    """The last row of the table: what follows is a total, a legend, or stands alone after a gap."""
    numbers = [number for number in grid.rows if number > header]
    if not numbers:
        return header
    typical = median([len(grid.rows[number]) for number in numbers])
    last = len(numbers)
    while last and _is_after(grid, numbers, last - 1, typical):
        last -= 1
    return numbers[last - 1] if last else numbers[-1]


def _is_after(grid: Grid, numbers: list[int], at: int, typical: float) -> bool:
    number = numbers[at]
    texts = [text for value in grid.rows[number].values() if (text := text_of(value))]
    if not texts:
        return True
    is_sparse = len(texts) <= max(1, typical / 2)
    gap = next((i for i in range(at, 0, -1) if numbers[i] > numbers[i - 1] + 1), 0)
    stands_alone = gap > 0 and all(
        len(grid.rows[each]) <= max(1, typical / 2) for each in numbers[gap : at + 1]
    )
    says_so = begins_with(texts[0], _LEGENDS) or bool(_MARK.match(texts[0]))
    return is_sparse and (stands_alone or says_so or _is_total(texts, typical))


def _words(grid: Grid, number: int) -> str:
    return " ".join(filter(None, map(text_of, grid.rows[number].values())))[:60]
