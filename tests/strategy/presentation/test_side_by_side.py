"""Two versions of a field side by side."""

import re

import pytest

from strategy.presentation.side_by_side import field_views, read_view
from strategy.tree.content import fields_of
from strategy.tree.fields import Choice, Field, Lines, Number, Text, YesNo
from strategy.tree.reference_fields import Reference, References

FIELDS = {field.name: field for field in fields_of("measure")}


HIDDEN = re.compile(r'<span class="visually-hidden">(.*?)</span>')
EMPTY = '<span class="quiet">(leer)</span>'


def spoken(name: str, old, new) -> tuple[str, str]:
    """Both sides as they are; what only those hear who do not see the page in brackets."""
    (view,) = field_views([FIELDS[name]], {name: old}, {name: new})
    return HIDDEN.sub(r"[\1]", view.old), HIDDEN.sub(r"[\1]", view.new)


def views(name: str, old, new) -> tuple[str, str]:
    """Both sides as they are seen."""
    (view,) = field_views([FIELDS[name]], {name: old}, {name: new})
    return HIDDEN.sub("", view.old), HIDDEN.sub("", view.new)


def sdg(number: int) -> dict:
    return {"key": number, "name": f"Ziel {number}"}


def test_words_that_differ_are_marked():
    old, new = views("text", "Ein Garten.", "Zwei Gärten.")

    assert (old, new) == ("<del>Ein Garten</del>.", "<ins>Zwei Gärten</ins>.")


def test_mark_amid_a_text_is_said_from_where_to_where():
    assert spoken("text", "Ein Garten.", "Zwei Gärten.") == (
        "[entfällt: ]<del>Ein Garten</del>[ (Ende des Entfallenen)].",
        "[neu: ]<ins>Zwei Gärten</ins>[ (Ende des Neuen)].",
    )


def test_mark_of_all_that_a_field_says_needs_no_words():
    assert spoken("text", "", "Neu.") == (EMPTY, "<ins>Neu.</ins>")
    assert spoken("start_year", 2026, 2027) == ("<del>2026</del>", "<ins>2027</ins>")


def read(old: str, new: str) -> tuple[str, str]:
    """Both sides of a text as a reader sees them."""
    view = read_view(FIELDS["text"].declared, [old], [new])
    return HIDDEN.sub("", view.old), HIDDEN.sub("", view.new)


def test_reader_sees_words_without_the_marks_of_markdown():
    assert read("Ein **Garten**.", "- Ein **Garten**\n- ein Weg") == (
        "Ein Garten<del>.</del>",
        "<ins>• </ins>Ein Garten<ins><br>• ein Weg</ins>",
    )
    assert read("", "Ein *Weg*.") == (EMPTY, "<ins>Ein Weg.</ins>")


def test_reader_sees_the_marks_where_nothing_else_differs():
    assert read("Ein Garten.", "Ein **Garten**.") == ("Ein Garten.", "Ein <ins>**</ins>Garten<ins>**</ins>.")


def test_reader_sees_an_address_where_it_differs():
    first, second = "[Plan](https://a.example/) alt", "[Plan](https://b.example/) neu"

    assert read(first, first.replace("alt", "neu")) == ("Plan <del>alt</del>", "Plan <ins>neu</ins>")
    assert "https://<del>a</del>.example/" in read(first, second)[0]
    assert "https://<ins>b</ins>.example/" in read(first, second)[1]
    assert read("", first) == (EMPTY, "<ins>Plan alt</ins>")


def test_goals_of_the_agenda_are_compared_one_by_one_with_their_numbers():
    assert views("sdgs", [sdg(4), sdg(11)], [sdg(4), sdg(13)]) == (
        "SDG\xa04 Ziel 4<br><del>SDG\xa011 Ziel 11</del>",
        "SDG\xa04 Ziel 4<br><ins>SDG\xa013 Ziel 13</ins>",
    )
    assert spoken("sdgs", [sdg(4)], [sdg(4), sdg(13)]) == (
        "SDG\xa04 Ziel 4",
        "SDG\xa04 Ziel 4<br>[neu: ]<ins>SDG\xa013 Ziel 13</ins>",
    )


def test_lists_are_compared_entry_by_entry():
    assert views("partners", ["Verein A", "Verein B"], ["Verein B"])[0] == "<del>Verein A</del><br>Verein B"


def test_empty_side_says_so():
    assert views("text", "", "Neu.") == (EMPTY, "<ins>Neu.</ins>")


def test_values_are_shown_as_text():
    assert views("text", "<script>", "") == ("<del>&lt;script&gt;</del>", EMPTY)
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

    assert old == EMPTY
    assert new.startswith("<ins>")


def test_entry_that_changed_its_place_is_marked_and_not_the_numbers_of_all():
    assert read("1. A\n2. B\n3. C", "1. C\n2. A\n3. B") == (
        "1. A<br>2. B<del><br>3. C</del>",
        "<ins>1. C<br></ins>2. A<br>3. B",
    )


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("5. Mai", "6. Mai", ("<del>5</del>. Mai", "<ins>6</ins>. Mai")),
        (
            "1. A\n2. B",
            "5. A\n6. B",  # no list: it does not begin with 1
            ("<del>1. </del>A<br><del>2. </del>B", "<ins>5. </ins>A<br><ins>6. </ins>B"),
        ),
    ],
)
def test_number_that_somebody_wrote_is_compared(old: str, new: str, expected: tuple[str, str]):
    assert read(old, new) == expected
