"""The address of an edition's archive: whole, always the same, and only where there is an edition."""

import io
import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.contrib.auth.models import User
from django.test import Client

from council import actions
from council.papers import PaperMeasure
from printing.archive.checking import problems
from strategy.editions.actions import withhold
from strategy.editions.models import Edition, PublicState
from tests.factories import ConsultationFactory, EditionFactory, PaperFactory, ResolutionFactory
from tests.published import nodes, publish

pytestmark = pytest.mark.django_db

ADDRESS = "/fassungen/eins/archiv.zip"


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path / "pdf"


def test_archive_is_whole_and_holds_true_pdfs(client: Client, tmp_path: Path) -> None:
    publish("eins")

    answer = client.get(ADDRESS)

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/zip")
    assert 'filename="musterstadt-nachhaltigkeitsstrategie-eins-archiv.zip"' in answer["Content-Disposition"]
    path = tmp_path / "archiv.zip"
    path.write_bytes(answer.content)
    assert problems(path) == []
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        for name, form in (("langfassung.pdf", "Langfassung"), ("kurzfassung.pdf", "Kurzfassung")):
            with pikepdf.open(io.BytesIO(archive.read(name))) as pdf:
                assert f": {form} · " in str(pdf.docinfo["/Title"])


def test_it_is_made_once_and_anew_in_the_same_bytes(client: Client, folder: Path) -> None:
    publish("eins")
    first = client.get(ADDRESS)
    (kept,) = folder.glob("*.zip")
    kept.write_bytes(b"kept")
    second = client.get(ADDRESS)
    shutil.rmtree(folder)

    third = client.get(ADDRESS)

    assert second.content == b"kept"
    assert third.content == first.content


def test_what_the_council_does_makes_another_archive(client: Client) -> None:
    edition = EditionFactory(slug="eins")
    paper = PaperFactory(reference="2026/0100", edition=edition)
    ConsultationFactory(paper=paper, role="decision", held_on=None)
    actions.submit(paper)
    before = client.get(ADDRESS)

    paper.consultations.update(held_on="2026-03-17", result="approved")
    PublicState.objects.raise_revision()
    after = client.get(ADDRESS)

    assert before["ETag"] != after["ETag"]
    with zipfile.ZipFile(io.BytesIO(after.content)) as archive:
        assert '"result": "beschlossen"' in archive.read("rat.json").decode()


def test_what_is_decided_on_a_measure_makes_another_archive(client: Client, tmp_path: Path) -> None:
    publish("eins")
    before = client.get(ADDRESS)
    paper = PaperFactory(reference="2026/0200")
    measure = nodes("measure")[0]["uid"]
    PaperMeasure.objects.create(paper=paper, uid=measure)
    decision = ConsultationFactory(paper=paper, role="decision", held_on="2026-03-17", result="approved")
    ResolutionFactory(
        consultation=decision, text="Wird umgesetzt.", votes_for=31, votes_against=7, votes_abstaining=3
    )
    PublicState.objects.raise_revision()

    after = client.get(ADDRESS)

    assert before["ETag"] != after["ETag"]
    path = tmp_path / "archiv.zip"
    path.write_bytes(after.content)
    assert problems(path) == []
    with zipfile.ZipFile(path) as archive:
        (said,) = json.loads(archive.read("rat.json"))["measure_papers"]
    assert [each["uid"] for each in said["measures"]] == [measure]
    (consultation,) = said["consultations"]
    assert consultation["resolution"] == {
        "text": "Wird umgesetzt.",
        "vote_note": "",
        "votes": {"for": 31, "against": 7, "abstaining": 3},
        "groups": [],
    }


def test_reader_who_has_it_gets_it_once(client: Client) -> None:
    publish("eins")
    etag = client.get(ADDRESS)["ETag"]

    answer = client.get(ADDRESS, HTTP_IF_NONE_MATCH=etag)

    assert (answer.status_code, answer.content) == (304, b"")


def test_shown_edition_leads_to_its_own_address(client: Client) -> None:
    publish("eins")

    answer = client.get("/archiv.zip")

    assert (answer.status_code, answer["Location"]) == (302, ADDRESS)


def test_edition_that_is_not_public_has_none_for_the_public(client: Client) -> None:
    EditionFactory(slug="eins")

    assert client.get(ADDRESS).status_code == 404


def test_withheld_edition_answers_with_its_reason(client: Client) -> None:
    publish("eins")
    publish("zwei")
    withhold(Edition.objects.get(slug="eins"), reason="Wird geprüft.")

    answer = client.get(ADDRESS)

    assert answer.status_code == 410
    assert "Wird geprüft." in answer.content.decode()


def test_working_tree_has_none(client: Client) -> None:
    publish("eins")
    client.force_login(User.objects.create_superuser("chefin"))

    assert client.get("/verwaltung/vorschau/archiv.zip").status_code == 404
    assert client.get("/verwaltung/fassungen/eins/archiv.zip").status_code == 200
