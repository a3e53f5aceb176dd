"""An address that a public edition holds belongs to its node, also where that is gone."""

import importlib
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from strategy.editions import actions, working_tree
from strategy.editions.models import Edition, Strategy
from strategy.history import node_actions
from strategy.history.models import HistoryRecord
from strategy.history.restoring import restore
from strategy.importing.model_checks import ModelChecks
from strategy.tree.kept_slugs import KeptSlug
from strategy.tree.models import Node
from tests.editing.pages import text_of
from tests.editing.people import browser_of, person
from tests.editing.tables.table_files import Table
from tests.opened_form import confirmed
from tests.strategy.outline import plant, saved

pytestmark = pytest.mark.django_db
REFUSAL = "Die Adresse „garten“ gehört in der Fassung „Eins“ zu „Garten“; Links führen dorthin."
TREE = """
theme Bildung
  guideline Lernen
    strategic_goal Schulen
      measure Garten
      measure Kurse
"""


@pytest.fixture
def nodes() -> dict[str, Any]:
    Strategy(city="Herne", title="Strategie").save()
    return plant(TREE)


@pytest.fixture
def first(nodes: dict[str, Any]) -> Edition:
    """An edition that is public and holds a measure which has been deleted since."""
    edition = actions.freeze(slug="eins", title="Eins")
    actions.publish(edition)
    node_actions.delete(nodes["Garten"])
    return edition


def kept() -> dict[str, str]:
    """The titles of the nodes that addresses are kept for."""
    return dict(KeptSlug.objects.order_by("slug").values_list("slug", "title"))


def add(nodes: dict[str, Any], title: str = "Garten", **content: Any) -> Node:
    return node_actions.add(kind="measure", content={"title": title, **content}, parent=nodes["Schulen"])


def test_address_is_kept_from_publishing_on(nodes: Any):
    edition = actions.freeze(slug="eins", title="Eins")
    before = kept()

    actions.publish(edition)

    assert (before, set(kept())) == ({}, {"bildung", "lernen", "schulen", "garten", "kurse"})


def test_address_is_kept_from_consultation_on(nodes: Any):
    actions.set_state(actions.freeze(slug="eins", title="Eins"), "consultation", paper_number="2026/0001")

    assert "garten" in kept()


def test_new_nodes_get_the_next_free_address_by_every_way(first: Edition, nodes: Any):
    one = add(nodes)
    table = Table()
    table.add(level="strategisches Ziel", parent=str(nodes["Lernen"].uid), title="Garten")
    table.take_over()
    plant("chapter Garten")

    assert one.slug == "garten-2"
    assert sorted(Node.objects.filter(title="Garten").values_list("slug", flat=True)) == [
        "garten-2",
        "garten-3",
        "garten-4",
    ]


def test_typed_address_of_another_node_is_refused_with_its_name(first: Edition, nodes: Any):
    client = browser_of(person("Steuerungsgruppe"))
    address = f"/verwaltung/measures/measure/{nodes['Kurse'].pk}/change/"

    page = text_of(confirmed(client, address, slug="garten", text="Mein Text").content.decode())

    assert REFUSAL in page and "Mein Text" in page
    assert saved()["Kurse"].slug == "kurse"
    for write in (
        lambda: node_actions.change(nodes["Kurse"], content={"slug": "garten"}),
        lambda: add(nodes, "Beet", slug="garten"),
    ):
        with pytest.raises(ValidationError, match="gehört in der Fassung"):
            write()


def test_imported_address_of_another_node_is_refused_at_its_cell(first: Edition, nodes: Any):
    table = Table()
    table.set("Kurse", slug="garten")

    complaints = table.complaints()

    assert len(complaints) == 1 and REFUSAL in complaints[0][1]


def test_file_that_gives_it_to_another_node_is_refused(first: Edition, nodes: Any, tmp_path: Any):
    path = tmp_path / "strategie.yaml"
    path.write_text(
        "format: 1\nstrategy: {title: Strategie, city: Herne}\nedition: {slug: neu, title: Neu}\nnodes:\n"
        "  - {kind: chapter, uid: 33f30e70-e47c-56f4-a95b-f315f9599919, title: Beet, slug: garten}\n"
    )

    with pytest.raises(Exception, match="gehört in der Fassung"):
        call_command("load_strategy", str(path), stdout=StringIO())


