"""What a strategy file says of its nodes and lists: keys, references, and all errors at once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from measures.models import Department, District
from strategy.tree.kinds import Kind
from tests.herne_strategy.strategy_files.goal_file import G1, GOAL, M1, S1, T1, T2, measure, read, refused
from themes.models import Theme

pytestmark = pytest.mark.django_db


def test_nodes_become_frozen_values_with_their_lines(tmp_path):
    file = read(tmp_path, GOAL)

    goal = file.nodes[0].children[0].children[0]
    assert (goal.kind, goal.uid, goal.parent, goal.title, goal.line) == (
        Kind.STRATEGIC_GOAL,
        S1,
        G1,
        "Klimaneutral werden",
        11,
    )
    assert goal.values == {"horizon": None, "assignment_confirmed": True, "assignment_note": ""}
    assert goal.references == {"sdgs": (), "also_serves": ()}
    with pytest.raises(AttributeError):
        goal.title = "anders"


def test_fields_of_a_level_are_parsed(tmp_path):
    Department.objects.create(key="umwelt", name="Umwelt")
    District.objects.create(key="wanne", name="Wanne")

    file = read(
        tmp_path,
        measure(
            "lead: umwelt\ndistricts: [wanne]\npartners: [Stadtwerke, Schulen]\nstart_year: 2025\n"
            "participation: none\nparticipation_note: Dafür ist keine Zeit.\ncost_once: 120000"
        ),
    )

    node = list(file.nodes[0].walk())[-1]
    assert node.references == {"lead": ("umwelt",), "districts": ("wanne",), "sdgs": ()}
    assert node.plain["partners"] == ["Stadtwerke", "Schulen"]
    assert (node.values["start_year"], node.values["cost_once"]) == (2025, 120000)
    assert node.plain["participation"] == "none"
    assert "decision" not in node.plain


def test_unknown_key_suggests_the_closest(tmp_path):
    assert refused(tmp_path, GOAL + "            horizonn: 2030\n") == [
        "strategie.yaml, Zeile 14: Knoten „Klimaneutral werden“: Den Schlüssel „horizonn“ gibt es hier nicht; "
        "meinten Sie „horizon“?"
    ]


def test_key_of_another_level_is_refused(tmp_path):
    (message,) = refused(tmp_path, GOAL + "            lead: umwelt\n")

    assert "Zeile 14" in message
    assert "Den Schlüssel „lead“ gibt es hier nicht" in message


@pytest.mark.parametrize("name", ["kind", "uid", "title"])
def test_missing_key_is_named(tmp_path, name):
    lines = [line for line in GOAL.splitlines(keepends=True) if not line.strip("- \n").startswith(f"{name}:")]
    lines.insert(
        2, f"  - {{{', '.join(f'{key}: {value}' for key, value in _theme().items() if key != name)}}}\n"
    )

    messages = refused(tmp_path, "".join(lines[:3]))

    assert len(messages) == 1
    assert messages[0].endswith(f"Der Schlüssel „{name}“ fehlt.")
    assert messages[0].startswith("strategie.yaml, Zeile 3: ")


def _theme() -> dict[str, str]:
    return {"kind": "theme", "uid": T1, "title": "Energie"}


def test_duplicate_uid_and_slug_name_both_lines(tmp_path):
    text = f"""\
format: 1
nodes:
  - {{kind: theme, uid: {T1}, title: Energie, slug: energie}}
  - {{kind: theme, uid: {T1}, title: Wasser}}
  - {{kind: theme, uid: {T2}, title: Luft, slug: energie}}
