"""Every kind of PDF of the sample strategy: what is in it, and that its structure is whole."""

from typing import Any

import pikepdf
import pytest

from printing import printout as printouts
from strategy.document.document import Document
from tests.printing.pdf.pdf_files import PAPER, compiled, data_of, edition_of, forms, sheets, words
from tests.printing.pdf.structure import problems

pytestmark = [pytest.mark.django_db, pytest.mark.once]

RESOLUTION = PAPER["consultations"][0]["resolution"]
FORMS = ["long", "short", "theme", "strategic_goal", "operational_goal", "measure", "district", "department"]


@pytest.fixture(scope="module")
def made(sample: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The PDF of a form, made once; of an edition that a paper brought before the council."""
    folder = tmp_path_factory.mktemp("pdf")
    printed = forms(Document.from_data(sample))

    def path(form: str) -> Any:
        target = folder / f"{form}.pdf"
        if not target.exists():
            edition = edition_of(sample, "consultation", paper_number="2026/0100")
            compiled(data_of(printed[form], edition, (PAPER,)), target)
        return target

    return path


def outline(pdf: pikepdf.Pdf) -> list[str]:
    with pdf.open_outline() as found:
        return [item.title for item in found.root]


@pytest.mark.parametrize("form", FORMS)
def test_structure_has_no_fault(made: Any, form: str):
    with pikepdf.open(made(form)) as pdf:
        found = problems(pdf)
        paper = {tuple(round(float(x)) for x in page.MediaBox) for page in pdf.pages}

    assert found == []
    assert paper == {(0, 0, 595, 842)}


@pytest.mark.parametrize("form", FORMS)
def test_every_sheet_says_what_it_belongs_to(made: Any, form: str):
    found = sheets(made(form))

    for number, sheet in enumerate(found, 1):
        assert "Beispielfassung 2 · in Beratung · Vorlage 2026/0100 · Textstand 17.03.2026 · " in sheet
        assert "Prüfsumme des Textes 0123456789ab" in sheet
        assert f"Seite {number} von {len(found)}" in sheet
        assert "Enthält Beispieldaten" in sheet


@pytest.mark.parametrize("form", FORMS)
def test_head_says_how_binding_it_is(made: Any, form: str):
    said = words(" ".join(sheets(made(form))))

    assert words("Diese Datei gibt den eingefrorenen Text wieder, ohne laufenden Umsetzungsstand.") in said
    assert words("Textstand eingefroren am 17. März 2026") in said
    assert words("nicht die eines PDF; so prüfen Sie sie: http://") in said
    assert "0123456789abcdef" * 4 in said
    assert words("/fassungen/probe/") in said
    assert words("Vorlage 2026/0100") in said


def test_long_form_holds_every_text(made: Any, sample: dict[str, Any]):
    said = words(" ".join(sheets(made("long"))))
    document = Document.from_data(sample)

    missing = [entry.title for entry in document.by_uid.values() if words(entry.title) not in said]
    values = [
        line
        for measure in document.all_measures
        for line in [measure.values["target_group"], measure.values["cost_note"], *measure.values["partners"]]
        if line and words(line) not in said
    ]
    paragraphs = [
        paragraph
        for entry in document.by_uid.values()
        for text in (entry.text, entry.content.easy_text)
        for paragraph in text.split("\n\n")
        if paragraph and not set(paragraph) & set("*[|>\n\\<_") and words(paragraph) not in said
    ]

    assert len(document.by_uid) > 200
    assert [missing, values] == [[], []]
    assert paragraphs == []


def test_long_form_numbers_lines_only_while_it_is_debated(sample: dict[str, Any]):
    printout = printouts.long_form(Document.from_data(sample))

    lines = {
        state: bool(data_of(printout, edition_of(sample, state))["lines"])
        for state in ("working", "consultation", "adopted")
    }

    assert lines == {"working": False, "consultation": True, "adopted": False}


def test_only_the_form_with_numbered_lines_speaks_of_them(made: Any):
    said = {form: {"Zeilen" in sheet for sheet in sheets(made(form))} for form in ("short", "strategic_goal")}

    long = sheets(made("long"))
    assert all("0123456789ab\r\nZeilen nach Langfassung\r\nEnthält" in sheet for sheet in long)
    assert words("Die Zeilen sind durch den ganzen Text nummeriert.") in words(long[0])
    assert "Zeilen" not in "".join(words(" ".join(sheets(made("short")))).partition("Inhalt")[0])
    assert said == {"short": {False}, "strategic_goal": {False}}


def test_lines_are_numbered_through_the_whole_long_form(made: Any):
    found = sheets(made("long"))

    numbers = [
        int(line) for sheet in found[4:] for line in sheet.split() if line.isdigit() and int(line) > 999
    ]

    assert {1000, 1005, 1010, 1500, 1505} <= set(numbers)


def test_long_form_has_contents_and_bookmarks(made: Any, sample: dict[str, Any]):
    with pikepdf.open(made("long")) as pdf:
        marks = outline(pdf)
    contents = next(sheet for sheet in sheets(made("long")) if sheet.split("\n")[1].startswith("Inhalt"))

    roots = [f"{root.code} {root.title}".strip() for root in Document.from_data(sample).roots]
    assert marks[-len(roots) :] == roots
    assert "1 Lebenslanges Lernen & Kultur" in contents.replace("\r\n", "")


def test_record_of_the_council_is_on_the_title_sheet(made: Any):
    said = " ".join(sheets(made("long"))[:2])

    assert words("Rat der Stadt 17.03.2026 Entscheidung beschlossen") in words(said)
    assert words(
        "40 Ja-Stimmen, 3 Nein-Stimmen, 1 Enthaltung (namentlich) "
        "Fraktion A: 20 Ja-Stimmen, 0 Nein-Stimmen, 1 Enthaltung"
    ) in words(said)
    assert "Die Strategie wird beschlossen." in said
    assert "2021/0734" not in said


@pytest.mark.parametrize(
    ("length", "expected"), [(1, (1, 1, 1)), (15, (1, 1, 1)), (30, (0, 1, 1)), (99, (0, 2, 2))]
)
def test_paper_stands_on_one_sheet_where_one_has_room_for_it(
    sample: dict[str, Any], tmp_path: Any, length: int, expected: tuple[int, ...]
):
    """Else it begins on the title sheet, and the bodies that dealt with it still stand together."""
    committee = {**PAPER["consultations"][0], "body": "Ausschuss", "resolution": None}
    consultations = [committee] * 7 + PAPER["consultations"]
    paper = {**PAPER, "proposal": "Ein Satz.\n" * length, "consultations": consultations}
    printout = printouts.short_form(Document.from_data(sample))

    path = compiled(data_of(printout, edition_of(sample, "adopted"), (paper,)), tmp_path / "x.pdf")

    found = sheets(path)
    places = tuple(
        next(number for number, sheet in enumerate(found) if text in words(sheet))
        for text in ("Betreff", "GremiumDatumRolleErgebnis", "RatderStadt17.03.2026Entscheidung")
    )
    assert places == expected
    assert words(found[expected[2] + 1]).startswith(
        words("Nachhaltigkeitsstrategie Herne Kurzfassung Inhalt")
    )


def test_paper_that_went_another_way_says_so(sample: dict[str, Any], tmp_path: Any):
    """Decided with changes, which another edition has; withdrawn; without a vote that is known."""
    consultation = {**PAPER["consultations"][0], "resolution": {**RESOLUTION, "votes": None, "groups": []}}
    amended = {"slug": "andere", "title": "Geänderte Fassung"}
    paper = {**PAPER, "amended": amended, "withdrawn_on": "2026-04-01", "consultations": [consultation]}
    theme = forms(Document.from_data(sample))["theme"]

    said = words(" ".join(sheets(compiled(data_of(theme, edition_of(sample), (paper,)), tmp_path / "x.pdf"))))

    assert words("Zurückgezogen am 01.04.2026 Mit Änderungen beschlossen, siehe Geänderte Fassung") in said
    assert "40Ja" not in said
    assert "Namentlich" in said


def test_edition_without_a_paper_names_what_it_refers_to(sample: dict[str, Any], tmp_path: Any):
    measure = forms(Document.from_data(sample))["theme"]

    said = " ".join(sheets(compiled(data_of(measure, edition_of(sample)), tmp_path / "x.pdf")))

    assert "Bezieht sich auf Vorlage 2021/0734" in said
    assert words("Diese Fassung selbst ist nicht beschlossen. Sie bezieht sich auf eine Vorlage") in words(
        said
    )
    assert "05.10.2021" in said


@pytest.mark.parametrize("form", FORMS)
def test_first_sheet_says_of_which_day_decisions_are_and_how_to_cite(made: Any, form: str):
    said = words(sheets(made(form))[0])

    assert words("Der Beschlussstand der Maßnahmen ist der vom 17. März 2026.") in said
    cite = words("Zitieren Sie nach der Kennung (zum Beispiel 1.1.1.3), nicht nach der Seite.")
    assert (cite in said) is (form != "measure")  # which has its own code beside it


def test_no_sheet_begins_amid_the_facts_of_a_measure(made: Any):
    """They begin with the decision status."""
    amid = ("Geplanter Zeitraum", "Wo ", "Für wen", "Federführung", "Bestehend oder neu", "Einmalige Kosten")

    found = [sheet.split("\r\n")[1:] for sheet in sheets(made("long"))[1:]]
    tops = [next(line for line in lines if "(Fortsetzung)" not in line) for lines in found]

    assert [top for top in tops if top.startswith(amid)] == []
    assert any(top.startswith("Beschlussstand") for top in tops)


def test_short_form_has_every_measure_in_one_table(made: Any, sample: dict[str, Any]):
    document = Document.from_data(sample)
    said = words(" ".join(sheets(made("short"))))

    missing = [
        measure.code
        for measure in document.all_measures
        if words(f"{measure.code}{measure.title}") not in said
    ]

    assert missing == []
    assert words(document.all_measures[0].text[:60]) not in said


def test_head_of_a_table_is_on_each_of_its_sheets(made: Any):
    with_rows = [sheet for sheet in sheets(made("short")) if "Vorschlag" in sheet]

    assert len(with_rows) > 5
    assert all("Beschlussstand" in sheet.replace("\ufffe", "").replace("\r\n", "") for sheet in with_rows)


def test_list_of_a_district_has_its_own_measures_in_full(made: Any, sample: dict[str, Any]):
    printout = printouts.of_district(Document.from_data(sample), "wanne")
    said = words(" ".join(sheets(made("district"))))

    assert words("Im Stadtbezirk Wanne") in said and words("In der ganzen Stadt") in said
    assert all(words(measure.text.split("\n")[0][:80]) in said for measure in printout.own_measures)
    assert not any(m.text and words(m.text[:80]) in said for m in printout.citywide)


def test_working_tree_says_that_nobody_has_agreed_to_it(sample: dict[str, Any], tmp_path: Any):
    printout = forms(Document.from_data(sample))["measure"]

    said = sheets(compiled(data_of(printout, None), tmp_path / "x.pdf"))

    assert all("Arbeitsstand: nicht eingefroren, nicht veröffentlicht" in sheet for sheet in said)
    assert "Zitieren" not in said[0]
    assert "/fassungen/" not in " ".join(said)


def test_edition_that_is_not_public_says_so(sample: dict[str, Any]):
    edition = edition_of(sample, published_at=None)

    data = data_of(printouts.long_form(Document.from_data(sample)), edition)

    assert (
        data["feet"][0] == "Beispielfassung 2 · Arbeitsstand, noch nicht öffentlich · Textstand 17.03.2026 · "
        "Prüfsumme des Textes 0123456789ab"
    )


def test_same_data_give_the_same_bytes_in_another_process(sample: dict[str, Any], tmp_path: Any):
    data = data_of(forms(Document.from_data(sample))["theme"], edition_of(sample))

    one, other = compiled(data, tmp_path / "one.pdf"), compiled(data, tmp_path / "other.pdf")

    assert one.read_bytes() == other.read_bytes()