def test_restored_node_gets_its_own_address_back(first: Edition, nodes: Any):
    other = add(nodes)

    restore(HistoryRecord.objects.filter(action="deleted").get())

    assert (Node.objects.get(uid=nodes["Garten"].uid).slug, other.slug) == ("garten", "garten-2")


def test_renamed_node_keeps_both_and_can_go_back(nodes: Any):
    actions.publish(actions.freeze(slug="eins", title="Eins"))
    node_actions.change(nodes["Garten"], content={"slug": "beet"})
    actions.publish(actions.freeze(slug="zwei", title="Zwei"))

    with pytest.raises(ValidationError, match="gehört in der Fassung „Zwei“ zu „Garten“"):
        node_actions.change(nodes["Kurse"], content={"slug": "beet"})
    node_actions.change(nodes["Garten"], content={"slug": "garten"})

    assert {"beet", "garten"} <= set(kept())


def test_node_that_has_it_all_along_can_be_saved_and_not_be_frozen(nodes: Any):
    """In a database of an older program; or the edition became public only after it was given away."""
    edition = actions.freeze(slug="eins", title="Eins")
    node_actions.delete(nodes["Garten"])
    other = add(nodes)
    actions.publish(edition)

    node_actions.change(other, content={"text": "Neu."})
    ModelChecks().full_clean(saved()["Garten"], ["text"])

    with pytest.raises(ValidationError, match="„Garten“: Die Adresse „garten“ gehört in der Fassung „Eins“"):
        actions.freeze(slug="zwei", title="Zwei")
    node_actions.change(other, content={"slug": "beet"})
    assert actions.freeze(slug="zwei", title="Zwei").slug == "zwei"


def test_two_nodes_never_share_an_address_in_an_edition(nodes: Any):
    rows = [{**row, "slug": "eine"} if row["kind"] == "measure" else row for row in working_tree.rows()]

    with pytest.raises(ValidationError, match="Zwei Knoten der Fassung hätten die Adresse „eine“"):
        actions.freeze(slug="eins", title="Eins", nodes=rows)


def test_deleted_edition_gives_back_what_no_other_holds(nodes: Any):
    actions.publish(actions.freeze(slug="eins", title="Eins"))
    add(nodes, "Labor")
    second = actions.freeze(slug="zwei", title="Zwei")
    actions.publish(second)
    actions.take_back()
    before = set(kept())

    actions.delete(second)

    assert before - set(kept()) == {"labor"}
    assert set(KeptSlug.objects.values_list("edition", flat=True)) == {"Eins"}


def test_old_address_never_leads_to_the_new_node(first: Edition, nodes: Any, client: Client):
    new = add(nodes)
    actions.publish(actions.freeze(slug="zwei", title="Zwei"))

    old_page, new_page = client.get("/massnahmen/garten/"), client.get(f"/massnahmen/{new.slug}/")

    assert (old_page.status_code, new_page.status_code) == (410, 200)
    assert "/fassungen/eins/massnahmen/garten/" in old_page.content.decode()


class TestMigration:
    def fill(self) -> None:
        importlib.import_module("strategy.migrations.0008_fill_kept_slugs").fill(apps, None)

    def test_keeps_what_public_editions_hold_and_can_run_twice(self, first: Edition, nodes: Any):
        add(nodes, "Labor")
        actions.freeze(slug="zwei", title="Zwei")
        filled = list(KeptSlug.objects.order_by("slug").values_list("slug", "uid", "edition", "frozen_at"))
        KeptSlug.objects.all().delete()

        for _run in range(2):
            self.fill()

        found = list(KeptSlug.objects.order_by("slug").values_list("slug", "uid", "edition", "frozen_at"))
        assert found == filled

    def test_newest_keeps_it_and_the_other_is_named(
        self, first: Edition, nodes: Any, capsys: pytest.CaptureFixture[str]
    ):
        KeptSlug.objects.all().delete()  # as it was before
        new = add(nodes, "Beete", slug="garten")
        second = actions.freeze(slug="zwei", title="Zwei")
        Edition.objects.filter(pk=second.pk).update(published_at=timezone.now())

        self.fill()

        assert KeptSlug.objects.get(slug="garten").uid == new.uid
        says = "„garten“: gehört jetzt zu „Beete“ (Fassung „Zwei“); „Garten“ (Fassung „Eins“) hat sie nicht mehr."
        assert says in capsys.readouterr().out
