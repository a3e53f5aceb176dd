"""A level more than the strategy has: steps below measures, with neither table nor migration."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from strategy.document.shapes import SHAPES, Shape
from strategy.editions.edition_json import edition_json
from strategy.tree import kinds, levels
from strategy.tree.fields import Field, Number
from strategy.tree.kinds import Kind
from strategy.tree.levels import Level, PrintStyle
from strategy.tree.models import Node
from tests.printing.sample import small_strategy

STEP = "step"
WITH_PAGE = Shape("teilschritte", parts=5)
WITHOUT_PAGE = Shape(parts=5)


@contextmanager
def registered(shape: Shape) -> Iterator[None]:
    """The program with this level. All that names the kinds of levels is added to here, and nowhere else."""
    with pytest.MonkeyPatch.context() as patch:
        kind = _add_kind(patch, STEP, "Teilschritt")
        patch.setitem(kinds.DEPTHS, kind, (5, 6))
        patch.setitem(kinds._LETTERS, kind, "x")
        patch.setitem(kinds._CHILDREN, kind, re.compile(""))
        patch.setitem(kinds._CHILDREN, Kind.MEASURE, re.compile("x*"))
        patch.setattr(levels, "_levels", dict(levels._levels))
        patch.setitem(SHAPES, STEP, shape)
        fields = (Field("tool", "Werkzeug"), Number("hours", "Aufwand", unit="Stunden"))
        levels.register(
            Level(kind, Node, "Teilschritte", fields, shape=shape, paper=PrintStyle("teilschritt"))
        )
        yield


def _add_kind(patch: pytest.MonkeyPatch, value: str, label: str) -> Kind:
    """A member more of the enumeration, until the patch ends."""
    member: Any = str.__new__(Kind, value)
    member._name_, member._value_, member._label_ = value.upper(), value, label
    patch.setitem(Kind._member_map_, member._name_, member)
    patch.setitem(Kind._value2member_map_, value, member)
    patch.setattr(Kind, "_member_names_", [*Kind._member_names_, member._name_])
    return member


def strategy_with_steps(parent: str = "Kurse") -> dict[str, Any]:
    """The small strategy, a node of which has two steps below it."""
    data = small_strategy()
    nodes = data["nodes"]
    place = next(number for number, node in enumerate(nodes) if node["title"] == parent)
    steps = [
        _step(90, nodes[place]["uid"], "Anmeldung öffnen", tool="Formular", hours=17),
        _step(91, nodes[place]["uid"], "Räume suchen", tool="Karte", hours=23),
    ]
    return edition_json(data["meta"], [*nodes[: place + 1], *steps, *nodes[place + 1 :]])


def _step(number: int, parent: str, title: str, **values: Any) -> dict[str, Any]:
    return {
        "uid": f"00000000-0000-4000-8000-{number:012}",
        "parent": parent,
        "kind": STEP,
        "title": title,
        "slug": title.split(maxsplit=1)[0].lower().replace("ä", "ae"),
        "text": f"So geht **{title}**.",
        "easy_text": "",
        "is_sample": False,
        "values": values,
    }
