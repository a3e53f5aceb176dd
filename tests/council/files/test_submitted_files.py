"""The Anlage as it was laid before the council: made once, kept for ever, whatever becomes of edition and program."""

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from council import actions
from council.auxiliary_files import AuxiliaryFile
from council.papers import Paper
from printing.pdf import making
from strategy.editions.actions import freeze, set_state
from strategy.editions.models import Edition, PublicState
from strategy.tree.models import Node
from tests.council.council_steps import COUNCIL_DAY, decide, paper_for, seal
from tests.factories import ResolutionFactory
from tests.printing.pdf.pdf_files import words

pytestmark = pytest.mark.django_db

LABEL = "Anlage zur Vorlage 2026/0100, wie eingebracht"
OUTDATED = "hat sich inzwischen geändert"


@pytest.fixture
def submitted(edition: Edition) -> Paper:
    paper = paper_for(edition)
    actions.submit(paper)
    return Paper.objects.get(pk=paper.pk)


def download(name: str, slug: str = "entwurf") -> bytes:
    answer = Client().get(f"/fassungen/{slug}/{name}")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    return answer.content


def sheets(content: bytes) -> list[str]:
    with pypdfium2.PdfDocument(content) as pdf:
        return [page.get_textpage().get_text_range() for page in pdf]


def kept() -> dict[tuple[str, str], bytes]:
    return {(each.edition.slug, each.form): bytes(each.content) for each in AuxiliaryFile.objects.all()}


def amend(paper: Paper) -> Paper:
    """The council approves with a change, and the edition with it is frozen."""
    Node.objects.filter(title="Garten").update(title="Schulgarten")
    Paper.objects.update(amended_edition=freeze(slug="geaendert", title="Geändert"))
    return decide(paper, "amended")


class TestSubmitting:
    def test_both_forms_are_kept_with_their_digests(self, submitted: Paper):
        rows = AuxiliaryFile.objects.order_by("-form")

        assert [(row.form, row.name) for row in rows] == [("langfassung", LABEL), ("kurzfassung", LABEL)]
        assert [hashlib.sha256(bytes(row.content)).hexdigest() for row in rows] == [
            row.sha256 for row in rows
        ]

    def test_every_sheet_names_the_paper_and_lines_are_numbered(self, submitted: Paper):
        long, short = sheets(download("langfassung.pdf")), sheets(download("kurzfassung.pdf"))

        assert len(long) > 2
        assert [LABEL in sheet for sheet in [*long, *short]] == [True] * (len(long) + len(short))
        assert words("Die Zeilen sind durch den ganzen Text nummeriert.") in words(long[0])
        assert "in Beratung" in long[0]

    @pytest.mark.parametrize("name", ["langfassung.pdf", "druck.pdf"])
    def test_addresses_of_the_long_form_give_the_kept_bytes(self, submitted: Paper, name: str):
        assert download(name) == kept()["entwurf", "langfassung"]

    def test_addresses_of_the_short_form_give_the_kept_bytes(self, submitted: Paper):
        assert download("kurzfassung.pdf") == kept()["entwurf", "kurzfassung"]
        assert download("druck.pdf?umfang=kurz") == kept()["entwurf", "kurzfassung"]

    def test_answer_has_the_digest_as_its_etag(self, submitted: Paper):
        digest = AuxiliaryFile.objects.get(form="langfassung").sha256
        address = "/fassungen/entwurf/langfassung.pdf"

        head = Client().head(address)
        again = Client().get(address, headers={"If-None-Match": f'"{digest}"'})

        assert (head.status_code, head["ETag"], head["Cache-Control"]) == (200, f'"{digest}"', "no-cache")
        assert int(head["Content-Length"]) == len(kept()["entwurf", "langfassung"])
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", f'"{digest}"')


