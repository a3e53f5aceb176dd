"""What a single value of a strategy file may be, and the sentence for every other one."""

import pytest

from tests.herne_strategy.strategy_files.goal_file import GOAL, T1, measure, read, refused

pytestmark = pytest.mark.django_db


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
        "strategie.yaml, Zeile 13: title: Zeile 1, Zeichen 7: Das Zeichen „\U0001f600“ (U+1F600) ist "
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