"""

    assert refused(tmp_path, text) == [
        f"strategie.yaml, Zeile 4: uid: „{T1}“ steht schon in Zeile 3.",
        "strategie.yaml, Zeile 5: slug: „energie“ steht schon in Zeile 3.",
    ]


@pytest.mark.parametrize(
    ("fields", "key"),
    [("lead: unbekannt", "unbekannt"), ("districts: [nirgends]", "nirgends"), ("sdgs: [18]", "18")],
)
def test_unknown_reference_is_refused(tmp_path, fields, key):
    (message,) = refused(tmp_path, measure(fields))

    assert message.startswith("strategie.yaml, Zeile 18: ")
    assert f"„{key}“ ist nicht bekannt" in message


@pytest.mark.parametrize("fields", ["sdgs: [null]", "districts: [[wanne]]", "lead: {key: umwelt}"])
def test_reference_that_is_no_key_is_refused(tmp_path, fields):
    (message,) = refused(tmp_path, measure(fields))

    assert message.startswith("strategie.yaml, Zeile 18: ")
    assert "Hier wird ein Schlüssel erwartet: ein Wort oder eine Zahl." in message


def test_references_may_name_what_the_file_defines_later(tmp_path):
    text = GOAL + f"            also_serves: [{T2}]\n  - {{kind: theme, uid: {T2}, title: Wasser}}\n"
    text += "departments:\n  - {key: umwelt, name: Umwelt}\n"

    file = read(tmp_path, text)

    assert list(file.nodes[0].walk())[-1].references["also_serves"] == (T2,)
    assert [row.values["key"] for row in file.departments] == ["umwelt"]


def test_a_goal_is_no_theme_to_refer_to(tmp_path):
    (message,) = refused(tmp_path, GOAL + f"            also_serves: [{S1}]\n")

    assert f"„{S1}“ ist nicht bekannt ({Theme._meta.verbose_name})" in message


def test_all_errors_come_at_once_sorted_by_line(tmp_path):
    text = GOAL.replace("format: 1", "format: 2").replace("kind: guideline", "kind: motto")
    text = text.replace("Energie\n    children", "Energie\n    colour: grün\n    children")

    messages = refused(tmp_path, text)

    assert [message.split(":")[0] for message in messages] == [
        "strategie.yaml, Zeile 1",
        "strategie.yaml, Zeile 6",
        "strategie.yaml, Zeile 8",
    ]


def test_rows_of_lists_are_checked(tmp_path):
    text = f"""\
sdgs:
  - {{number: 18, title: T, long_title: L, colour: "#000000", text_colour: white}}
  - {{number: 1, title: T, long_title: L, colour: rot, text_colour: gelb}}
districts:
  - {{key: wanne, name: Wanne}}
  - {{key: wanne, name: Nochmals}}
departments:
  - {{key: a, name: A, successor: b}}
  - {{key: b, name: B, successor: a}}
  - {{key: c, name: C, successor: fehlt}}
papers:
  - {{reference: "21/1", name: Vorlage}}
edition: {{title: Fassung, paper: 2020/0001}}
{GOAL}"""

    found = [message.removeprefix("strategie.yaml, ") for message in refused(tmp_path, text)]

    assert [message.split(":")[0] + ":" + message.split(":")[1] for message in found] == [
        "Zeile 2: number",
        "Zeile 3: colour",
        "Zeile 3: text_colour",
        "Zeile 6: Stadtbezirk",
        "Zeile 8: successor",
        "Zeile 9: successor",
        "Zeile 10: successor",
        "Zeile 12: reference",
        "Zeile 13: paper",
    ]


def test_queries_do_not_grow_with_the_nodes(tmp_path, django_assert_num_queries):
    one = f"              - {{kind: measure, uid: {M1}, title: A, participation: none, participation_note: Grund 0}}\n"
    more = "".join(
        one.replace(M1, f"{M1[:-2]}{number}").replace("Grund 0", f"Grund {number}")
        for number in range(10, 40)
    )
    text = f"{GOAL}            children:\n{one}"

    with CaptureQueriesContext(connection) as few:
        read(tmp_path, text)
    with django_assert_num_queries(len(few)):
        file = read(tmp_path, text + more)

    assert len(list(file.nodes[0].walk())) == 34
