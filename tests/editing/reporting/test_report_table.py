"""The same page as a table: out, filled in, and in again; all of it, or nothing."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from measures.reporting_rounds import ReportDraft, ReportingRound
from tests.editing.pages import text_of
from tests.editing.people import browser_of, person
from tests.editing.reporting.rounds import City, page_of, send, typed

pytestmark = pytest.mark.django_db
STATE, NOTE, STEP, MONTH, UNCHANGED = "state", "note", "next_step", "next_step_month", "is_unchanged"


@pytest.fixture
def asked(city: City) -> ReportingRound:
    return city.open()


class Sheet:
    """The downloaded table as whoever fills it in has it."""

    def __init__(self, browser, address: str) -> None:
        self.browser, self.address = browser, f"{address}tabelle/"
        content = browser.get(self.address, {"format": "xlsx"}).content
        self.book = load_workbook(io.BytesIO(content))
        self.sheet: Any = self.book.worksheets[0]
        headers = [str(cell.value) for cell in self.sheet[1]]
        self.places = {each.partition("[")[2].rstrip("]"): at for at, each in enumerate(headers, start=1)}

    def fill(self, row: int, **said: str) -> "Sheet":
        for key, value in said.items():
            self.sheet.cell(row, self.places[key]).value = value
        return self

    def send(self) -> Any:
        file = io.BytesIO()
        self.book.save(file)
        return send_file(self.browser, self.address, file.getvalue())


def send_file(browser, address: str, content: bytes) -> Any:
    return browser.post(address, {"datei": SimpleUploadedFile("meldung.xlsx", content)}, follow=True)


def test_table_comes_back_as_drafts_with_all_that_was_filled_in(reporter, asked, city):
    sheet = Sheet(reporter, page_of(asked, city.green))
    new = {STATE: "abgeschlossen", NOTE: "-Fertig & „gut“", STEP: "Fest", MONTH: "März 2027"}

    answer = sheet.fill(2, **new).fill(3, **{UNCHANGED: "x"}).send()

    assert "2 Meldungen sind gespeichert." in text_of(answer.content.decode())
    first = ReportDraft.objects.get(uid=city.measures[0].uid)
    assert (first.state, first.note, first.next_step) == ("done", "-Fertig & „gut“", "Fest")
    assert f"{first.next_step_month}" == "2027-03-01"
    assert ReportDraft.objects.get(uid=city.measures[1].uid).is_unchanged
    assert not ReportDraft.objects.exclude(handed_in_at=None).exists()


def test_table_as_it_was_downloaded_says_nothing_new(reporter, asked, city):
    send(
        reporter,
        page_of(asked, city.green),
        "speichern",
        typed(asked, city.measures[0], state="done", note="Ja\r\n=und"),
    )

    for kind in ("xlsx", "csv"):
        content = reporter.get(f"{page_of(asked, city.green)}tabelle/", {"format": kind}).content
        answer = send_file(reporter, f"{page_of(asked, city.green)}tabelle/", content)
        assert "Die Tabelle sagt nichts Neues" in text_of(answer.content.decode())

    assert ReportDraft.objects.get().note == "Ja\n=und"


def test_all_mistakes_are_said_at_once_and_nothing_is_saved(reporter, asked, city):
    sheet = Sheet(reporter, page_of(asked, city.green))
    sheet.fill(2, **{STATE: "fast fertig"}).fill(3, **{MONTH: "bald", NOTE: "Neu"}).fill(
        4, **{UNCHANGED: "x"}
    )
    sheet.fill(5, uid=f"{city.other.uid}", note="Fremd").fill(6, uid="erfunden", note="Fremd")

    text = text_of(sheet.send().content.decode())

    assert "Zelle E2: „fast fertig“ gibt es hier nicht; möglich ist: noch nicht begonnen" in text
    assert "Zelle H3: „bald“ ist kein Monat." in text
    assert "Zeile 4: „Unverändert“ geht nicht, wo noch kein Stand gemeldet ist." in text
    assert text.count("Zu dieser Maßnahme wird hier nicht gemeldet.") == 2
    assert not ReportDraft.objects.exists()


def test_what_somebody_saved_since_the_download_is_not_overwritten(reporter, asked, city):
    sheet = Sheet(reporter, page_of(asked, city.green))
    send(reporter, page_of(asked, city.green), "speichern", typed(asked, city.measures[0], note="Von Ute"))

    answer = sheet.fill(2, **{NOTE: "Aus der Tabelle"}).fill(3, **{NOTE: "Auch"}).send()

    assert "Zeile 2: Hier hat jemand gespeichert" in text_of(answer.content.decode())
    assert ReportDraft.objects.get().note == "Von Ute"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "Bitte wählen Sie eine Datei."),
        (b"%PDF-1.7", "PDF"),
        (b"a;b\n1;2\n", "Das ist nicht die Tabelle dieser Seite"),
        (b"ID [uid];Stand [state]\n", "nichts Neues"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b"PK\x03\x04kaputt", "XLSX"),
    ],
)
def test_bad_file_gets_a_sentence(reporter, asked, city, content, says):
    address = f"{page_of(asked, city.green)}tabelle/"

    answer = send_file(reporter, address, content) if content else reporter.post(address)

    assert answer.status_code == 200
    assert says in text_of(answer.content.decode())


def test_only_those_who_report_read_a_table_in_and_an_unknown_kind_leads_back(reporter, asked, city):
    address = f"{page_of(asked, city.green)}tabelle/"
    steering = browser_of(person("Steuerungsgruppe", name="stefan"))
    other = browser_of(person("Fachbereich", departments=[city.built], name="bea"))
    table = reporter.get(address, {"format": "csv"}).content

    assert steering.get(address, {"format": "csv"}).status_code == 200
    assert send_file(steering, address, table).status_code == 403
    assert other.get(address, {"format": "csv"}).status_code == 403
    assert send_file(other, address, table).status_code == 403
    assert reporter.get(address, {"format": "exe"})["Location"] == page_of(asked, city.green)
