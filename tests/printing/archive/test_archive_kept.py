"""What the council had before it, in the archive: byte by byte, named in its manifest, and with the decision."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from council import actions
from council.papers import Paper
from council.submitted_files import keep_original
from printing.archive.checking import problems
from printing.archive.making import Archive
from strategy.editions.models import Edition
from tests.council.council_steps import decide, paper_for
from tests.council.files.small_pdf import PDF
from tests.council.files.test_submitted_files import download
from tests.factories import UserFactory
from tests.printing.archive.archives import exchanged, kept, unpacked

pytestmark = pytest.mark.django_db


@pytest.fixture
def adopted(edition: Edition) -> Edition:
    paper = paper_for(edition)
    actions.submit(paper)
    return actions.carry_over(decide(paper, "approved"))


@pytest.fixture
def recorded(edition: Edition) -> Edition:
    """Recorded after the decision, with the original."""
    paper = paper_for(edition, result="approved")
    recorded = actions.submit(paper)
    keep_original(paper, recorded, content=PDF, by=UserFactory())
    return actions.carry_over(Paper.objects.get())


def archive_of(edition: Edition) -> bytes:
    return Archive.of(edition).path().read_bytes()


def test_archive_has_the_kept_bytes_and_the_decision(adopted: Edition, tmp_path: Path):
    whole = archive_of(adopted)

    files, out = unpacked(whole), StringIO()
    call_command("verify_archive", kept(tmp_path, whole), stdout=out)
    assert files["langfassung.pdf"] == download("langfassung.pdf")
    assert files["beschluss.pdf"] == download("beschluss.pdf")
    assert [each["file"] for each in json.loads(files["archiv.json"])["kept"]] == [
        "langfassung.pdf",
        "kurzfassung.pdf",
    ]
    assert "beschluss.pdf, langfassung.pdf" not in out.getvalue()
    assert "langfassung.pdf, beschluss.pdf" in out.getvalue()
    assert "langfassung.pdf: Anlage zur Vorlage 2026/0100, wie eingebracht" in files["LIESMICH.txt"].decode()


def test_archive_of_an_edition_recorded_afterwards_has_the_original(recorded: Edition, tmp_path: Path):
    whole = archive_of(recorded)

    assert problems(kept(tmp_path, whole)) == []
    assert unpacked(whole)["anlage.pdf"] == PDF
    assert "das Original, über das der Rat abgestimmt hat" in unpacked(whole)["LIESMICH.txt"].decode()


def test_another_file_in_its_place_is_found_though_the_sums_are_made_anew(adopted: Edition, tmp_path: Path):
    changed = exchanged(archive_of(adopted), {"langfassung.pdf": PDF}, with_sums=True)

    assert problems(kept(tmp_path, changed)) == ["langfassung.pdf ist nicht die Datei, die dem Rat vorlag."]


@pytest.mark.parametrize("name", ["beschluss.pdf", "anlage.pdf"])
def test_missing_file_is_found(recorded: Edition, tmp_path: Path, name: str):
    changed = exchanged(archive_of(recorded), {name: None}, with_sums=True)

    assert problems(kept(tmp_path, changed)) == [f"{name} fehlt."]


def test_original_that_the_manifest_does_not_name_does_not_belong_in(adopted: Edition, tmp_path: Path):
    changed = exchanged(archive_of(adopted), {"anlage.pdf": PDF}, with_sums=True)

    assert problems(kept(tmp_path, changed)) == ["anlage.pdf gehört nicht in ein Archiv."]
