"""A Printout: a part of a Document that is put on paper, as web page or PDF.

It holds what was frozen: no live progress.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from strategy.document.document import Document, Entry
from strategy.text.letters import sort_key
from strategy.tree.levels import level_of

LONG, SHORT, ENTRY, DECISION = "long", "short", "entry", "decision"
DISTRICT, DEPARTMENT = "district", "department"
CITYWIDE = "stadtweit"  # the key of the district that stands for the whole city


@dataclass(frozen=True)
class Printout:
    """What is printed of a Document (Ausdruck).

    `entries` are printed whole, each with all below it: the roots in the long form, the one in that of a
    single entry, none in a list of measures or on the sheet of a decision. `measures` are the rows of the table: all in
    the short form, those of a district or a department in theirs, none else. `key` and `name` are those of the district
    or department. `path` and `query` follow the base of the edition's addresses.
    """

    scope: str
    document: Document
    entries: tuple[Entry, ...] = ()
    measures: tuple[Entry, ...] = ()
    key: str = ""
    name: str = ""
    path: str = "druck/"
    query: str = ""

    @property
    def entry(self) -> Entry | None:
        """The one entry that is printed; None where it is the whole strategy or a list of measures."""
        return self.entries[0] if self.scope == ENTRY else None

    @property
    def is_excerpt(self) -> bool:
        """Whether it is one entry below a root: short enough to begin on the title sheet."""
        return self.entry is not None and self.entry.parent is not None

    @property
    def citywide(self) -> tuple[Entry, ...]:
        """Of a district's measures those that concern the whole city, and the district only so."""
        return tuple(m for m in self.measures if self.scope == DISTRICT and self.key not in _keys(m))

    @property
    def own_measures(self) -> tuple[Entry, ...]:
        """The measures that are not `citywide`."""
        apart = {measure.uid for measure in self.citywide}
        return tuple(measure for measure in self.measures if measure.uid not in apart)


def long_form(document: Document) -> Printout:
    """The whole strategy with every text and fact."""
    return Printout(LONG, document, entries=tuple(document.roots))


def short_form(document: Document) -> Printout:
    """Guidelines and goals of each theme, then one table of all measures."""
    return Printout(
        SHORT,
        document,
        entries=tuple(document.themes),
        measures=tuple(document.all_measures),
        query="umfang=kurz",
    )


def of_entry(document: Document, entry: Entry) -> Printout:
    """An entry with all below it. KeyError for a level of which none is printed by itself."""
    if not level_of(entry.kind).paper.alone:
        raise KeyError(entry.kind)
    return Printout(ENTRY, document, entries=(entry,), path=f"{entry.path}druck/")


def decision_sheet(document: Document) -> Printout:
    """No text of the strategy: only what the bodies decided on it."""
    return Printout(DECISION, document, path="beschluss/")


def of_district(document: Document, key: str) -> Printout | None:
    """The measures of a district, and those of the whole city; None where no measure names the district."""
    names, wanted = dict(districts(document)), {key, CITYWIDE}
    if key not in names:
        return None
    return Printout(
        DISTRICT,
        document,
        measures=tuple(measure for measure in document.all_measures if wanted & _keys(measure)),
        key=key,
        name=names[key],
        query=urlencode({"stadtbezirk": key}),
    )


def of_department(document: Document, key: str) -> Printout | None:
    """The measures that a department leads; None where it leads none."""
    names = dict(departments(document))
    if key not in names:
        return None
    return Printout(
        DEPARTMENT,
        document,
        measures=tuple(m for m in document.all_measures if (m.values.get("lead") or {}).get("key") == key),
        key=key,
        name=names[key],
        query=urlencode({"fachbereich": key}),
    )


def districts(document: Document) -> list[tuple[str, str]]:
    """Key and name of the districts that measures concern: the whole city first, then by name."""
    named = _named(each for m in document.all_measures for each in m.values.get("districts") or [])
    return sorted(named, key=lambda pair: pair[0] != CITYWIDE)


def departments(document: Document) -> list[tuple[str, str]]:
    """Key and name of the departments that lead measures, by name."""
    return _named(lead for m in document.all_measures if (lead := m.values.get("lead")))


def _keys(measure: Entry) -> set[str]:
    return {each["key"] for each in measure.values.get("districts") or []}


def _named(references: Iterable[dict[str, str]]) -> list[tuple[str, str]]:
    names = {each["key"]: each["name"] for each in references}
    return sorted(names.items(), key=lambda pair: sort_key(pair[1]))
