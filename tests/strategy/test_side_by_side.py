"""Two versions of a field side by side."""

import pytest

from strategy.content import fields_of
from strategy.fields import Choice, Field, Lines, Number, Reference, References, Text, YesNo
from strategy.side_by_side import field_views

FIELDS = {field.name: field for field in fields_of("measure")}


def views(name: str, old, new) -> tuple[str, str]:
    (view,) = field_views([FIELDS[name]], {name: old}, {name: new})
    return str(view.old), str(view.new)


def sdg(number: int) -> dict:
    return {"key": number, "name": f"{number} Ziel"}


def test_words_that_differ_are_marked():
    old, new = views("text", "Ein Garten.", "Zwei Gärten.")

    assert (old, new) == ("<del>Ein Garten</del>.", "<ins>Zwei Gärten</ins>.")


def test_lists_are_compared_entry_by_entry():
    assert views("sdgs", [sdg(4), sdg(11)], [sdg(4), sdg(13)]) == (
        "4 Ziel<br><del>11 Ziel</del>",
        "4 Ziel<br><ins>13 Ziel</ins>",
    )
    assert views("partners", ["Verein A", "Verein B"], ["Verein B"])[0] == "<del>Verein A</del><br>Verein B"


def test_empty_side_says_so():
    assert views("text", "", "Neu.") == ('<span class="quiet">(leer)</span>', "<ins>Neu.</ins>")


def test_values_are_shown_as_text():
    assert views("text", "<script>", "") == (
        "<del>&lt;script&gt;</del>",
        '<span class="quiet">(leer)</span>',
    )
    assert views("text", "", "eins\nzwei")[1] == "<ins>eins<br>zwei</ins>"


VALUES = {
    Field: "x",
    Text: "x",
    Lines: ["x"],
    Number: 2026,
    YesNo: True,
    Choice: {"key": "x", "name": "x"},
    Reference: {"key": "x", "name": "x"},
    References: [{"key": "x", "name": "x"}],
}


@pytest.mark.parametrize("name", FIELDS)
def test_value_that_one_side_lacks_is_empty_there(name: str):
    old, new = views(name, None, VALUES[type(FIELDS[name])])

    assert old == '<span class="quiet">(leer)</span>'
    assert new.startswith("<ins>")
