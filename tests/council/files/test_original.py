"""An edition that is recorded after the decision on it: marked so, and with the file that the council had."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.test import Client

from council import actions
from council.auxiliary_files import AuxiliaryFile
from council.papers import Paper
from council.pdf_check import MAX_BYTES, pdf_problem
from council.submitted_files import keep_original
from strategy.editions.actions import freeze, set_state
from strategy.editions.models import Edition
from tests.council.council_steps import decide, paper_for
from tests.council.files.small_pdf import BODY, PDF, TABLE
from tests.council.files.test_submitted_files import amend, download, kept, sheets
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk() -> User:
    return UserFactory()


@pytest.fixture
def recorded(edition: Edition) -> Paper:
    """The council had decided before the edition was laid before it here."""
    paper = paper_for(edition, result="approved")
    actions.submit(paper)
    return Paper.objects.get(pk=paper.pk)


class TestMark:
    def test_nothing_is_made_for_it(self, recorded: Paper):
        assert (recorded.is_recorded_afterwards, kept()) == (True, {})

    def test_edition_that_is_submitted_in_time_is_not_marked(self, edition: Edition):
        paper = paper_for(edition)
        actions.submit(paper)
        actions.carry_over(decide(paper, "approved"))

        assert not Paper.objects.get().is_recorded_afterwards

    def test_it_has_no_line_numbers_and_says_why(self, recorded: Paper):
        long = sheets(download("langfassung.pdf"))
        listed = Client().get("/fassungen/").content.decode()

        assert "nachträglich, nach der Entscheidung; dem Rat lag eine andere Datei vor" in " ".join(
            long[0].split()
        )
        assert "Zeilen" not in "".join(long)
        assert "Nachträglich erfasst, nach der Entscheidung: Dem Rat lag eine andere Datei vor." in listed

    def test_its_amendment_is_not_made_either(self, edition: Edition):
        paper = amend(paper_for(edition))
        actions.submit(paper)

        actions.carry_over(paper)

        assert (Edition.objects.get(slug="geaendert").state, kept()) == ("adopted", {})


class TestOriginal:
    @pytest.mark.parametrize("is_carried_over", [False, True])
    def test_it_is_kept_byte_by_byte(self, recorded: Paper, clerk: User, is_carried_over: bool):
        if is_carried_over:
            actions.carry_over(recorded)

        keep_original(recorded, recorded.edition, content=PDF, by=clerk)

        row = AuxiliaryFile.objects.get()
        assert (row.form, row.name) == ("anlage", "Anlage zur Vorlage 2026/0100, im Original")
        assert row.created_by == clerk
        assert download("anlage.pdf") == PDF

    def test_page_names_it_with_its_digest(self, recorded: Paper, clerk: User):
        address = "/fassungen/entwurf/anlage/"
        before = Client().get(address).content.decode()

        file = keep_original(recorded, recorded.edition, content=PDF, by=clerk)

        after = Client().get(address).content.decode()
        assert "ist hier noch nicht hinterlegt" in before
        assert (file.sha256 in after, "sha256sum anlage.pdf" in after) == (True, True)

    def test_long_form_goes_on_being_made(self, recorded: Paper, clerk: User):
        before = download("langfassung.pdf")

        keep_original(recorded, recorded.edition, content=PDF, by=clerk)

        assert download("langfassung.pdf") == before

    def test_edition_that_an_earlier_program_submitted_can_have_one(self, edition: Edition, clerk: User):
        paper = paper_for(edition)
        set_state(edition, "consultation", paper_number=paper.reference)
        edition.refresh_from_db()

        keep_original(paper, edition, content=PDF, by=clerk)

        assert download("anlage.pdf") == PDF

    def test_it_is_kept_once(self, recorded: Paper, clerk: User):
        keep_original(recorded, recorded.edition, content=PDF, by=clerk)

        with pytest.raises(ValidationError, match="ist die Datei schon aufbewahrt"):
            keep_original(recorded, recorded.edition, content=PDF + b"\n", by=clerk)
        assert kept() == {("entwurf", "anlage"): PDF}

    def test_edition_of_which_files_were_made_needs_none(self, edition: Edition, clerk: User):
        paper = paper_for(edition)
        edition = actions.submit(paper)

        with pytest.raises(ValidationError, match="ist die Datei schon aufbewahrt"):
            keep_original(paper, edition, content=PDF, by=clerk)
        assert len(kept()) == 2

    def test_edition_of_another_paper_is_refused(self, recorded: Paper, clerk: User):
        other = freeze(slug="andere", title="Andere")

        with pytest.raises(ValidationError, match="„Andere“ ist nicht mit dieser Vorlage eingebracht"):
            keep_original(recorded, other, content=PDF, by=clerk)
        assert kept() == {}


class TestCheck:
    @pytest.mark.parametrize("content", [PDF, PDF + b"\r\n", PDF.replace(b"%PDF-1.4", b"%PDF-2.0")])
    def test_whole_pdf_is_accepted(self, content: bytes):
        assert pdf_problem(content) == ""

    def test_what_the_portal_makes_is_accepted(self, edition: Edition):
        actions.submit(paper_for(edition))

        assert [pdf_problem(content) for content in kept().values()] == ["", ""]

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (b"", "kein PDF"),
            (b"PK\x03\x04 ein Word-Dokument", "kein PDF"),
            (b"\n" + PDF, "kein PDF"),
            (b"<html>%PDF-1.4</html>", "kein PDF"),
            (BODY + TABLE, "beschädigt"),
            (PDF[:-20], "beschädigt"),
            (PDF.replace(BODY, BODY + b"%"), "beschädigt"),
            (PDF.replace(b"startxref\n", b"startxref\n9"), "beschädigt"),
            (PDF + bytes(2000), "beschädigt"),
            (PDF.ljust(MAX_BYTES + 1), "größer als 50 Megabyte"),
        ],
        ids=lambda each: str(each)[:20],
    )
    def test_anything_else_is_refused_with_a_sentence(
        self, recorded: Paper, clerk: User, content: bytes, said: str
    ):
        with pytest.raises(ValidationError, match=said):
            keep_original(recorded, recorded.edition, content=content, by=clerk)
        assert kept() == {}


def test_amended_edition_that_was_recorded_afterwards_has_an_original_of_its_own(
    edition: Edition, clerk: Any
):
    paper = amend(paper_for(edition))
    actions.submit(paper)
    adopted = actions.carry_over(paper)

    keep_original(paper, adopted, content=PDF, by=clerk)

    assert AuxiliaryFile.objects.get().name == "Beschlossene Fassung zur Vorlage 2026/0100, im Original"
    assert download("anlage.pdf", "geaendert") == PDF
