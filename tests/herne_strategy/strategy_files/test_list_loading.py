"""A file's lists and its title page: what an editor changed stays, unless --overwrite takes the file."""

from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from council.papers import Paper
from goals.models import SDG
from measures.models import Department, District
from strategy.editions.models import PublicState, Strategy
from strategy.tree.models import Node
from tests.herne_strategy.strategy_files.lists_file import LISTS, left

pytestmark = pytest.mark.django_db

HERNE = settings.BASE_DIR / "fixtures" / "herne.yaml"


def rename_everything() -> None:
    Strategy.objects.update(title="Vom Rathaus", edition_title="Zweite Fassung")
    Paper.objects.update(name="Anders")
    SDG.objects.update(title="Anders", colour="#000000")
    District.objects.update(name="Wanne-Eickel")
    Department.objects.update(name="Umwelt und Klima")


def names() -> list[str]:
    page = Strategy.objects.get()
    rows = [Paper.objects.get().name, SDG.objects.get().title, District.objects.get().name]
    return [page.title, page.edition_title, *rows, Department.objects.get().name]


FROM_THE_FILE = ["Strategie", "Erste Fassung", "Vorlage", "Bildung", "Wanne", "Umwelt"]
FROM_THE_EDITORS = [
    "Vom Rathaus",
    "Zweite Fassung",
    "Anders",
    "Anders",
    "Wanne-Eickel",
    "Umwelt und Klima",
]


def test_unchanged_file_changes_nothing_and_reports_nothing(load_lists):
    first = load_lists(LISTS)
    second = load_lists(LISTS)

    assert first == (
        [
            "SDG „4“: neu",
            "Stadtbezirk „wanne“: neu",
            "Gremium „rat“: neu",
            "Vorlage „2021/0734“: neu",
            "Fachbereich „umwelt“: neu",
            "Titelblatt: neu",
            "Knoten: 0 neu, 0 geändert, 0 unverändert.",
        ],
        [],
    )
    assert second == (["Knoten: 0 neu, 0 geändert, 0 unverändert."], [])


def test_rows_that_an_editor_changed_are_reported_with_their_lines_and_left_alone(load_lists):
    load_lists(LISTS)
    rename_everything()
    revision = PublicState.objects.get().revision

    printed, sentences = load_lists(LISTS)

    assert printed == ["Knoten: 0 neu, 0 geändert, 0 unverändert."]
    assert sentences == [
        left(2, "Titelblatt", "title", "es"),
        left(3, "Nächste Fassung", "title", "sie"),
        left(5, "Vorlage „2021/0734“", "name", "sie"),
        left(9, "SDG „4“", "title, colour", "es"),
        left(11, "Stadtbezirk „wanne“", "name"),
        left(13, "Fachbereich „umwelt“", "name"),
    ]
    assert names() == FROM_THE_EDITORS
    assert PublicState.objects.get().revision == revision


def test_overwrite_takes_the_file(load_lists):
    load_lists(LISTS)
    rename_everything()

    printed, sentences = load_lists(LISTS, "--overwrite")

    assert sentences == []
    assert printed == [
        "SDG „4“: geändert (title, colour)",
        "Stadtbezirk „wanne“: geändert (name)",
        "Vorlage „2021/0734“: geändert (name)",
        "Fachbereich „umwelt“: geändert (name)",
        "Titelblatt: geändert (title)",
        "Nächste Fassung: geändert (title)",
        "Knoten: 0 neu, 0 geändert, 0 unverändert.",
    ]
    assert names() == FROM_THE_FILE
    assert load_lists(LISTS) == (["Knoten: 0 neu, 0 geändert, 0 unverändert."], [])


def test_overwrite_on_trial_writes_nothing(load_lists):
    load_lists(LISTS)
    rename_everything()

    load_lists(LISTS, "--overwrite", "--dry-run")

    assert names() == FROM_THE_EDITORS


def test_all_else_is_loaded_beside_what_is_left_alone(load_lists):
    load_lists(LISTS)
    Department.objects.update(name="Umwelt und Klima")
    new = "  - {key: bauen, name: Bauen}\n  - {key: neu, name: Neu}\n"
    theme = "  - {kind: theme, uid: 33f30e70-e47c-56f4-a95b-f315f9599919, title: Klima}\n"
    text = LISTS.replace("nodes: []\n", f"{new}nodes:\n{theme}")

    printed, sentences = load_lists(text)

    assert printed == [
        "Fachbereich „bauen“: neu",
        "Fachbereich „neu“: neu",
        "Knoten: 1 neu, 0 geändert, 0 unverändert.",
    ]
    assert sentences == [left(13, "Fachbereich „umwelt“", "name")]
    assert {each.name for each in Department.objects.all()} == {"Umwelt und Klima", "Bauen", "Neu"}
    assert Node.objects.get().title == "Klima"


