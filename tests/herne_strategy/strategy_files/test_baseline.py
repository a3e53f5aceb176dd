"""Nodes that an older program loaded, once the program has a field more: nobody has edited them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from django.core.management import CommandError

from herne_strategy.strategy_files import baseline
from measures.models import Measure
from strategy.document.data import canonical_json, digest_of
from strategy.editions import working_tree
from strategy.tree import levels
from strategy.tree.kinds import Kind
from strategy.tree.models import Node
from tests.herne_strategy.strategy_files.tree_file import TREE, counts, uid

pytestmark = pytest.mark.django_db
FIRST_DIGEST = "91c47f1b83fa653cf6d90839925b7a6b97a0f30537b158d1e4f072be384c1c8a"
NEWER = "funding"  # the field of measures that the older program lacks


@contextmanager
def older_program() -> Iterator[None]:
    """A program whose measures have no such field."""
    level = levels.level_of(Kind.MEASURE)
    fields = tuple(field for field in level.fields if field.name != NEWER)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(levels._levels, Kind.MEASURE, replace(level, fields=fields))
        yield


@pytest.fixture
def older_digests(monkeypatch: pytest.MonkeyPatch, load: Any) -> None:
    """The tree, with digests as the first programs made them: over all fields of then."""
    first = baseline.FIRST_FIELDS["measure"] - {NEWER}
    monkeypatch.setattr(baseline, "FIRST_FIELDS", {**baseline.FIRST_FIELDS, "measure": first})
    load(TREE)
    for row in working_tree.rows():
        statement = baseline.of_row(row)
        names = baseline.FIRST_FIELDS.get(row["kind"], ())
        said = {**statement, "slug": "" if statement["slug"] != "ziel-a" else "ziel-a"}
        said["values"] = {name: said["values"][name] for name in names}
        Node.objects.filter(uid=row["uid"]).update(loaded_digest=digest_of(canonical_json(said)))


def set_measure(**values: Any) -> None:
    measure = Measure.objects.get(uid=uid(5))
    for name, value in values.items():
        setattr(measure, name, value)
    measure.save()


def test_first_fields_are_those_that_there_were():
    # Written down once more: digests in the databases of then are over exactly these.
    assert {kind: len(names) for kind, names in baseline.FIRST_FIELDS.items()} == {
        "theme": 3,
        "strategic_goal": 5,
        "operational_goal": 9,
        "measure": 17,
    }


def test_kept_digest_of_the_first_programs_still_counts():
    statement = {
        "kind": "theme",
        "parent": None,
        "title": "Energie",
        "slug": "",
        "text": "",
        "easy_text": "",
        "values": {"colour": "#0B4F7D", "icon": None, "origin": None},
    }
    loaded = "c0ffee"

    assert baseline.is_untouched(statement, loaded, is_slug_given=True) is False
    assert baseline.is_untouched(statement, FIRST_DIGEST, is_slug_given=True) is True


def test_node_of_the_first_programs_is_untouched_though_the_program_has_a_field_more(load, older_digests):
    assert counts(load(TREE, "--dry-run")) == "Knoten: 0 neu, 0 geändert, 7 unverändert."

    text = TREE.replace("start_year: 2025", "start_year: 2026")

    assert counts(load(text)) == "Knoten: 0 neu, 1 geändert, 6 unverändert."
    assert Measure.objects.get(uid=uid(5)).start_year == 2026


def test_node_of_an_older_program_is_untouched_and_takes_the_new_field_from_the_file(load):
    with older_program():
        load(TREE)

    printed = load(TREE.replace("start_year: 2025", "start_year: 2025, funding: Haushalt"))

    assert counts(printed) == "Knoten: 0 neu, 1 geändert, 6 unverändert."
    assert Measure.objects.get(uid=uid(5)).funding == "Haushalt"


@pytest.mark.parametrize("edited", [{"start_year": 2027}, {"funding": "Spende"}])
def test_node_of_the_first_programs_that_an_editor_changed_is_reported(load, older_digests, edited):
    set_measure(**edited)

    with pytest.raises(CommandError, match=f"abweichend: {next(iter(edited))}"):
        load(TREE)

    measure = Measure.objects.get(uid=uid(5))
    assert {name: getattr(measure, name) for name in edited} == edited


@pytest.mark.parametrize("edited", [{"start_year": 2027}, {"funding": "Spende"}])
def test_node_of_an_older_program_that_an_editor_changed_is_reported(load, edited):
    with older_program():
        load(TREE)
    set_measure(**edited)

    with pytest.raises(CommandError, match=f"abweichend: {next(iter(edited))}"):
        load(TREE)


def test_node_that_no_file_loaded_is_never_taken_for_untouched(load, older_digests):
    set_measure(funding="Spende", loaded_digest="")

    with pytest.raises(CommandError, match="abweichend: funding"):
        load(TREE)