class TestAfterwards:
    def test_decision_changes_no_byte(self, submitted: Paper):
        before = kept()

        actions.carry_over(decide(submitted, "approved"))

        assert seal(Edition.objects.get())[0] == "adopted"
        assert download("langfassung.pdf") == before["entwurf", "langfassung"]
        assert download("kurzfassung.pdf") == before["entwurf", "kurzfassung"]
        assert kept() == before

    def test_another_template_program_and_empty_folder_change_no_byte(
        self, submitted: Paper, settings: Any, tmp_path: Path
    ):
        before, other = download("langfassung.pdf"), "/fassungen/entwurf/themenfelder/bildung/druck.pdf"
        shutil.copytree(settings.BASE_DIR / "printing", tmp_path / "printing")
        template = tmp_path / "printing" / "pdf" / "sheet.typ"
        template.write_text(template.read_text().replace("data.feet", '("Neues Blatt",)'))
        settings.BASE_DIR, settings.DATA_DIR, settings.PROGRAM_VERSION = tmp_path, tmp_path / "data", "neu"

        assert "Neues Blatt" in sheets(Client().get(other).content)[0]
        assert download("langfassung.pdf") == before

    def test_votes_that_are_recorded_later_stand_on_the_sheet_of_the_decision_alone(self, submitted: Paper):
        before = download("langfassung.pdf")
        actions.carry_over(decide(submitted, "approved"))
        decision = Paper.objects.get().decision
        ResolutionFactory(consultation=decision, votes_for=40, votes_against=3, votes_abstaining=1)

        (sheet,) = sheets(download("beschluss.pdf"))

        assert "40 Ja-Stimmen, 3 Nein-Stimmen" in sheet
        assert "Rat der Stadt, 17. März 2026, beschlossen" in sheet
        assert hashlib.sha256(before).hexdigest()[:32] in sheet
        assert download("langfassung.pdf") == before

    def test_withheld_edition_gives_nothing_away(self, submitted: Paper):
        actions.carry_over(decide(submitted, "approved"))
        Edition.objects.update(withheld_on=COUNCIL_DAY, withheld_reason="Ein Name stand darin.")
        names = ["langfassung.pdf", "kurzfassung.pdf", "anlage.pdf", "anlage/", "beschluss/", "beschluss.pdf"]

        assert {
            name: Client().get(f"/fassungen/entwurf/{name}").status_code for name in names
        } == dict.fromkeys(names, 410)


class TestChangesOfTheCouncil:
    def test_adopted_text_has_files_of_its_own(self, submitted: Paper):
        before = kept()

        actions.carry_over(amend(submitted))

        long = sheets(download("langfassung.pdf", "geaendert"))
        label = "Beschlossene Fassung mit den Änderungen des Rates vom 17.03.2026"
        assert [label in sheet for sheet in long] == [True] * len(long)
        assert "Schulgarten" in "".join(long)
        assert "geändert beschlossen" in long[0]
        assert {key: content for key, content in kept().items() if key[0] == "entwurf"} == before
        assert download("langfassung.pdf", "geaendert") == kept()["geaendert", "langfassung"]

    def test_page_of_the_submitted_text_leads_to_the_adopted_one(self, submitted: Paper):
        actions.carry_over(amend(submitted))

        pages = [
            Client().get(f"/fassungen/{slug}/anlage/").content.decode() for slug in ("entwurf", "geaendert")
        ]

        link = '<a href="/fassungen/geaendert/anlage/">Geändert</a>'
        assert [link in page for page in pages] == [True, False]


