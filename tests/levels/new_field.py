"""Nodes that say something in every field of their levels, told so by their forms as a browser sends them.

The fields are those of the models, and what they can hold is found in the models too: the declarations, which the
pages read, are what is tested.
"""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import yaml
from django.db import models
from django.test import Client

from strategy.tree.kinds import Kind
from strategy.tree.levels import level_of, levels
from strategy.tree.models import Node
from tests import factories
from tests.opened_form import opened

FACTORIES: dict[str, Any] = {
    Kind.CHAPTER: factories.ChapterFactory,
    Kind.THEME: factories.ThemeFactory,
    Kind.GUIDELINE: factories.GuidelineFactory,
    Kind.STRATEGIC_GOAL: factories.StrategicGoalFactory,
    Kind.OPERATIONAL_GOAL: factories.OperationalGoalFactory,
    Kind.MEASURE: factories.MeasureFactory,
}
ALONE = {("measure", "is_ongoing")}  # has a node of its own: what is ongoing has no last year


@dataclass(frozen=True)
class Probe:
    """One field of a node: what is typed into its form, and the words that then stand for it.

    `words_in` has those of a place that says it in other words.
    """

    kind: str
    name: str
    pk: int
    uid: str
    typed: str
    words: str
    words_in: dict[str, str] = field(default_factory=dict, compare=False)

    @property
    def model(self) -> type[Node]:
        return level_of(self.kind).model

    def words_at(self, place: str) -> str:
        return plain(self.words_in.get(place, self.words))


def names_of_fields(model: type[Node]) -> list[str]:
    """The model's fields that a person fills in: those of every node, then its own."""
    common = [each.name for each in Node._meta.concrete_fields if each.editable and not each.primary_key]
    own = [each.name for each in (*model._meta.local_fields, *model._meta.local_many_to_many)]
    return [name for name in (*common, *own) if name not in (*Node._TREE_FIELDS, "node_ptr")]


def probe_names() -> list[tuple[str, str]]:
    return [(str(level.kind), name) for level in levels() for name in names_of_fields(level.model)]


def plant_probes() -> list[Probe]:
    """A probe for every field, in nodes that do not say it yet."""
    nodes: dict[Any, Node] = {}
    probes = []
    for number, (kind, name) in enumerate(probe_names(), start=10):
        key = (kind, name) if (kind, name) in ALONE else kind
        if key not in nodes:
            nodes[key] = FACTORIES[kind](title=f"Knoten {number}", slug=f"knoten-{number}")
        typed = SPECIAL.get((kind, name)) or _typed(type(nodes[key])._meta.get_field(name), number)
        probes.append(Probe(kind, name, nodes[key].pk, str(nodes[key].uid), **typed))
    return probes


def _typed(model_field: Any, number: int) -> dict[str, Any]:
    """Something that this field can hold, and that nothing else says."""
    if model_field.choices:
        key, label = model_field.flatchoices[1]
        return {"typed": key, "words": str(label)}
    if isinstance(model_field, models.DecimalField):
        return {"typed": f"{47000 + number},5", "words": f"{47000 + number},5"}
    if isinstance(model_field, models.PositiveBigIntegerField):
        return {"typed": str(7_654_000 + number), "words": str(7_654_000 + number)}
    if isinstance(model_field, models.IntegerField):
        return {"typed": str(2000 + number), "words": str(2000 + number)}
    if isinstance(model_field, models.ForeignKey | models.ManyToManyField):
        return _referring(model_field.related_model._meta.model_name, number)
    return {"typed": f"probewort{number}", "words": f"probewort{number}"}


def _referring(target: str, number: int) -> dict[str, Any]:
    """A row of another table, by its name; the table and the file name it by its key."""
    if target == "theme":
        theme = factories.ThemeFactory(title=f"Ziel der Probe{number}")
        return {"typed": str(theme.pk), "words": theme.title, "words_in": {"table": str(theme.uid)}}
    if target == "sdg":
        sdg = factories.SDGFactory(number=number % 17 + 1, title=f"Probe{number}")
        return {"typed": str(sdg.pk), "words": sdg.title, "words_in": {"table": str(sdg.pk)}}
    factory = {"department": factories.DepartmentFactory, "district": factories.DistrictFactory}[target]
    row = factory(key=f"probe{number}", name=f"Probe {number}")
    return {"typed": str(row.pk), "words": row.name}


