"""An order that is carried out: nothing of the words is left, and everybody is told that something was there."""

import hashlib
from io import BytesIO, StringIO
from zipfile import ZipFile

import pypdfium2
import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from council.auxiliary_files import AuxiliaryFile
from herne_strategy.redaction import carrying_out
from herne_strategy.static_site import site_folder
from printing.pdf import store
from strategy.editions import triggers
from strategy.editions.models import Edition, EditionContent, PublicState
from strategy.editions.redaction import redaction_actions as actions
from strategy.editions.redaction.blackening import MARK
from strategy.editions.redaction.orders import RedactedEdition, RedactionPassage
from strategy.history import node_actions
from strategy.history.models import HistoryRecord
from strategy.tree.models import Node
from tests.herne_strategy.redaction.ordering import NAME, carried_out, tables_with

pytestmark = pytest.mark.django_db
NOTE = "auf Anordnung 4 Stellen geschwärzt"


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    """Carrying out empties the folders of files that were made."""
    settings.DATA_DIR, settings.SITE_DIR = tmp_path, tmp_path / "site"


def get(path: str) -> bytes:
    response = Client().get(path)
    assert response.status_code == 200, path
    return response.content


def text_of(content: bytes) -> str:
    with pypdfium2.PdfDocument(content) as pdf:
        return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in pdf)


def test_nothing_of_the_words_is_left_in_the_database(city):
    words = {
        "strategy.EditionContent",
        "strategy.HistoryRecord",
        "editing.Proposal",
        "editing.Remark",
        "measures.Report",
    }
    assert words <= tables_with(NAME)

    carried_out(city.order())

    assert tables_with(NAME) == set()
    assert MARK in HistoryRecord.objects.filter(title="Garten").last().reason
    assert not RedactionPassage.objects.exists()


def test_the_edition_stays_the_same_one_with_a_digest_of_its_own_and_a_note(adopted):
    before = Edition.objects.get(pk=adopted.edition.pk)
    revision = PublicState.objects.get().revision

    carried_out(adopted.order())

    after = Edition.objects.get(pk=before.pk)
    kept = (
        "slug",
        "title",
        "state",
        "paper_number",
        "decided_by",
        "decided_on",
        "result",
        "frozen_at",
        "published_at",
    )
    assert [getattr(after, name) for name in kept] == [getattr(before, name) for name in kept]
    assert after.digest != before.digest
    assert NOTE in after.redaction_note
    assert hashlib.sha256(get("/fassungen/entwurf/fassung.json")).hexdigest() == after.digest
    record = RedactedEdition.objects.get()
    assert (record.digest_before, record.digest_after) == (before.digest, after.digest)
    assert set(record.files_before) == {"langfassung", "kurzfassung"}
    assert PublicState.objects.get().revision != revision


def test_it_is_protected_and_verified_as_before(city):
    carried_out(city.order())
    out = StringIO()

    call_command("verify_editions", stdout=out)

    assert "entwurf: unverändert seit der Schwärzung" in out.getvalue()
    assert triggers.missing() == []


def test_every_page_and_sheet_says_so_and_none_says_the_words(adopted):
    carried_out(adopted.order())

    for path in ("", "massnahmen/garten/", "druck/", "anlage/", "beschluss/"):
        page = get(f"/fassungen/entwurf/{path}").decode()
        assert (NOTE in page, NAME in page) == (True, False), path
    for path in ("/", "/fassungen/", "/pruefsumme/"):
        assert NOTE in get(path).decode(), path
    for name in ("langfassung.pdf", "kurzfassung.pdf", "beschluss.pdf"):
        text = text_of(get(f"/fassungen/entwurf/{name}"))
        assert (NOTE in text, "Mustermann" in text) == (True, False), name
    with ZipFile(BytesIO(get("/fassungen/entwurf/archiv.zip"))) as archive:
        assert NOTE in " ".join(archive.read("LIESMICH.txt").decode().split())
        assert not any(b"Mustermann" in archive.read(name) for name in archive.namelist())


def test_files_that_the_council_had_are_made_anew_with_their_lines(adopted):
    before = dict(AuxiliaryFile.objects.values_list("form", "sha256"))

    carried_out(adopted.order())

    for file in AuxiliaryFile.objects.all():
        content = bytes(file.content)
        assert hashlib.sha256(content).hexdigest() == file.sha256 != before[file.form]
        assert "wie eingebracht, geschwärzt am" in file.name
        assert "Mustermann" not in text_of(content)
    long = text_of(bytes(AuxiliaryFile.objects.get(form="langfassung").content))
    assert (MARK in long, "in Beratung" in long, "Zeilen sind durch den ganzen Text" in long) == (True,) * 3


