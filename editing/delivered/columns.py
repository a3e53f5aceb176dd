"""What each column of a list is read as, proposed by its heading and by what stands below it. Plain Python."""

import re
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import mean

from editing.delivered.cells import values
from editing.delivered.cells.headings import GOOD, meanings
from editing.delivered.cells.names import Names, sdg_numbers
from editing.delivered.cells.numbering import code_of
from editing.delivered.cells.words import is_tick, key, says_nothing
from editing.delivered.layout import Row
from editing.tables.grid import Value, text_of
from strategy.tree.kinds import Kind

LEVELS = (Kind.THEME, Kind.GUIDELINE, Kind.STRATEGIC_GOAL, Kind.OPERATIONAL_GOAL, Kind.MEASURE)
LEVEL_WORDS = {
    "themenfeld": Kind.THEME,
    "handlungsfeld": Kind.THEME,
    "thema": Kind.THEME,
    "leitlinie": Kind.GUIDELINE,
    "strategisches ziel": Kind.STRATEGIC_GOAL,
    "ziel": Kind.STRATEGIC_GOAL,
    "oberziel": Kind.STRATEGIC_GOAL,
    "leitziel": Kind.STRATEGIC_GOAL,
    "operatives ziel": Kind.OPERATIONAL_GOAL,
    "teilziel": Kind.OPERATIONAL_GOAL,
    "unterziel": Kind.OPERATIONAL_GOAL,
    "massnahme": Kind.MEASURE,
    "projekt": Kind.MEASURE,
}
NUMBER, LEVEL, PERIOD, COST, NOTE = "number", "level", "period", "cost", "note"
UNREAD = {NOTE, "person", "remarks"}  # known, and not read unless somebody says so
SEVERAL = {"text", "partners", "committees", "districts", "sdgs", NOTE}  # what several columns may be read as
OF_OPERATIVE = {"value_name", "target_value", "base_value", "base_year", "unit", "due_year"}
YEARS = {"start_year", "end_year", "due_year", "horizon", "base_year"}
_ENOUGH = 0.3
_SURE = 0.7


@dataclass(frozen=True)
class Column:
    """A column of a list: where it stands, its heading, and its cells from above."""

    at: int
    heading: str
    cells: Sequence[Value]

    @cached_property
    def texts(self) -> list[str]:
        """What stands in its cells, without the empty ones."""
        return [text for cell in self.cells if (text := text_of(cell)) and not says_nothing(text)]

    @property
    def samples(self) -> list[str]:
        """Three different things that stand in it."""
        return list(dict.fromkeys(self.texts))[:3]


def columns_of(heading: Mapping[int, str], rows: Sequence[Row]) -> list[Column]:
    """The columns of a table from left to right."""
    body = [row for row in rows if not row.is_section]
    return [Column(at, text, [row.cells.get(at) for row in body]) for at, text in heading.items()]


def kind_in_words(text: str) -> Kind | None:
    """The level that a cell names, in the words of many lists."""
    said = key(text)
    return LEVEL_WORDS.get(said) or next(
        (kind for kind in Kind if said in (kind.value, key(str(kind.label)))), None
    )


