"""Where words stand that no order blackens: what somebody has to change by hand, in whichever table it is."""

from collections.abc import Iterator
from typing import NamedTuple

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import models
from django.utils.text import capfirst

from strategy.editions.redaction.blackening import SLUG, Words
from strategy.editions.redaction.orders import RedactionOrder, RedactionPassage
from strategy.editions.redaction.places import covered_fields
from strategy.tree.models import Node

TEXTS = (models.CharField, models.TextField, models.JSONField)
NOT_SEARCHED = (RedactionOrder, RedactionPassage, Session)  # the order itself; what is encoded


class Leftover(NamedTuple):
    """Words in a row: what kind of row it is, and what it is called. `uid` is that of the node whose text it is, "" for
    none; `model` and `pk` name the row to the program."""

    kind: str
    name: str
    uid: str
    model: str
    pk: object


def leftovers(words: str) -> Iterator[Leftover]:
    """Every row of every table that still has these words in a text, but for what an order blackens."""
    wanted, covered = Words(words), covered_fields()
    for model in apps.get_models():
        if model._meta.proxy or model in NOT_SEARCHED:
            continue
        names = [
            field.name
            for field in model._meta.local_fields
            if isinstance(field, TEXTS) and (model._meta.label, field.name) not in covered
        ]
        yield from _in_rows(model, names, wanted) if names else ()


def in_working_tree(words: str, uids: set[str]) -> list[Leftover]:
    """Those of these nodes in the working tree."""
    return [each for each in leftovers(words) if each.uid in uids]


def _in_rows(model: type[models.Model], names: list[str], words: Words) -> Iterator[Leftover]:
    for pk, *values in model._base_manager.order_by("pk").values_list("pk", *names).iterator(chunk_size=500):
        if any(
            words.counted(value, name if name == SLUG else "")
            for name, value in zip(names, values, strict=True)
        ):
            row = model._base_manager.get(pk=pk)
            uid = str(row.uid) if isinstance(row, Node) else ""
            yield Leftover(
                capfirst(str(model._meta.verbose_name)), str(row), uid, model._meta.label_lower, pk
            )