class TestMeanwhile:
    """What happens between the making of the files and the transaction that keeps them."""

    @pytest.fixture
    def meanwhile(self, monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], object]], None]:
        made = actions.made

        def do(something: Callable[[], object]) -> None:
            def and_then(sheets: Any) -> Any:
                files = made(sheets)
                monkeypatch.setattr(actions, "made", made)
                something()
                return files

            monkeypatch.setattr(actions, "made", and_then)

        return do

    def test_second_clerk_is_told_and_nothing_is_kept_twice(self, edition: Edition, meanwhile: Any):
        paper = paper_for(edition)
        meanwhile(lambda: actions.submit(paper))

        with pytest.raises(ValidationError, match="ist kein Arbeitsstand mehr, sondern: in Beratung"):
            actions.submit(paper)

        assert sorted(kept()) == [("entwurf", "kurzfassung"), ("entwurf", "langfassung")]
        assert seal(edition)[0] == "consultation"

    @pytest.mark.parametrize("change", [{"name": "Anders"}, {"financial_impact": "Doch welche."}])
    def test_paper_that_changed_is_not_submitted(self, edition: Edition, meanwhile: Any, change: dict):
        paper = paper_for(edition)
        meanwhile(lambda: Paper.objects.update(**change))

        with pytest.raises(ValidationError, match=OUTDATED):
            actions.submit(paper)

        assert (kept(), seal(edition)[0]) == ({}, "working")

    def test_decision_that_is_recorded_meanwhile_stops_it(self, edition: Edition, meanwhile: Any):
        paper = paper_for(edition)
        meanwhile(lambda: decide(paper, "approved"))

        with pytest.raises(ValidationError, match=OUTDATED):
            actions.submit(paper)

        assert (kept(), seal(edition)[0]) == ({}, "working")

    def test_changed_resolution_is_not_carried_over(self, submitted: Paper, meanwhile: Any):
        paper, before = amend(submitted), kept()
        meanwhile(
            lambda: ResolutionFactory(
                consultation=paper.decision, votes_for=40, votes_against=3, votes_abstaining=0
            )
        )

        with pytest.raises(ValidationError, match=OUTDATED):
            actions.carry_over(paper)

        assert (kept(), seal(Edition.objects.get(slug="geaendert"))[0]) == (before, "working")


class TestFailing:
    @pytest.fixture(autouse=True)
    def _empty_folder(self, settings: Any, tmp_path: Path) -> None:
        settings.DATA_DIR = tmp_path

    def test_compiler_that_fails_leaves_nothing_half_done(
        self, edition: Edition, monkeypatch: pytest.MonkeyPatch
    ):
        paper, revision = paper_for(edition), PublicState.objects.values_list("revision").first()
        monkeypatch.setattr(making, "TIME_LIMIT", 0.001)

        with pytest.raises(
            ValidationError, match="ließen sich nicht herstellen, deshalb ist nichts geschehen"
        ):
            actions.submit(paper)

        assert (kept(), seal(edition)[0]) == ({}, "working")
        assert PublicState.objects.values_list("revision").first() == revision

    def test_folder_that_cannot_be_written_is_a_sentence(
        self, edition: Edition, settings: Any, tmp_path: Path
    ):
        (tmp_path / "file").touch()
        settings.DATA_DIR = tmp_path / "file"

        with pytest.raises(ValidationError, match="zeigen Sie der IT diesen Grund"):
            actions.submit(paper_for(edition))

        assert kept() == {}

    def test_amendment_that_cannot_be_made_leaves_the_decision_open(
        self, submitted: Paper, monkeypatch: pytest.MonkeyPatch
    ):
        paper, before = amend(submitted), kept()
        monkeypatch.setattr(making, "TIME_LIMIT", 0.001)

        with pytest.raises(ValidationError, match="ließen sich nicht herstellen"):
            actions.carry_over(paper)

        states = dict(Edition.objects.values_list("slug", "state"))
        assert (states, kept()) == ({"entwurf": "consultation", "geaendert": "working"}, before)


class TestEarlierEditions:
    def test_edition_that_was_submitted_before_says_so_and_is_printed_as_before(self, edition: Edition):
        paper = paper_for(edition)
        set_state(edition, "consultation", paper_number=paper.reference)

        page = Client().get("/fassungen/entwurf/anlage/").content.decode()

        assert "Für diese Fassung ist keine Datei aufbewahrt" in page
        assert "So vergleichen Sie" not in page
        long = sheets(download("langfassung.pdf"))
        assert "Anlage zur" not in "".join(long)
        assert "Zeilen nach Langfassung" in long[-1]

    def test_edition_that_the_council_never_had_has_no_such_pages(self, edition: Edition):
        Edition.objects.update(published_at=edition.frozen_at)
        names = ["anlage/", "anlage.pdf", "beschluss/", "beschluss.pdf"]

        assert [Client().get(f"/fassungen/entwurf/{name}").status_code for name in names] == [404] * 4
