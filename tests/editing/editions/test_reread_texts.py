"""Texts that look otherwise from the next edition on, though nobody changed them, are shown once, beforehand."""

import pytest
from django.test import Client

from strategy.editions import actions
from strategy.editions.library import library
from strategy.editions.models import Edition, Strategy
from strategy.editions.working_tree import edition_data, preview
from strategy.history import node_actions
from strategy.presentation.reread_texts import reread_texts
from strategy.tree.models import Node
from tests.editing.pages import text_of
from tests.strategy.outline import plant

pytestmark = pytest.mark.django_db

PAGE = "/verwaltung/was-sich-aendert/"
HEADING = "Sieht anders aus, obwohl niemand es geändert hat"
DATED = "Beginn:\n\n3. Quartal"
LOOK_BEFORE, LOOK_NOW = '<ol start="3">\n<li>Quartal</li>\n</ol>', "<p>3. Quartal</p>"


@pytest.fixture
def edition() -> Edition:
    """A public one of format 1; two of its chapters would look otherwise today, the third one would not."""
    Strategy(city="Herne", title="Strategie", edition_title="Erste").save()
    texts = {"Beginn": {"text": DATED}, "Alter": {"text": "> 65 Jahre"}, "Garten": {"text": "Ein *Garten*."}}
    plant("chapter Beginn\nchapter Alter\nchapter Garten", **texts)
    data = edition_data()
    edition = actions.store({"format": 1, "meta": data["meta"], "nodes": data["nodes"]}, slug="alt")
    actions.publish(edition)
    return edition


def test_page_of_what_would_change_shows_both_looks(edition, editor: Client):
    node_actions.change(Node.objects.get(title="Alter"), content={"text": "> 66 Jahre"}, reason="Antrag")

    source = editor.get(PAGE).content.decode()

    said = text_of(source)
    section = said[said.index(HEADING) :]
    assert "Beginn: Text" in section and "Alter: Text" not in section and "Garten: Text" not in section
    assert LOOK_BEFORE in source and LOOK_NOW in source
    assert [each.entry.title for each in reread_texts(library.document(edition), preview())] == ["Beginn"]


def test_nothing_is_said_where_both_are_read_by_one_rule(edition, editor: Client):
    node_actions.change(Node.objects.get(title="Alter"), content={"text": "Ab 65"}, reason="Antrag")
    node_actions.change(Node.objects.get(title="Beginn"), content={"text": "2027"}, reason="Antrag")

    assert HEADING not in text_of(editor.get(PAGE).content.decode())
    assert reread_texts(preview(), preview()) == []


def test_preview_of_a_text_that_the_public_reads_otherwise_shows_both_looks(edition, editor: Client):
    html = editor.post("/verwaltung/textvorschau/", {"text": DATED}).content.decode()

    assert html.index(LOOK_NOW) < html.index("Dieser Text ist nicht geändert") < html.index(LOOK_BEFORE)


@pytest.mark.parametrize("text", ["Beginn:\n\n4. Quartal", "Ein *Garten*."])
def test_preview_of_a_new_text_or_one_that_looks_alike_shows_one_look(edition, editor: Client, text: str):
    html = editor.post("/verwaltung/textvorschau/", {"text": text}).content.decode()

    assert "Dieser Text" not in html and "<blockquote>" not in html