def test_changed_file_does_not_change_a_row_either(load_lists):
    load_lists(LISTS)

    _printed, sentences = load_lists(LISTS.replace("name: Umwelt,", "name: Klima,"))

    assert sentences == [left(13, "Fachbereich „umwelt“", "name")]
    assert Department.objects.get().name == "Umwelt"


def test_what_the_file_leaves_out_is_no_difference(load_lists):
    load_lists(LISTS)
    Department.objects.update(valid_from="2026-01-01")
    Paper.objects.update(proviso="Unter Vorbehalt.")

    assert load_lists(LISTS) == (["Knoten: 0 neu, 0 geändert, 0 unverändert."], [])


def test_empty_values_of_the_title_page_take_those_of_the_file(load_lists):
    Strategy(city="Herne", title="Strategie").save()

    printed, sentences = load_lists(LISTS)

    page = Strategy.objects.get()
    assert sentences == []
    assert printed[-3:-1] == [
        "Titelblatt: geändert (subtitle)",
        "Nächste Fassung: geändert (title, slug, remark)",
    ]
    assert (page.subtitle, page.edition_slug, page.edition_title, page.edition_remark) == (
        "Leitlinien",
        "erste",
        "Erste Fassung",
        "Aus der Datei.",
    )


def test_next_edition_of_an_editor_is_not_mixed_with_that_of_the_file(load_lists):
    load_lists(LISTS)
    Strategy.objects.update(edition_slug="zweite", edition_title="Zweite Fassung", edition_remark="")

    _printed, sentences = load_lists(LISTS)

    page = Strategy.objects.get()
    assert sentences == [left(3, "Nächste Fassung", "title, slug, remark", "sie")]
    assert (page.edition_slug, page.edition_title, page.edition_remark) == ("zweite", "Zweite Fassung", "")


def test_successor_that_an_editor_chose_stays(load_lists):
    chain = "  - {key: alt, name: Alt, successor: neu}\n  - {key: neu, name: Neu}\n"
    text = LISTS.replace("nodes: []\n", f"{chain}nodes: []\n")
    load_lists(text)
    created = Department.objects.get(key="alt").successor.key
    Department.objects.filter(key="alt").update(successor=Department.objects.get(key="umwelt"))

    _printed, sentences = load_lists(text)
    kept = Department.objects.get(key="alt").successor.key
    load_lists(text, "--overwrite")

    assert sentences == [left(14, "Fachbereich „alt“", "successor")]
    assert (created, kept) == ("neu", "umwelt")
    assert Department.objects.get(key="alt").successor.key == "neu"


def test_departments_are_created_whatever_the_order_of_their_successors(load_lists):
    rows = "".join(
        f"  - {{key: {key}, name: {key.title()}{rest}}}\n"
        for key, rest in [
            ("a", ", successor: b"),
            ("c", ""),
            ("b", ", successor: c"),
            ("d", ", successor: b"),
        ]
    )

    load_lists(LISTS.replace("nodes: []\n", f"{rows}nodes: []\n"))

    assert dict(Department.objects.values_list("key", "successor__key")) == {
        "umwelt": None,
        "a": "b",
        "b": "c",
        "c": None,
        "d": "b",
    }


def test_unchanged_file_of_herne_leaves_every_row_of_the_editors_alone() -> None:
    call_command("load_strategy", str(HERNE), stdout=StringIO())
    Strategy.objects.update(title="Vom Rathaus")
    Department.objects.update(name="Fachbereich Klima")
    Paper.objects.update(name="Anders")
    SDG.objects.filter(number=17).update(title="Anders")
    District.objects.filter(key="wanne").update(name="Wanne-Eickel")

    with pytest.raises(CommandError) as caught:
        call_command("load_strategy", str(HERNE), stdout=StringIO())

    starts = [sentence.split(": ", 1)[1].split(" ist in")[0] for sentence in str(caught.value).splitlines()]
    assert starts == [
        "Titelblatt",
        "Vorlage „2021/0734“",
        "SDG „17“",
        "Stadtbezirk „wanne“",
        "Fachbereich „umwelt-stadtplanung“",
    ]
    assert Department.objects.get().name == "Fachbereich Klima"
    assert District.objects.get(key="wanne").name == "Wanne-Eickel"
    assert (Strategy.objects.get().title, Paper.objects.get().name) == ("Vom Rathaus", "Anders")
