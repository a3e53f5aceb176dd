"""What YAML a strategy file may hold, and the sentence for all that is none."""

from datetime import date
from decimal import Decimal

import pytest

from herne_strategy.strategy_files.strategy_file import read_strategy_file
from herne_strategy.strategy_files.strategy_yaml import FileError, FileFindings, read_yaml
from tests.herne_strategy.strategy_files.goal_file import GOAL, refused

pytestmark = pytest.mark.django_db


def test_yaml_values_keep_every_digit_and_no_surprise():
    located = read_yaml(
        "{decimal: 12345678901234.5678, no: no, zeros: 007, day: 2021-10-05, time: '12:30', clock: 12:30}",
        FileFindings("x.yaml"),
    )

    assert located.plain() == {
        "decimal": Decimal("12345678901234.5678"),
        "no": "no",
        "zeros": 7,
        "day": date(2021, 10, 5),
        "time": "12:30",
        "clock": "12:30",
    }


def test_duplicate_key_names_both_lines(tmp_path):
    assert refused(tmp_path, GOAL + "            title: Nochmals\n") == [
        "strategie.yaml, Zeile 14: Der Schlüssel „title“ steht schon in Zeile 13."
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
        (
            'a: "Lebens" Lernen\n',
            "strategie.yaml, Zeile 1: Spalte 13: Das ist kein gültiges YAML. Die Einrückung passt nicht zu den Zeilen "
            "davor, oder hinter dem Anführungszeichen folgt noch Text.",
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
    assert found[1].endswith(": Das ist ein Ordner, keine Datei.")
    assert found[2] == "latin.yaml, Zeile 2: Die Datei ist nicht in UTF-8 gespeichert."
