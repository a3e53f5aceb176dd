"""The kinds of field: how each is read from a node, parsed from a file, shown in words."""

from decimal import Decimal
from types import SimpleNamespace

import pytest

from goals.models import SDG, OperationalGoal, StrategicGoal
from measures.models import Department, District, Measure
from strategy.tree.fields import (
    Choice,
    DecimalNumber,
    Derived,
    Field,
    FieldError,
    Lines,
    Number,
    Snapshot,
    Text,
    YesNo,
    plain_values,
)
from strategy.tree.reference_fields import Reference, References
from themes.models import Theme


def name(row: object) -> str:
    return row.name  # type: ignore[attr-defined]


LINE = Field("target_group", "")
SLUG = Field("slug", "")
TEXT = Text("participation_note", "")
LIST = Lines("partners", "")
TARGETS = Lines("sdg_targets", "")
YEAR = Number("start_year", "")
EURO = Number("cost_once", "", unit="€", grouped=True)
DECIMAL = DecimalNumber("base_value", "")
YES_NO = YesNo("is_ongoing", "")
CHOICE = Choice("participation", "")
LEAD = Reference("lead", "", name_of=name)
WHERE = References("districts", "", name_of=name)
SDGS = References("sdgs", "", key="number", name_of=lambda sdg: sdg.title)
SERVES = References("also_serves", "", key="uid", name_of=lambda theme: theme.title)


@pytest.mark.parametrize(
    ("field", "raw", "value"),
    [
        (LINE, "  Kinder  ", "Kinder"),
        (LINE, "Scho\u0308n", "Schön"),
        (LINE, None, ""),
        (TEXT, "a\r\nb", "a\nb"),
        (TEXT, None, ""),
        (LIST, ["Schule", "Verein"], "Schule\nVerein"),
        (LIST, "Schule\nVerein", "Schule\nVerein"),
        (LIST, [], ""),
        (LIST, None, ""),
        (TARGETS, ["4.7", "11.b"], "4.7\n11.b"),
        (YEAR, 2030, 2030),
        (YEAR, None, None),
        (EURO, 0, 0),
        (DECIMAL, 12.5, Decimal("12.5")),
        (DECIMAL, "0.1000", Decimal("0.1000")),
        (DECIMAL, 7, Decimal(7)),
        (DECIMAL, None, None),
        (YES_NO, True, True),
        (YES_NO, False, False),
        (CHOICE, "formal", "formal"),
        (CHOICE, None, ""),
    ],
)
def test_value_from_a_file_is_parsed(field: Field, raw: object, value: object):
    model = OperationalGoal if field in (TARGETS, DECIMAL) else Measure

    parsed = field.parse(raw, model)

    assert (parsed, type(parsed)) == (value, type(value))


