"""The codes that the public cites stand beside those of the working tree, and both are found; who changes the codes of
what was adopted is told."""

import pytest
from django.test import Client
from django.urls import reverse

from council.admin import _measures
from editing.tables.plan import plan_of
from editing.tables.reading import read_sheet
from strategy.editions import actions
from strategy.history import node_actions
from strategy.history.models import HistoryRecord
from strategy.history.node_lookup import known_nodes, named, names_of
from strategy.tree.models import Node
from tests.editing.pages import text_of
from tests.editing.people import browser_of, person
from tests.editing.tables.table_files import Table
from tests.editing.tree.tree_pages import TREE, get, titles
from tests.strategy.history.adopted import adopt
from tests.strategy.outline import plant, saved

pytestmark = pytest.mark.django_db

BOTH = "1.1.0.2 (in der Fassung 1.1.0.1)"
SHIFTED = "Damit bekommen 2 Knoten, die der Rat beschlossen hat, andere Kennungen:"


@pytest.fixture
def nodes() -> dict[str, Node]:
    plant(TREE)
    return saved()


@pytest.fixture
def editor() -> Client:
    return browser_of(person("Koordinationsstelle"))


@pytest.fixture
def published(nodes) -> dict[str, Node]:
    """Since the edition that is shown a draft has come in before the garden."""
    actions.publish(actions.freeze(slug="fassung", title="Fassung"))
    return drafted(nodes)


@pytest.fixture
def adopted(nodes) -> dict[str, Node]:
    """A draft has come in behind the courses since the council adopted the strategy."""
    adopt()
    node_actions.add(kind="measure", content={"title": "Entwurf"}, parent=nodes["Schulen"])
    return saved()


def drafted(nodes: dict[str, Node]) -> dict[str, Node]:
    draft = node_actions.add(kind="measure", content={"title": "Entwurf"}, parent=nodes["Schulen"])
    node_actions.move(draft, target=nodes["Garten"], pos="left")
    return saved()


def form_of(node: Node) -> str:
    return reverse(f"admin:measures_{node.kind}_change", args=[node.pk])


def test_tree_page_shows_both_codes_where_they_differ(editor, published):
    listed = titles(get(editor, f"?alle={published['Bildung'].pk}"))

    assert f"{BOTH} Garten" in listed
    assert "1.1.0.1 Entwurf" in listed
    assert "1.1.1.1 Umbau" in listed


@pytest.mark.parametrize(("query", "found"), [("1.1.0.1", ["Entwurf", "Garten"]), ("1.1.0.3", ["Kurse"])])
def test_tree_page_finds_by_both_codes(editor, published, query: str, found: list[str]):
    listed = titles(get(editor, f"?q={query}"))

    assert [name.rpartition(" ")[2] for name in listed] == found


def test_form_of_a_node_shows_both_codes(editor, published):
    assert f"Maßnahme {BOTH}" in text_of(editor.get(form_of(published["Garten"])).content.decode())
    assert "in der Fassung" not in text_of(editor.get(form_of(published["Umbau"])).content.decode())


def test_lists_of_a_level_find_by_both_codes(editor, published):
    for query, found in (("1.1.0.1", {"Garten"}), ("1.1.0.2", {"Garten", "Kurse"})):
        page = text_of(editor.get(f"/verwaltung/measures/measure/?q={query}").content.decode())
        assert {title for title in ("Garten", "Kurse", "Umbau") if title in page} == found


def test_history_shows_and_finds_both_codes(editor, published):
    node_actions.change(published["Garten"], content={"text": "Beete."})

    for query in ("1.1.0.1", "1.1.0.2"):
        page = text_of(editor.get(f"/verwaltung/verlauf/?q={query}&art=changed").content.decode())
        assert f"{BOTH} Garten : geändert" in page
    own = editor.get(f"/verwaltung/knoten/{published['Garten'].uid}/verlauf/").content.decode()
    assert f"Verlauf von „{BOTH} Garten“" in text_of(own)


def test_deleted_node_is_found_by_the_code_that_the_public_still_cites(editor, published):
    node_actions.delete(published["Kurse"])

    page = text_of(editor.get("/verwaltung/verlauf/?q=1.1.0.2+kurse").content.decode())

    assert "(in der Fassung 1.1.0.2) Kurse : gelöscht" in page


