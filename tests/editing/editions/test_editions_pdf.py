"""The working tree beside an edition, as a file for those who edit."""

import io
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.test import Client

from editing.models import Remark
from herne_strategy.roles import READERS
from strategy.editions.actions import freeze
from strategy.editions.models import Strategy
from strategy.history import node_actions
from strategy.tree.models import Node
from tests.editing.people import browser_of, person
from tests.printing.pdf.pdf_files import sheets
from tests.strategy.outline import plant

pytestmark = pytest.mark.django_db

ADDRESS = "/verwaltung/was-sich-aendert/alt/synopse.pdf"


@pytest.fixture(autouse=True)
def tree(settings: Any, tmp_path: Path) -> Node:
    """An edition, and a chapter that was changed since."""
    settings.DATA_DIR = tmp_path
    Strategy(city="Herne", title="Strategie").save()
    plant("chapter Vorwort")
    freeze(slug="alt", title="Alte Fassung")
    chapter = Node.objects.get()
    node_actions.change(chapter, content={"text": "Ganz neu gesagt."}, by=None, reason="Klarer")
    Remark.objects.create(uid=chapter.uid, title="Vorwort", text="Bleibt unter uns.", by=person(READERS))
    return chapter


def test_it_says_what_would_change_and_why(tmp_path: Path) -> None:
    answer = browser_of(person(READERS, name="lena")).get(ADDRESS)

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert "no-store" in answer["Cache-Control"]
    with pikepdf.open(io.BytesIO(answer.content)) as pdf:
        assert str(pdf.docinfo["/Title"]) == "Synopse: Alte Fassung, Arbeitsstand"
    path = tmp_path / "synopse.pdf"
    path.write_bytes(answer.content)
    said = " ".join(" ".join(sheets(path)).split())
    assert "Ganz neu gesagt." in said
    assert "Klarer" in said
    assert "nicht eingefroren, nicht veröffentlicht" in said
    assert "Bleibt unter uns" not in said


def test_it_follows_the_working_tree(tree: Node) -> None:
    client = browser_of(person(READERS, name="lena"))
    before = client.get(ADDRESS).content

    node_actions.change(Node.objects.get(pk=tree.pk), content={"title": "Zum Geleit"}, by=None)

    assert client.get(ADDRESS).content != before


def test_public_has_none(client: Client) -> None:
    assert client.get(ADDRESS).status_code == 302
    assert browser_of(person(READERS, name="lena")).get(ADDRESS.replace("alt", "fehlt")).status_code == 404