SPECIAL: dict[tuple[str, str], dict[str, Any]] = {
    ("theme", "colour"): {
        "typed": "#12AB34",
        "words": "#12AB34",
        "words_in": {"synopse": "12AB34", "history": "12AB34"},  # the sign before it is in both
    },
    # A drawing: the first lines of the book are those of the pages of people.
    ("theme", "icon"): {"typed": "building", "words": "Rathaus", "words_in": {"page": "M3 20h18M5 20V9m14"}},
    ("operational_goal", "sdg_targets"): {"typed": "16.b", "words": "16.b"},
    ("measure", "is_ongoing"): {
        "typed": "on",
        "words": "fortlaufend",
        "words_in": {"table": "ja", "csv": "ja"},
    },
    ("strategic_goal", "assignment_confirmed"): {
        "typed": "",
        "words": "nicht bestätigt",
        "words_in": {place: "nein" for place in ("table", "csv", "synopse", "history")},
    },
}


def fill_in(client: Client, probes: list[Probe]) -> None:
    """Type the values of one node into its form, and save it; but for those that the form has no place for."""
    page = client.get(form_address(probes[0])).content.decode()
    typed = {probe.name: probe.typed for probe in probes if f'name="{probe.name}"' in page}
    sent = {name: value for name, value in {**opened(page), **typed}.items() if value}
    response = client.post(form_address(probes[0]), sent)
    assert response.status_code == 302, response.content.decode()


def form_address(probe: Probe) -> str:
    meta = probe.model._meta
    return f"/verwaltung/{meta.app_label}/{meta.model_name}/{probe.pk}/change/"


def plain(text: str) -> str:
    """A text without what the places add to it: spaces, hyphens, points that group digits; and without digests, in
    which any number can be."""
    text = re.sub(r"[\s\u200b\u00ad\ufffe\ufffd\u0002-]+", "", text).casefold()
    text = re.sub(r"[0-9a-f]{64}|(?<=prüfsummedestextes)[0-9a-f]{12}", "", text)
    return re.sub(r"(?<=\d)[.,](?=\d)", "", text)


def value_of(probe: Probe) -> Any:
    """What the node's row says in this field; of other rows their keys."""
    return _value(probe.model.objects.get(pk=probe.pk), probe.name)


def set_value(probe: Probe, value: Any) -> None:
    """Make the row say what it said, past all that the program has for it."""
    node: Any = probe.model.objects.get(pk=probe.pk)
    if hasattr(getattr(node, probe.name), "set"):
        getattr(node, probe.name).set(value)
    else:
        probe.model.objects.filter(pk=probe.pk).update(**{probe.name: value})


def as_file() -> str:
    """The working tree as a strategy file, by what the models hold."""
    path: list[dict[str, Any]] = [{"children": []}]
    for node in Node.objects.all():
        row = level_of(node.kind).model.objects.get(pk=node.pk)
        values = {name: _value(row, name) for name in names_of_fields(type(row))}
        said = {name: value for name, value in values.items() if value not in (None, "", [])}
        path = path[: node.depth]
        path.append({"kind": node.kind, "uid": str(node.uid), **said, "children": []})
        path[-2]["children"].append(path[-1])
    head = {"format": 1, "strategy": {"title": "Strategie", "city": "Herne"}}
    edition = {"slug": "aus-der-datei", "title": "Aus der Datei"}
    return yaml.safe_dump({**head, "edition": edition, "nodes": path[0]["children"]}, allow_unicode=True)


def _value(row: Any, name: str) -> Any:
    value = getattr(row, name)
    if hasattr(value, "all"):
        return [_key(each) for each in value.all()]
    if isinstance(value, models.Model):
        return _key(value)
    return float(value) if isinstance(value, Decimal) else value


def _key(row: Any) -> Any:
    """By which a file names a row."""
    return getattr(row, "key", None) or (str(row.uid) if isinstance(row, Node) else row.pk)
