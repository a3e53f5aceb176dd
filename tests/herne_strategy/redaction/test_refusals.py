"""What keeps an order from being carried out, and what is said of what lies elsewhere."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError

from council import actions as council
from council.auxiliary_files import AuxiliaryFile
from council.papers import Paper
from council.submitted_files import keep_original
from strategy.editions import triggers
from strategy.editions.actions import freeze
from strategy.editions.models import EditionContent
from strategy.editions.redaction import redaction_actions as actions
from strategy.editions.redaction.orders import RedactedEdition
from strategy.history import node_actions
from strategy.tree.models import Node
from tests.council.council_steps import paper_for
from tests.council.files.small_pdf import PDF
from tests.herne_strategy.redaction.ordering import DAY, NAME, carried_out

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.DATA_DIR, settings.SITE_DIR = tmp_path, tmp_path / "site"


def refusal(order, *options: str) -> str:
    """What the command says instead of carrying it out; nothing has changed."""
    before = list(EditionContent.objects.values())
    with pytest.raises(CommandError) as raised:
        carried_out(order, *options)
    assert list(EditionContent.objects.values()) == before
    return str(raised.value)


def test_an_order_that_nobody_confirmed_is_refused(city):
    order = actions.order_redaction(reference="1", basis="court", ordered_on=DAY, words=[NAME], by=city.clerk)

    assert "hat noch keine zweite Person bestätigt" in refusal(order)


def test_an_order_is_carried_out_once_and_an_unknown_one_never(city):
    order = city.order()
    carried_out(order)

    assert "ist schon ausgeführt" in refusal(order)
    with pytest.raises(CommandError, match="Es gibt keine Anordnung 9999"):
        call_command("redact_editions", "9999", stdout=StringIO())


def test_the_working_tree_is_changed_first(city):
    """Else the history of that change would hold the words once more."""
    node_actions.change(
        Node.objects.get(title="Garten"), content={"easy_text": f"Von {NAME}."}, by=city.clerk
    )
    order = city.order()

    assert "Im Arbeitsstand stehen die Wörter noch: Knoten „Garten“" in refusal(order)

    node_actions.change(Node.objects.get(title="Garten"), content={"easy_text": ""}, by=city.clerk)
    carried_out(order)


def test_what_is_left_is_listed_with_what_lies_elsewhere(city):
    Paper.objects.create(reference="2026/0200", name=f"Anfrage zu {NAME}")

    out = carried_out(city.order())

    assert "- Vorlage: 2026/0200" in out
    assert "Sicherungen der Datenbank bis heute" in out
    assert "Stadtarchiv" in out


def test_an_edition_that_is_younger_than_the_order_is_left_and_told(city):
    order = city.order()
    node_actions.change(Node.objects.get(title="Hof"), content={"text": f"Bei {NAME}."}, by=city.clerk)
    freeze(slug="juenger", title="Jünger")
    node_actions.change(Node.objects.get(title="Hof"), content={"text": ""}, by=city.clerk)

    out = carried_out(order)

    assert "- Jünger: Maßnahme 1.1.0.2 Hof, Text" in out
    assert "- Entwurf: " not in out


def test_a_role_that_may_not_lift_the_triggers_is_told_which_may(city, monkeypatch):
    def refuse():
        raise ProgrammingError("must be owner of relation strategy_edition")

    monkeypatch.setattr(triggers, "lifted", refuse)

    assert "mit der Rolle der Migrationen" in refusal(city.order())
    assert not RedactedEdition.objects.exists()


@pytest.fixture
def with_original(city):
    """The council had decided before the edition was recorded here; its file was uploaded."""
    council.submit(paper_for(city.edition, result="approved"))
    paper = Paper.objects.get()
    assert paper.edition
    keep_original(paper, paper.edition, content=PDF, by=city.clerk)
    return city


def test_an_uploaded_original_goes_or_is_replaced_never_overlooked(with_original):
    order = with_original.order()

    assert "--original entwurf=DATEI.pdf" in refusal(order)
    assert "kein Original" in refusal(order, "--drop-original", "entwurf", "--drop-original", "anders")


def test_an_uploaded_original_is_replaced_by_the_one_that_is_given(with_original, tmp_path):
    order, new = with_original.order(), PDF.replace(b"%%EOF", b"%%EOF\n")
    file = tmp_path / "neu.pdf"

    file.write_bytes(b"kein PDF")
    assert "Das ist kein PDF" in refusal(order, "--original", f"entwurf={file}")
    assert "lässt sich nicht lesen" in refusal(order, "--original", f"entwurf={tmp_path}/fehlt.pdf")
    assert "so geschrieben" in refusal(order, "--original", "entwurf")
    file.write_bytes(new)
    carried_out(order, "--original", f"entwurf={file}")

    kept = AuxiliaryFile.objects.get()
    assert (bytes(kept.content), "geschwärzt am" in kept.name) == (new, True)
    assert RedactedEdition.objects.get().files_before["anlage"] != kept.sha256


def test_an_uploaded_original_can_go_without_a_successor(with_original):
    carried_out(with_original.order(), "--drop-original", "entwurf")

    assert not AuxiliaryFile.objects.exists()
    assert triggers.missing() == []