def test_an_address_that_said_the_name_is_gone_with_it(city):
    assert get("/massnahmen/hof-von-max-mustermann/")

    carried_out(city.order())

    assert Client().get("/massnahmen/hof-von-max-mustermann/").status_code == 404
    assert f"Hof von {MARK}" in get("/massnahmen/hof-von-geschwaerzt/").decode()


def test_files_that_were_made_before_are_removed_and_published_pages_with_them(city, settings, tmp_path):
    settings.SITE_DIR = tmp_path / "site"
    page = site_folder.sets() / "alt" / "kopf" / "pages" / "index.html"
    page.parent.mkdir(parents=True)
    page.write_text(NAME)
    site_folder.point(site_folder.CURRENT, "alt/kopf")
    store.path_of("alt").write_bytes(b"Max Mustermann")
    store.path_of("alt", store.ZIP).write_bytes(b"Max Mustermann")

    carried_out(city.order())

    assert not store.path_of("alt").exists()
    assert not store.path_of("alt", store.ZIP).exists()
    assert not page.exists()
    assert not (settings.SITE_DIR / site_folder.CURRENT).is_symlink()


def test_files_that_cannot_be_removed_are_told_and_the_rest_is_done(city, monkeypatch):
    def refuse():
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(store, "clear", refuse)

    with pytest.raises(
        CommandError, match=r"Geschwärzt ist alles. Das blieb übrig.*DATA_DIR/pdf.*Permission denied"
    ):
        carried_out(city.order())

    assert tables_with(NAME) == set()


def test_a_passage_that_stays_is_as_it_was(city):
    order = actions.order_redaction(
        reference="1", basis="court", ordered_on="2026-11-03", words=[NAME], by=city.clerk
    )
    staff = order.passages.get(source="edition", field="staff")
    talk = order.passages.get(source="remarks")
    for each in (staff, talk):
        actions.set_stays(each, stays=True, by=city.clerk)
    actions.confirm_redaction(order, by=city.other)

    carried_out(order)

    garden = next(each for each in EditionContent.objects.get().data.split("{") if "pflegt" in each)
    assert f"Herr {MARK} pflegt ihn." in garden
    assert tables_with(NAME) == {"strategy.EditionContent", "editing.Remark"}


def test_a_second_order_adds_its_note_to_the_first(city):
    carried_out(city.order())
    note = Edition.objects.get().redaction_note
    content = {"title": "Lernorte", "slug": "lernorte"}
    node_actions.change(Node.objects.get(title="Schulen"), content=content, reason="Neu")

    carried_out(city.order("Schulen"))

    assert Edition.objects.get().redaction_note.startswith(note)
    assert (
        "wurde eine Stelle" in Edition.objects.get().redaction_note
        or "2 Stellen" in Edition.objects.get().redaction_note
    )
    call_command("verify_editions", stdout=StringIO())


def test_what_fails_leaves_everything_as_it_was(city, monkeypatch):
    order = city.order()
    before = (
        list(EditionContent.objects.values()),
        list(Edition.objects.values()),
        list(HistoryRecord.objects.values()),
    )

    def fail():
        raise RuntimeError

    monkeypatch.setattr(carrying_out, "keep_slugs_anew", fail)
    with pytest.raises(RuntimeError):
        carried_out(order)

    assert before == (
        list(EditionContent.objects.values()),
        list(Edition.objects.values()),
        list(HistoryRecord.objects.values()),
    )
    assert triggers.missing() == []
    assert not RedactedEdition.objects.exists()


def test_a_dry_run_says_what_would_change_and_changes_nothing(city):
    order, before = city.order(), Edition.objects.values().get()

    out = carried_out(order, "--dry-run")

    assert "Fassung entwurf: In dieser Fassung wurden am" in out
    assert "Verlauf: Garten" in out
    assert "Nichts geändert" in out
    assert Edition.objects.values().get() == before
    assert "strategy.RedactionPassage" in tables_with(NAME)


def test_without_an_answer_nothing_is_blackened(city, monkeypatch):
    order = city.order()
    monkeypatch.setattr("builtins.input", lambda question: "nein")

    with pytest.raises(CommandError, match="Nichts geschwärzt"):
        call_command("redact_editions", str(order.pk), stdout=StringIO())
    assert "strategy.EditionContent" in tables_with(NAME)
