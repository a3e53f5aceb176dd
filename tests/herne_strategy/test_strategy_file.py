"""What a strategy file may say, and the sentence for everything that it may not."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from herne_strategy.strategy_files.strategy_file import StrategyFile, read_strategy_file
from herne_strategy.strategy_files.strategy_yaml import FileError, Findings, read_yaml
from measures.models import Department, District
from strategy.kinds import Kind
from themes.models import Theme

pytestmark = pytest.mark.django_db

T1 = "11111111-1111-4111-8111-111111111111"
T2 = "22222222-2222-4222-8222-222222222222"
G1 = "33333333-3333-4333-8333-333333333333"
S1 = "44444444-4444-4444-8444-444444444444"
O1 = "55555555-5555-4555-8555-555555555555"
M1 = "66666666-6666-4666-8666-666666666666"

GOAL = f"""\
format: 1
nodes:
  - kind: theme
    uid: {T1}
    title: Energie
    children:
      - kind: guideline
        uid: {G1}
        title: Leitlinie Energie
        children:
          - kind: strategic_goal
            uid: {S1}
            title: Klimaneutral werden
"""


def read(tmp_path: Path, text: str) -> StrategyFile:
    path = tmp_path / "strategie.yaml"
    path.write_text(text, encoding="utf-8")
    return read_strategy_file(path)


def refused(tmp_path: Path, text: str) -> list[str]:
    with pytest.raises(FileError) as caught:
        read(tmp_path, text)
    return caught.value.messages


def measure(fields: str) -> str:
    """A file with one measure, whose own fields begin in line 17."""
    own = "".join(f"                {line}\n" for line in fields.splitlines())
    return (
        GOAL
        + f"            children:\n              - kind: measure\n                uid: {M1}\n"
        + f"                title: Solardach\n{own}"
    )


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


def test_yaml_values_keep_every_digit_and_no_surprise():
    located = read_yaml(
        "{decimal: 12345678901234.5678, no: no, zeros: 007, day: 2021-10-05, time: '12:30', clock: 12:30}",
        Findings("x.yaml"),
    )

    assert located.plain() == {
        "decimal": Decimal("12345678901234.5678"),
        "no": "no",
        "zeros": 7,
        "day": date(2021, 10, 5),
        "time": "12:30",
        "clock": "12:30",
    }


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


def test_wrong_level_names_level_and_parent(tmp_path):
    text = GOAL.replace("kind: strategic_goal", "kind: measure")

    assert refused(tmp_path, text) == [
        f"strategie.yaml, Zeile 11: „{Kind.MEASURE.label}“ kann nicht direkt unter „{Kind.GUIDELINE.label}“ stehen; "
        f"möglich ist dort: „{Kind.STRATEGIC_GOAL.label}“."
    ]


def test_level_at_the_root_is_refused(tmp_path):
    (message,) = refused(tmp_path, f"format: 1\nnodes:\n  - {{kind: measure, uid: {M1}, title: Solardach}}\n")

    assert message.startswith(
        f"strategie.yaml, Zeile 3: „{Kind.MEASURE.label}“ kann nicht direkt auf der obersten Ebene stehen"
    )


def test_second_guideline_is_refused(tmp_path):
    text = GOAL + f"      - {{kind: guideline, uid: {G1[:-1]}4, title: Noch eine}}\n"

    assert refused(tmp_path, text) == [
        f"strategie.yaml, Zeile 14: „{Kind.GUIDELINE.label}“ kann an dieser Stelle nicht stehen. "
        "Ein Themenfeld hat nur eine Leitlinie."
    ]


def test_measure_after_operational_goal_is_refused_and_before_it_accepted(tmp_path):
    goal = f"              - {{kind: operational_goal, uid: {O1}, title: Ausbau}}\n"
    direct = f"              - {{kind: measure, uid: {M1}, title: Solardach}}\n"

    accepted = read(tmp_path, f"{GOAL}            children:\n{direct}{goal}")
    (message,) = refused(tmp_path, f"{GOAL}            children:\n{goal}{direct}")

    assert [node.kind for node in accepted.nodes[0].walk()][-2:] == ["measure", "operational_goal"]
    assert message.endswith(
        "Maßnahmen direkt unter einem strategischen Ziel stehen vor dessen operativen Zielen."
    )
    assert "Zeile 16" in message


def test_chapter_between_themes_is_refused(tmp_path):
    nodes = [f"theme, uid: {T1}", f"chapter, uid: {M1}", f"theme, uid: {T2}"]
    text = "format: 1\nnodes:\n" + "".join(f"  - {{kind: {node}, title: Titel}}\n" for node in nodes)

    assert refused(tmp_path, text) == [
        f"strategie.yaml, Zeile 5: „{Kind.THEME.label}“ kann an dieser Stelle nicht stehen. "
        "Kapitel stehen vor oder nach den Themenfeldern, nicht dazwischen."
    ]


def test_duplicate_key_names_both_lines(tmp_path):
    assert refused(tmp_path, GOAL + "            title: Nochmals\n") == [
        "strategie.yaml, Zeile 14: Der Schlüssel „title“ steht schon in Zeile 13."
    ]


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
    "uid", ["abc", "11111111111141118111111111111111", T1.replace("1", "A"), "12", "[a]"]
)
def test_bad_uid_is_refused(tmp_path, uid):
    (message,) = refused(tmp_path, f"format: 1\nnodes:\n  - {{kind: theme, uid: {uid}, title: Energie}}\n")

    assert message.startswith("strategie.yaml, Zeile 3: uid: ")
    assert "ist keine gültige Kennung" in message


@pytest.mark.parametrize("day", ["2021-02-30", "05.10.2021", "2021", "true"])
def test_bad_date_is_refused(tmp_path, day):
    text = f"departments:\n  - key: umwelt\n    name: Umwelt\n    valid_from: {day}\n{GOAL}"

    (message,) = refused(tmp_path, text)

    assert message.startswith("strategie.yaml, Zeile 4: valid_from: ")
    assert message.endswith("ist kein Datum; schreiben Sie es wie 2021-10-05.")


def test_forbidden_character_is_named_with_the_line_of_its_value(tmp_path):
    (message,) = refused(tmp_path, GOAL.replace("Klimaneutral werden", "Klima \U0001f600"))

    assert message == (
        "strategie.yaml, Zeile 13: title: Zeile 1, Zeichen 7: Das Zeichen „\U0001f600“ (U+1F600, GRINNING FACE) ist "
        "nicht erlaubt, weil es im Druck nicht gesetzt werden kann. Bitte löschen oder ersetzen Sie das Zeichen."
    )


def test_title_may_have_300_characters_and_not_301(tmp_path):
    accepted = read(tmp_path, GOAL.replace("Klimaneutral werden", "x" * 300))
    (message,) = refused(tmp_path, GOAL.replace("Klimaneutral werden", "x" * 301))

    assert len(list(accepted.nodes[0].walk())[-1].title) == 300
    assert message.startswith(
        "strategie.yaml, Zeile 13: title: Der Text hat 301 Zeichen; erlaubt sind höchstens 300."
    )


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ("horizon: bald", "horizon: „bald“ ist keine ganze Zahl."),
        ("horizon: 2030.5", "horizon: „2030.5“ ist keine ganze Zahl."),
        ("assignment_confirmed: yes", "assignment_confirmed: „yes“ ist weder true noch false."),
        ("sdgs: 4", "sdgs: Hier wird eine Liste erwartet, zum Beispiel [4, 11]."),
        ("text: 2030", "text: Hier wird ein Text erwartet; setzen Sie den Wert in Anführungszeichen."),
        ("text: [a, b]", "text: Hier wird ein Text erwartet; setzen Sie den Wert in Anführungszeichen."),
    ],
)
def test_wrong_type_is_refused(tmp_path, fields, sentence):
    assert refused(tmp_path, GOAL + f"            {fields}\n") == [f"strategie.yaml, Zeile 14: {sentence}"]


@pytest.mark.parametrize(
    ("fields", "key"),
    [("lead: unbekannt", "unbekannt"), ("districts: [nirgends]", "nirgends"), ("sdgs: [18]", "18")],
)
def test_unknown_reference_is_refused(tmp_path, fields, key):
    (message,) = refused(tmp_path, measure(fields))

    assert message.startswith("strategie.yaml, Zeile 18: ")
    assert f"„{key}“ ist nicht bekannt" in message


def test_references_may_name_what_the_file_defines_later(tmp_path):
    text = GOAL + f"            also_serves: [{T2}]\n  - {{kind: theme, uid: {T2}, title: Wasser}}\n"
    text += "departments:\n  - {key: umwelt, name: Umwelt}\n"

    file = read(tmp_path, text)

    assert list(file.nodes[0].walk())[-1].references["also_serves"] == (T2,)
    assert [row.values["key"] for row in file.departments] == ["umwelt"]


def test_a_goal_is_no_theme_to_refer_to(tmp_path):
    (message,) = refused(tmp_path, GOAL + f"            also_serves: [{S1}]\n")

    assert f"„{S1}“ ist nicht bekannt ({Theme._meta.verbose_name})" in message


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        ("start_year: 2027\nend_year: 2026", 19),
        ("is_ongoing: true\nend_year: 2026", 19),
        ("participation: none", 18),
    ],
)
def test_what_the_model_refuses_is_refused_in_its_line(tmp_path, fields, line):
    messages = refused(tmp_path, measure(fields))

    assert len(messages) == 1
    assert messages[0].startswith(f"strategie.yaml, Zeile {line}: „Solardach“: ")


def test_field_that_does_not_fit_is_reported_once(tmp_path):
    assert refused(tmp_path, measure("participation: none\nparticipation_note: 12")) == [
        "strategie.yaml, Zeile 19: participation_note: Hier wird ein Text erwartet; setzen Sie den Wert in "
        "Anführungszeichen."
    ]


def test_period_of_one_year_is_accepted(tmp_path):
    file = read(tmp_path, measure("start_year: 2027\nend_year: 2027"))

    assert list(file.nodes[0].walk())[-1].values["end_year"] == 2027


def test_all_errors_come_at_once_sorted_by_line(tmp_path):
    text = GOAL.replace("format: 1", "format: 2").replace("kind: guideline", "kind: motto")
    text = text.replace("Energie\n    children", "Energie\n    colour: grün\n    children")

    messages = refused(tmp_path, text)

    assert [message.split(":")[0] for message in messages] == [
        "strategie.yaml, Zeile 1",
        "strategie.yaml, Zeile 6",
        "strategie.yaml, Zeile 8",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "strategie.yaml: Die Datei ist leer."),
        (" \n\n", "strategie.yaml: Die Datei ist leer."),
        ("- a\n- b\n", "strategie.yaml, Zeile 1: Oben in der Datei stehen Schlüssel; möglich ist: format,"),
        ("nur Text", "strategie.yaml, Zeile 1: Oben in der Datei stehen Schlüssel; möglich ist: format,"),
        ("format: 1\n", "strategie.yaml, Zeile 1: Datei: Der Schlüssel „nodes“ fehlt."),
        ("nodes: []\n", "strategie.yaml, Zeile 1: Datei: Der Schlüssel „format“ fehlt."),
        ("format: 1\nnodes: x\n", "strategie.yaml, Zeile 2: nodes: Hier wird eine Liste erwartet"),
        ("format: 1\nnodes: [x]\n", "strategie.yaml, Zeile 2: Knoten „ohne Titel“: Hier werden Schlüssel"),
        ("format: true\nnodes: []\n", "strategie.yaml, Zeile 1: format: „True“ kennt dieses Programm nicht"),
        (
            "format: 1\nnodes: []\n---\nformat: 1\n",
            "strategie.yaml, Zeile 3: Hier beginnt ein zweites Dokument",
        ),
        ("a: &x [1]\nb: *x\n", "strategie.yaml, Zeile 1: Anker (&) und Verweise (*) sind nicht erlaubt"),
        ("format: !!int 1\nnodes: []\n", "strategie.yaml, Zeile 1: YAML-Typangaben (!) sind nicht erlaubt"),
        ("nodes: !!python/object:os.system {}\n", "strategie.yaml, Zeile 1: YAML-Typangaben (!)"),
        ("x: " + "[" * 200 + "]" * 200, "strategie.yaml, Zeile 1: Die Datei ist tiefer als 30 Ebenen"),
        (
            "format: 1\nnodes:\n\t- a\n",
            "strategie.yaml, Zeile 3: Spalte 1: Das ist kein gültiges YAML. Einrückungen",
        ),
        (
            "a: b: c\n",
            "strategie.yaml, Zeile 1: Spalte 5: Das ist kein gültiges YAML. Hier kann kein Doppelpunkt",
        ),
        (
            "a: 'offen\n",
            "strategie.yaml, Zeile 2: Spalte 1: Das ist kein gültiges YAML. Ein Anführungszeichen",
        ),
        ("a: [1, 2\nb: 3\n", "strategie.yaml, Zeile 2: Spalte 2: Das ist kein gültiges YAML. Eine Klammer"),
        (
            "a:\n  - b\n c: d\n",
            "strategie.yaml, Zeile 3: Spalte 2: Das ist kein gültiges YAML. Die Einrückung",
        ),
        ("a: \x07\n", "strategie.yaml, Zeile 1: Das Zeichen U+0007 ist in einer Textdatei nicht erlaubt."),
        ("? [a]\n: b\n", "strategie.yaml, Zeile 1: Ein Schlüssel ist hier ein einzelnes Wort."),
    ],
)
def test_what_is_no_strategy_file_is_refused(tmp_path, text, message):
    assert any(found.startswith(message) for found in refused(tmp_path, text))


def test_missing_file_folder_and_other_encoding_are_refused(tmp_path):
    latin = tmp_path / "latin.yaml"
    latin.write_bytes("format: 1\nnodes: [ä]\n".encode("latin-1"))

    found = []
    for path in (tmp_path / "fehlt.yaml", tmp_path, latin):
        with pytest.raises(FileError) as caught:
            read_strategy_file(path)
        found += caught.value.messages

    assert found[0] == "fehlt.yaml: Diese Datei gibt es nicht."
    assert "Die Datei lässt sich nicht lesen" in found[1]
    assert found[2] == "latin.yaml, Zeile 2: Die Datei ist nicht in UTF-8 gespeichert."


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