@pytest.mark.parametrize(
    ("field", "raw", "message"),
    [
        (LINE, 5, "Hier wird ein Text erwartet; setzen Sie den Wert in Anführungszeichen."),
        (LINE, ["a"], "Hier wird ein Text erwartet; setzen Sie den Wert in Anführungszeichen."),
        (
            LINE,
            "a\nb",
            "Zeile 1, Zeichen 2: Hier ist kein Zeilenumbruch möglich. Bitte schreiben Sie den Text in eine Zeile.",
        ),
        (LINE, "x" * 301, "Der Text hat 301 Zeichen; erlaubt sind höchstens 300. Bitte kürzen Sie ihn."),
        (
            TEXT,
            "a\n🌳",
            "Zeile 2, Zeichen 1: Das Zeichen „🌳“ (U+1F333) ist nicht erlaubt, weil es im Druck nicht "
            "gesetzt werden kann. Bitte löschen oder ersetzen Sie das Zeichen.",
        ),
        (LIST, ["Schule", 4], "Hier wird eine Liste von Texten erwartet."),
        (LIST, 4, "Hier wird ein Text erwartet; setzen Sie den Wert in Anführungszeichen."),
        (YEAR, "2030", "„2030“ ist keine ganze Zahl."),
        (YEAR, 2030.5, "„2030.5“ ist keine ganze Zahl."),
        (YEAR, True, "„True“ ist keine ganze Zahl."),
        (YEAR, 1989, "Dieser Wert muss größer oder gleich 1990 sein."),
        (YEAR, 2101, "Dieser Wert muss kleiner oder gleich 2100 sein."),
        (EURO, -1, "Dieser Wert muss größer oder gleich 0 sein."),
        (DECIMAL, "viel", "„viel“ ist keine Zahl."),
        (DECIMAL, True, "„True“ ist keine Zahl."),
        (DECIMAL, [1], "„[1]“ ist keine Zahl."),
        (DECIMAL, "NaN", "Wert „NaN“ muss eine Dezimalzahl sein."),
        (DECIMAL, 0.12345, "Bitte sicherstellen, dass der Wert höchstens 4 Dezimalstellen enthält."),
        (YES_NO, "ja", "„ja“ ist weder true noch false."),
        (YES_NO, None, "„None“ ist weder true noch false."),
        (CHOICE, "maybe", "„maybe“ gibt es hier nicht; möglich ist: formal, informal, none."),
        (CHOICE, ["formal"], "„['formal']“ gibt es hier nicht; möglich ist: formal, informal, none."),
        (WHERE, "mitte", "Hier wird eine Liste erwartet, zum Beispiel [4, 11]."),
        (WHERE, ["mitte", "mitte"], "Die Liste nennt denselben Eintrag mehrmals."),
        (SDGS, [1, "1"], "Die Liste nennt denselben Eintrag mehrmals."),
    ],
)
def test_value_that_does_not_fit_is_refused_in_german(field: Field, raw: object, message: str):
    model = OperationalGoal if field is DECIMAL else Measure

    with pytest.raises(FieldError) as caught:
        field.parse(raw, model)

    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("field", "raw", "key"),
    [
        (LEAD, "fb-99", "fb-99"),
        (LEAD, ["fb-51"], "['fb-51']"),
        (LEAD, {"key": "fb-51"}, "{'key': 'fb-51'}"),
        (WHERE, ["mitte", "nord"], "nord"),
        (SDGS, [1, 18], "18"),
        (SDGS, [1, "eins"], "eins"),
        (SDGS, [None], "None"),
        (SERVES, ["kein-uid"], "kein-uid"),
    ],
)
@pytest.mark.django_db
def test_reference_to_nothing_is_refused_with_its_key(field: Reference, raw: object, key: str):
    Department.objects.create(key="fb-51", name="Umwelt")
    District.objects.create(key="mitte", name="Mitte")
    SDG.objects.create(number=1, title="Keine Armut", long_title="x", colour="#E5243B")
    model = StrategicGoal if field is SERVES else Measure

    with pytest.raises(FieldError) as caught:
        field.parse(raw, model)

    target = model._meta.get_field(field.name).related_model
    assert str(caught.value) == f"„{key}“ ist nicht bekannt ({target._meta.verbose_name})."


@pytest.mark.django_db
def test_references_are_found_by_key_in_the_given_order():
    department = Department.objects.create(key="fb-51", name="Umwelt")
    one, two = (SDG.objects.create(number=n, title=str(n), long_title="x", colour="#E5243B") for n in (1, 2))
    theme = Theme.objects.add_root({"title": "Klima"})

    assert LEAD.parse("fb-51", Measure) == department
    assert LEAD.parse(None, Measure) is None
    assert SDGS.parse([2, 1], Measure) == [two, one]
    assert SDGS.parse([], Measure) == SDGS.parse(None, Measure) == []
    assert SERVES.parse([str(theme.uid)], StrategicGoal) == [theme]


