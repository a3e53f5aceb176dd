"""Where words stand that are to be blackened: in editions, and in records that the apps register."""

import json
import uuid
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from strategy.document.data import Plain, name_with_code, upgraded
from strategy.editions.models import Edition, EditionContent
from strategy.editions.redaction.blackening import SLUG, Spot, Words, spots
from strategy.text.lazy_text import LazyText
from strategy.tree.kept_slugs import KeptSlug
from strategy.tree.models import Node

EDITION = "edition"


@dataclass(frozen=True)
class Place:
    """Words in one place. `name` says where it is; the edition and the field are set for one in an edition."""

    source: str
    uid: str
    words: str
    name: str
    count: int
    edition: int | None = None
    field: str = ""


@dataclass(frozen=True)
class Records:
    """Rows beside the tree that are kept by the uid of a node, or by one of their own, and what of them is text: what
    each is called stands in the field `title`, where that is one of these. Nobody can edit them, so the order blackens
    them."""

    key: str
    name: LazyText
    model: str
    fields: tuple[str, ...]
    title: str = "title"

    def find(self, words: str) -> Iterator[Place]:
        """Where the words stand in them, node by node."""
        wanted, counts, titles = Words(words), Counter[str](), dict[str, str]()
        for row in self._rows().iterator(chunk_size=500):
            if count := sum(wanted.counted(row[field]) for field in self.fields):
                uid = str(row["uid"])
                counts[uid] += count
                titles[uid] = row.get(self.title, "")
        for uid, count in counts.items():
            title = titles[uid] or Node.objects.filter(uid=uid).values_list("title", flat=True).first() or uid
            yield Place(self.key, uid, words, f"{self.name}: {title}", count)

    def blacken(self, uid: uuid.UUID | str, words: str) -> int:
        """Blacken them in all records of one node. Returns the number of records."""
        wanted, done = Words(words), 0
        for row in self._rows().filter(uid=uid).iterator(chunk_size=500):
            new = {
                field: self._shortened(field, wanted.blackened(row[field]))
                for field in self.fields
                if wanted.counted(row[field])
            }
            done += self._model._base_manager.filter(pk=row["pk"]).update(**new) if new else 0
        return done

    def _rows(self) -> Any:
        return self._model._base_manager.order_by("pk").values("pk", "uid", *self.fields)

    def _shortened(self, field: str, value: Plain) -> Plain:
        """The mark can be longer than what it stands for."""
        longest = getattr(self._model._meta.get_field(field), "max_length", None)
        return value[:longest] if isinstance(value, str) else value

    @property
    def _model(self) -> type[models.Model]:
        return apps.get_model(self.model)


_records: dict[str, Records] = {}


def register(records: Records) -> None:
    """Have an order look into these rows, too: called when an app gets ready."""
    _records[records.key] = records


def records_of(key: str) -> Records:
    """The registered rows of this key."""
    return _records[key]


def covered_fields() -> set[tuple[str, str]]:
    """The fields that an order blackens by itself, as model and name."""
    covered = {(EditionContent._meta.label, "data")}
    covered |= {(KeptSlug._meta.label, field.name) for field in KeptSlug._meta.fields}  # kept anew
    return covered | {(each.model, field) for each in _records.values() for field in each.fields}


def find(words: str) -> list[Place]:
    """Every place where the words stand that an order can blacken, the newest edition first."""
    return [*in_editions(words), *in_records(words)]


def in_editions(words: str) -> list[Place]:
    """Those in editions: field by field."""
    return [
        place
        for edition in Edition.objects.newest_first()
        for place in in_edition(edition, json.loads(edition.frozen_text), words)
    ]


def in_records(words: str) -> list[Place]:
    """Those in the records: node by node."""
    return [place for records in _records.values() for place in records.find(words)]


def in_edition(edition: Edition, data: Mapping[str, Plain], words: str) -> Iterator[Place]:
    """Those in one edition, of which this is the JSON."""
    found = spots(data, words)
    names = _names(upgraded(dict(data)), {spot.uid for spot in found}) if found else {}
    for spot, count in found.items():
        name = f"{edition.title}: {names[spot.uid].get(spot.field, spot.field)}"
        yield Place(EDITION, spot.uid, words, name[:1000], count, edition.pk, spot.field)


def spot_of(place: Place) -> Spot:
    """The same, for the JSON of its edition."""
    return Spot(place.uid, place.field)


def _names(data: Mapping[str, Plain], uids: set[str]) -> dict[str, dict[str, str]]:
    """What each field of these nodes is called, with its node."""
    levels = {level["kind"]: level for level in data["levels"]}
    names = {"": {field: _("title sheet") for field in data["meta"]}}
    for node in data["nodes"]:
        if node["uid"] in uids:
            level = levels[node["kind"]]
            owner = f"{capfirst(level['name'])} {name_with_code(node['code'], node['title'])}"
            labels = {field["name"]: field["label"] for field in level["fields"]}
            labels[SLUG] = _("address")
            names[node["uid"]] = {name: f"{owner}, {label}" for name, label in labels.items()}
    return names