class Proposals:
    """Proposes what columns are read as. `names` find what cells name, by field; `fields` are those that have a
    column in our own tables, with their names; `codes` those of the portal."""

    def __init__(
        self, names: Mapping[str, Names], fields: Mapping[str, str], codes: Container[str] = ()
    ) -> None:
        self.names, self.codes = names, codes
        self.fields = fields
        self._own = {name: (key(label),) for name, label in fields.items()}

    def of(self, columns: Sequence[Column]) -> dict[int, str]:
        """What each column is proposed to be read as, by its place; "" for those that stay unread."""
        told = {column.at: list(self.candidates(column)) for column in columns}
        titles = max(
            (
                (rating, -at)
                for at, found in told.items()
                for rating, target in found
                if target == Kind.MEASURE
            ),
            default=(0.0, -len(columns)),
        )
        rated = sorted(
            (-rating * _beside(column, target, -titles[1]), -_rank(target), column.at, target)
            for column in columns
            for rating, target in told[column.at]
        )
        found: dict[int, str] = {}
        taken: set[str] = set()
        for rating, _rank_of, at, target in rated:
            if at not in found and -rating >= GOOD and (target not in taken or target in SEVERAL):
                found[at] = target
                taken.add(target)
        for column in columns:
            found.setdefault(column.at, "")
        self._hierarchy(columns, found)
        return {at: "" if target in UNREAD else target for at, target in found.items()}

    def candidates(self, column: Column) -> Iterable[tuple[float, str]]:
        """What a column may be, with how likely that is."""
        if not column.texts:
            return []
        if ticked := self._ticked(column):
            return [(1.0, ticked)]
        named = [
            (rating * self.fits(column, target), target)
            for rating, target in meanings(column.heading, self._own)
        ]
        named += [
            (1.0, f"{each}_note") for rating, each in named if each == "participation" and rating < GOOD
        ]
        best = max(named, default=(0.0, ""))
        if best[1] in UNREAD and self._says_whether_new(column):
            named.append((1.0, "novelty"))
        elif best[0] < GOOD:
            in_euros = (
                "€" in column.heading or sum("€" in text for text in column.texts) > len(column.texts) / 2
            )
            names_sdgs = sum("sdg" in text.casefold() for text in column.texts) > len(column.texts) / 2
            told = [each for each in _BY_CONTENT if {COST: in_euros, "sdgs": names_sdgs}.get(each, True)]
            named += [
                (share * 0.8, target) for target in told if (share := self.share(column, target)) >= _SURE
            ]
        return named

    def _says_whether_new(self, column: Column) -> bool:
        """Whether a column such as "Status" says what is new and what was there: "geplant" alone does not."""
        said = {key(text) for text in column.texts}
        return bool(said & {"neu", "bestehend"}) and self.share(column, "novelty") >= _SURE

    def fits(self, column: Column, target: str) -> float:
        """How well the cells of a column fit what its heading says, from 0 to 1."""
        long = mean(map(len, column.texts))
        if target in {each.value for each in LEVELS}:
            coded = sum(self._is_no_title(text, target) for text in column.texts)
            return 0.3 if coded > _SURE * len(column.texts) else 0.75 if long > 140 else 1.0
        if target not in _CHECKED:
            return 1.0
        share = self.share(column, target)
        return 1.0 if share >= _ENOUGH else 0.4

    def _is_no_title(self, text: str, target: str) -> bool:
        """Whether a number stands where a title should; goals can be named by the portal's codes."""
        code = code_of(text)
        return bool(code) and (target == Kind.MEASURE or (text[0].isdigit() and code not in self.codes))

    def share(self, column: Column, target: str) -> float:
        """How many of the cells, from 0 to 1, can be read as this."""
        texts = column.texts
        if target in self.names and target != "sdgs":
            return self.names[target].share(texts)
        cells = [cell for cell in column.cells if text_of(cell) and not says_nothing(text_of(cell))]
        return sum(_readable(cell, target) for cell in cells) / len(cells)

    def _ticked(self, column: Column) -> str:
        """Whether it is a column with ticks below an SDG or a district."""
        if not all(map(is_tick, column.texts)):
            return ""
        if re.fullmatch(r"(?i)(sdg|ziel|nr\.?)?\s*\d{1,2}\D*", column.heading) and sdg_numbers(
            column.heading
        ):
            return "sdgs"
        districts = self.names.get("districts")
        return "districts" if districts and districts.key_of(column.heading) else ""

    def _hierarchy(self, columns: Sequence[Column], found: dict[int, str]) -> None:
        """Have a column with the titles, and the goals between themes and measures."""
        taken = set(found.values())
        left = [column for column in columns if not found[column.at] and column.texts]
        if Kind.STRATEGIC_GOAL not in taken and Kind.THEME in taken:
            self._give(found, (each for each in left if _may_be(each, Kind.THEME)), Kind.STRATEGIC_GOAL)
        if OF_OPERATIVE & taken and Kind.MEASURE in taken and Kind.OPERATIONAL_GOAL not in taken:
            goals = (each for each in columns if found[each.at] == Kind.STRATEGIC_GOAL)
            self._give(found, goals, Kind.OPERATIONAL_GOAL)
        if not taken & {Kind.MEASURE, NUMBER}:  # titles that look like numbers, and nothing better
            self._give(found, (each for each in left if _may_be(each, Kind.MEASURE)), Kind.MEASURE)
        if not {*found.values()} & {*LEVELS, NUMBER}:
            self._give(found, (each for each in left if _looks_like_titles(each)), Kind.MEASURE)

    def _give(self, found: dict[int, str], columns: Iterable[Column], kind: Kind) -> None:
        """Read the first of these columns as the titles of a level."""
        for column in list(columns)[:1]:
            found[column.at] = kind.value


_CHECKED = {*YEARS, PERIOD, COST, "cost_once", "cost_yearly", "sdgs", "districts", "novelty", "participation"}
_CHECKED |= {LEVEL, "target_value", "base_value", NUMBER}
_BY_CONTENT = ("sdgs", "districts", "lead", "novelty", "participation", PERIOD, COST)


def _rank(target: str) -> int:
    """Of two that are as likely, what a list rather has."""
    return {NUMBER: 3, Kind.MEASURE.value: 2, "lead": 1}.get(target, 0)


def _beside(column: Column, target: str, titles: int) -> float:
    """How much speaks for a column of themes or goals to the right of the titles: only that it says the same again
    and again."""
    is_above = target in {each.value for each in LEVELS[:-1]}
    repeats = len(set(column.texts)) <= len(column.texts) / 2
    return 0.6 if is_above and column.at > titles and not repeats else 1.0


def _readable(cell: Value, target: str) -> bool:
    """Whether a cell can be read as this."""
    return _READABLE.get(target, _is_number)(cell)


def _is_number(cell: Value) -> bool:
    text = text_of(cell)
    return bool(code_of(cell)) or bool(re.search(r"\d", text) and len(text) <= 12)


def _names_sdgs(cell: Value) -> bool:
    text = text_of(cell)
    return sdg_numbers(text) is not None and len(text) < 200 and (len(text) < 30 or "sdg" in text.casefold())


def _is_amount(cell: Value) -> bool:
    return bool(values.cost(cell).values)


_READABLE: dict[str, Callable[[Value], bool]] = {
    **dict.fromkeys(YEARS, lambda cell: values.year_of(cell) is not None),
    **dict.fromkeys(("cost_once", "cost_yearly"), _is_amount),
    **dict.fromkeys(
        ("target_value", "base_value"), lambda cell: values.with_unit(cell, name="").is_understood
    ),
    "sdgs": _names_sdgs,
    PERIOD: lambda cell: values.period(cell).is_understood and len(text_of(cell)) < 60,
    COST: lambda cell: _is_amount(cell) and (isinstance(cell, str) or values.year_of(cell) is None),
    LEVEL: lambda cell: kind_in_words(text_of(cell)) is not None,
}


def _may_be(column: Column, kind: Kind) -> bool:
    return any(target == kind for _rating, target in meanings(column.heading))


def _looks_like_titles(column: Column) -> bool:
    texts = column.texts
    return (
        len(set(texts)) > len(texts) * 0.7
        and 6 < mean(map(len, texts)) < 160
        and not any(map(str.isdigit, texts))
    )