def test_whoever_names_a_node_reads_both_codes(published):
    uid = str(published["Garten"].uid)

    assert names_of([uid]) == {uid: f"{BOTH} Garten"}
    assert (uid, f"{BOTH} Garten") in _measures()
    assert [node.title for node in named(known_nodes().values(), "1.1.0.1")] == ["Entwurf", "Garten"]


def test_step_of_a_draft_says_which_adopted_nodes_it_renumbers(editor, adopted):
    page = editor.post("/verwaltung/baum/schritt/", {"hoch": adopted["Entwurf"].pk}, follow=True)
    again = editor.post("/verwaltung/baum/schritt/", {"hoch": adopted["Entwurf"].pk}, follow=True)

    assert "Damit bekommt 1 Knoten, den der Rat beschlossen hat, eine andere Kennung: 1.1.0.2 → 1.1.0.3." in (
        text_of(page.content.decode())
    )
    assert "1.1.0.1 → 1.1.0.2." in text_of(again.content.decode())


def test_step_that_renumbers_nothing_adopted_says_nothing(editor, nodes):
    page = editor.post("/verwaltung/baum/schritt/", {"runter": nodes["Garten"].pk}, follow=True)

    assert saved()["Garten"].path > saved()["Kurse"].path
    assert "Kennung:" not in text_of(page.content.decode())
    assert "Kennungen:" not in text_of(page.content.decode())


@pytest.mark.parametrize(
    ("target", "where"), [("Garten", "davor"), ("Kurse", "dahinter"), ("Schulen", "darunter")]
)
def test_page_that_asks_why_says_before_what_the_move_renumbers(editor, adopted, target: str, where: str):
    node = adopted["Kurse"] if target == "Garten" else adopted["Garten"]
    address = f"/verwaltung/baum/{node.pk}/verschieben/?ziel={adopted[target].pk}&stelle={where}"

    page = text_of(editor.get(address).content.decode())
    done = text_of(editor.post(address, {"reason": "Wichtiger"}, follow=True).content.decode())

    said = page[page.index(SHIFTED) :].partition(". ")[0]
    assert said in done
    assert len(HistoryRecord.objects.filter(action="moved")) == 1


def test_another_parent_says_afterwards_what_it_renumbered(editor, adopted):
    address = f"/verwaltung/baum/{adopted['Garten'].pk}/verschieben/"

    sent = {"parent": adopted["Kitas"].pk, "reason": "Passt dort"}
    page = text_of(editor.post(address, sent, follow=True).content.decode())

    assert f"{SHIFTED} 1.1.0.1 → 1.2.0.1, 1.1.0.2 → 1.1.0.1." in page


def test_deletion_says_before_what_it_renumbers(editor, adopted):
    address = reverse("admin:measures_measure_delete", args=[adopted["Garten"].pk])

    page = text_of(editor.get(address).content.decode())

    assert "eine andere Kennung: 1.1.0.2 → 1.1.0.1." in page


def test_restoring_says_what_it_renumbered(editor, adopted):
    node_actions.delete(adopted["Garten"], reason="Doppelt")
    record = HistoryRecord.objects.get(action="deleted")
    address = f"/verwaltung/verlauf/{record.pk}/wiederherstellen/"
    seen = editor.get(address).content.decode().partition('name="seen" value="')[2][:64]

    page = text_of(editor.post(address, {"seen": seen, "reason": "Doch nicht"}, follow=True).content.decode())

    assert "eine andere Kennung: 1.1.0.1 → 1.1.0.2." in page


def test_table_says_before_what_it_renumbers(adopted):
    table = Table()
    table.add(after="Schulen", level="Maßnahme", parent=table.get("Garten", "parent"), title="Zuerst")

    plan = plan_of(read_sheet(table.content()))

    assert f"{SHIFTED} 1.1.0.1 → 1.1.0.2, 1.1.0.2 → 1.1.0.3." == str(plan.renumbering)


def test_many_codes_are_counted_and_the_first_are_named(editor, nodes):
    plant("theme Neu")
    adopt()
    table = Table()
    table.put("Neu", before="Bildung")

    said = str(table.plan().renumbering)

    assert said.startswith("Damit bekommen 10 Knoten, die der Rat beschlossen hat, andere Kennungen: 1 → 2, ")
    assert said.endswith("und 7 weitere.")