@pytest.mark.parametrize(
    ("field", "node", "plain"),
    [
        (LINE, Measure(target_group="Kinder"), "Kinder"),
        (TEXT, Measure(participation_note="*so*"), "*so*"),
        (LIST, Measure(partners=" Schule \n\nVerein\n"), ["Schule", "Verein"]),
        (LIST, Measure(), []),
        (YEAR, Measure(start_year=2030), 2030),
        (YEAR, Measure(), None),
        (DECIMAL, OperationalGoal(base_value=Decimal("12.50")), "12.50"),
        (DECIMAL, OperationalGoal(base_value=Decimal("1.2E+3")), "1200"),
        (DECIMAL, OperationalGoal(base_value=Decimal("0")), "0"),
        (DECIMAL, OperationalGoal(base_value=Decimal("-0.0010")), "-0.0010"),
        (DECIMAL, OperationalGoal(), None),
        (YES_NO, Measure(is_ongoing=True), True),
        (CHOICE, Measure(participation="formal"), {"key": "formal", "name": "formelle Beteiligung"}),
        (CHOICE, Measure(), None),
        (LEAD, Measure(lead=Department(key="fb-51", name="Umwelt")), {"key": "fb-51", "name": "Umwelt"}),
        (LEAD, Measure(), None),
        (
            Snapshot("decision", ""),
            SimpleNamespace(decision={"key": "funded", "name": "im Haushalt"}),
            {"key": "funded", "name": "im Haushalt"},
        ),
    ],
)
def test_value_of_a_node_is_read_as_plain_data(field: Field, node, plain: object):
    assert field.read(node) == plain


@pytest.mark.django_db
def test_references_are_read_in_the_order_of_their_table():
    for number in (2, 1, 3):
        SDG.objects.create(number=number, title=f"SDG {number}", long_title="x", colour="#E5243B")
    goal = StrategicGoal(title="Ziel", kind="strategic_goal", path="000100010001", depth=3)
    goal.save()
    goal.sdgs.set([3, 1])

    assert SDGS.read(goal) == [{"key": 1, "name": "SDG 1"}, {"key": 3, "name": "SDG 3"}]
    assert SERVES.read(goal) == []


@pytest.mark.parametrize(
    ("field", "plain", "lines"),
    [
        (LINE, "Kinder", ["Kinder"]),
        (LINE, "", []),
        (TEXT, "*so*", ["*so*"]),
        (LIST, ["a", "b"], ["a", "b"]),
        (LIST, [], []),
        (YEAR, 2030, ["2030"]),
        (YEAR, None, []),
        (EURO, 1_234_567, ["1.234.567\u00a0€"]),
        (EURO, 0, ["0\u00a0€"]),
        (DECIMAL, "1234.5", ["1.234,5"]),
        (DECIMAL, "0", ["0"]),
        (DECIMAL, None, []),
        (YES_NO, True, ["ja"]),
        (YES_NO, False, ["nein"]),
        (CHOICE, {"key": "formal", "name": "formelle Beteiligung"}, ["formelle Beteiligung"]),
        (CHOICE, None, []),
        (LEAD, {"key": "fb-51", "name": "Umwelt"}, ["Umwelt"]),
        (LEAD, None, []),
        (WHERE, [{"key": "a", "name": "A"}, {"key": "b", "name": "B"}], ["A", "B"]),
        (WHERE, None, []),
    ],
)
def test_value_is_shown_in_words(field: Field, plain, lines: list[str]):
    assert field.lines(plain) == lines


def test_derived_field_is_in_no_edition_and_no_file():
    derived = Derived("period", "", of=lambda values: [f"{values['start_year']} bis …"])

    assert plain_values([YEAR, derived, LINE], Measure(start_year=2025, target_group="Kinder")) == {
        "start_year": 2025,
        "target_group": "Kinder",
    }
    assert (derived.is_loaded, derived.is_derived) == (False, True)
    assert derived.of({"start_year": 2025}) == ["2025 bis …"]


def test_snapshot_is_set_by_no_file():
    assert Snapshot("decision", "").is_loaded is False
