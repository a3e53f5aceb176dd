"""Uploading the file that the council had, on the page of the paper's way: offered, kept, or refused in a sentence."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from council import actions
from council.auxiliary_files import AuxiliaryFile
from council.papers import Paper
from herne_strategy.roles import BODIES, COORDINATION
from printing.pdf import making
from strategy.editions.models import Edition
from tests.council.conftest import edition, tree  # noqa: F401
from tests.council.council_steps import decide, paper_for
from tests.council.files.small_pdf import PDF
from tests.editing.pages import text_of
from tests.editing.people import browser_of, person

pytestmark = pytest.mark.django_db

BUTTON = "Diese Datei für immer aufbewahren"


@pytest.fixture
def recorded(edition: Edition) -> Paper:  # noqa: F811
    paper = paper_for(edition, result="approved")
    actions.submit(paper)
    return paper


@pytest.fixture
def office() -> Client:
    return browser_of(person(COORDINATION))


def page(client: Client, paper: Paper) -> str:
    return text_of(client.get(f"/verwaltung/rat/vorlagen/{paper.pk}/").content.decode())


def send(client: Client, paper: Paper, content: bytes | None = PDF, **changed: str) -> str:
    """What is read after the form was sent."""
    sent = {"edition": paper.edition_id, "sure": "on", **changed}
    if content is not None:
        sent["file"] = SimpleUploadedFile("Anlage 1.pdf", content)
    answer = client.post(f"/verwaltung/rat/vorlagen/{paper.pk}/anlage/", sent, follow=True)
    assert answer.status_code == 200
    return text_of(answer.content.decode())


def test_paper_that_is_decided_already_is_announced_as_recorded_afterwards(
    office: Client,
    edition: Edition,  # noqa: F811
):
    paper = paper_for(edition)

    assert "werden als Anlage zur Vorlage aufbewahrt" in page(office, paper)
    assert "als nachträglich erfasst gekennzeichnet" in page(office, decide(paper, "approved"))


def test_original_is_uploaded_shown_and_public(office: Client, recorded: Paper):
    before = page(office, recorded)

    after = send(office, recorded)

    assert "Die Datei, die ihm vorlag, ist hier noch nicht hinterlegt." in before
    assert "Die Datei ist aufbewahrt und steht öffentlich bei „Entwurf“." in after
    file = AuxiliaryFile.objects.get()
    assert f"Anlage zur Vorlage 2026/0100, im Original SHA-256 {file.sha256}" in after
    assert (BUTTON in before, BUTTON in after) == (True, False)
    assert Client().get("/fassungen/entwurf/anlage.pdf").content == PDF


def test_kept_files_of_a_submitted_edition_are_listed(office: Client, edition: Edition):  # noqa: F811
    paper = paper_for(edition)
    actions.submit(paper)

    shown = page(office, paper)

    sums = AuxiliaryFile.objects.values_list("sha256", flat=True)
    assert [digest in shown for digest in sums] == [True, True]
    assert BUTTON not in shown


@pytest.mark.parametrize(
    ("content", "changed", "said"),
    [
        (b"Word", {}, "Das ist kein PDF."),
        (PDF[:-30], {}, "Das PDF ist beschädigt"),
        (b"", {}, "Die Datei ist leer."),
        (None, {}, "Bitte wählen Sie das PDF aus, das dem Rat vorlag."),
        (PDF, {"sure": ""}, "Bitte setzen Sie zuerst das Häkchen"),
        (PDF, {"edition": "0"}, "gültige Auswahl"),
    ],
)
def test_anything_else_is_refused(
    office: Client, recorded: Paper, content: bytes | None, changed: dict[str, str], said: str
):
    assert said in send(office, recorded, content, **changed)
    assert not AuxiliaryFile.objects.exists()


def test_second_upload_is_refused(office: Client, recorded: Paper):
    send(office, recorded)

    assert "ist die Datei schon aufbewahrt" in send(office, recorded, PDF + b"\n")
    assert bytes(AuxiliaryFile.objects.get().content) == PDF


def test_whoever_does_not_publish_uploads_nothing(recorded: Paper):
    client = browser_of(person(BODIES))

    assert BUTTON not in page(client, recorded)
    assert client.post(f"/verwaltung/rat/vorlagen/{recorded.pk}/anlage/").status_code == 403


def test_step_whose_files_cannot_be_made_is_refused_in_a_sentence(
    office: Client,
    edition: Edition,  # noqa: F811
    settings: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
):
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(making, "TIME_LIMIT", 0.001)
    paper = paper_for(edition)
    sent = {"sure": "on", "seen": actions.standing(paper)}

    answer = office.post(f"/verwaltung/rat/vorlagen/{paper.pk}/einbringen/", sent, follow=True)

    said = text_of(answer.content.decode())
    assert "ließen sich nicht herstellen, deshalb ist nichts geschehen" in said
    assert "Nächster Schritt: einbringen" in said
    assert (Edition.objects.get().state, AuxiliaryFile.objects.count()) == ("working", 0)
