"""The Synopse of two public editions."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from printing.synopse import synopse_of
from strategy.editions import actions
from strategy.editions.library import library
from strategy.editions.models import Edition, Strategy
from strategy.history import node_actions
from strategy.history.origin_actions import set_origins
from strategy.tree.models import Node
from strategy.tree.review import Review
from tests.strategy.outline import plant

pytestmark = pytest.mark.django_db

TREE = """
theme Bildung
  guideline Lernen
    strategic_goal Schulen
      measure Garten
      measure Kurse
      measure Labor
    strategic_goal Kitas
"""
PAGE = "/fassungen/alt/synopse/neu/"


@pytest.fixture
def nodes():
    Strategy(city="Herne", title="Strategie").save()
    found = plant(TREE, Garten={"text": "Ein Garten an jeder Schule."})
    Node.objects.update(review=Review.AGREED)
    return found


def publish(slug: str) -> Edition:
    edition = actions.freeze(slug=slug, title=f"Fassung {slug}")
    actions.publish(edition)
    return edition


def rows(page: str) -> list[str]:
    """Each row of the table as text, the marks left as they are."""
    cells = re.findall(r'<tr id="aenderung-\d+">(.*?)</tr>', page, flags=re.S)
    seen = [re.sub(r'<span class="visually-hidden">.*?</span>', "", each, flags=re.S) for each in cells]
    kept = [re.sub(r"<(?!/?(?:del|ins)>)[^>]+>", " ", each) for each in seen]
    return [unescape(re.sub(r"\s+", " ", each)).strip() for each in kept]


def get(client: Client, address: str = PAGE) -> str:
    return client.get(address).content.decode()


def test_every_change_stands_side_by_side_with_its_reason(client: Client, nodes):
    publish("alt")
    node_actions.change(nodes["Garten"], content={"text": "Zwei Gärten an jeder Schule."}, reason="Antrag 12")
    node_actions.move(nodes["Kurse"], target=nodes["Kitas"], pos="last-child", reason="Passt besser")
    node_actions.delete(nodes["Labor"])
    node_actions.add(kind="measure", content={"title": "Neues"}, parent=nodes["Kitas"])
    publish("neu")

    page = get(client)

    found = rows(page)
    assert (
        "„Fassung neu“ unterscheidet sich von „Fassung alt“ in 4 Änderungen: "
        "1 neu, 1 entfallen, 1 verschoben, 1 geändert." in page
    )
    assert [re.match(r"Änderung \d+ (\S+ \S+)", each).group(1) for each in found] == [
        "1.1.0.1 Garten",
        "1.1.0.3 Labor",
        "1.2.0.1 Kurse",
        "1.2.0.2 Neues",
    ]
    assert "<del>Ein Garten</del> an jeder Schule." in found[0]
    assert "<ins>Zwei Gärten</ins> an jeder Schule." in found[0]
    assert found[0].endswith("Begründung Antrag 12")
    assert "Titel: <del>Labor</del>" in found[1]
    assert "nicht in dieser Fassung" in found[1]
    assert "Steht unter „1.1 Schulen“." in found[2] and "Steht unter „1.2 Kitas“." in found[2]
    assert "Titel: <ins>Neues</ins>" in found[3]
    assert found[3].endswith("keine angegeben")


def test_counts_that_the_sentence_has_are_not_said_again(client: Client, nodes):
    publish("alt")
    node_actions.change(nodes["Garten"], content={"text": "Neu."})
    node_actions.delete(nodes["Labor"])
    publish("neu")

    for page in (get(client), get(client, f"{PAGE}druck/")):
        assert "in 2 Änderungen: 1 entfallen, 1 geändert." in page
        assert "synopse__counts" not in page


def test_marks_of_markdown_are_not_shown(client: Client, nodes):
    publish("alt")
    node_actions.change(nodes["Garten"], content={"text": "Ein **Garten**:\n\n- Beete\n- Wege"})
    publish("neu")

    for page in (get(client), get(client, f"{PAGE}druck/")):
        assert "• Beete<br>• Wege" in page
        assert "**" not in page


def test_column_of_reasons_is_left_out_where_there_are_none(client: Client, nodes):
    publish("alt")
    node_actions.change(nodes["Garten"], content={"text": "Neu."})
    publish("neu")

    for page in (get(client), get(client, f"{PAGE}druck/")):
        head = re.findall(r'<th scope="col">(.*?)</th>', page)
        assert head == ["Änderung", "Bisherige Fassung", "Neue Fassung"]
        assert page.count("Zu diesen Änderungen sind keine Begründungen angegeben.") == 1
        assert "keine angegeben" not in page


def test_page_stands_below_all_editions_and_leads_to_paper_and_file(client: Client, nodes):
    publish("alt")
    publish("neu")

    page = get(client)

    breadcrumbs = page.partition('<nav class="breadcrumbs')[2].partition("</nav>")[0]
    above = re.findall(r'<a href="([^"]+)">([^<]+)</a>', breadcrumbs)
    assert above == [("/", "Start"), ("/fassungen/", "Alle Fassungen")]
    assert f'<a href="{PAGE}druck/">Synopse drucken</a>' in page
    assert f'<a href="{PAGE}synopse.pdf">Synopse als PDF</a>' in page


def test_reasons_from_before_and_after_are_left_out(client: Client, nodes):
    node_actions.change(nodes["Garten"], content={"text": "Vorher."}, reason="Zu früh")
    publish("alt")
    node_actions.change(nodes["Garten"], content={"text": "Dazwischen."}, reason="Dazwischen gesagt")
    publish("neu")
    node_actions.change(nodes["Garten"], content={"text": "Nachher."}, reason="Zu spät")

    page = get(client)

    assert "Dazwischen gesagt" in page
    assert "Zu früh" not in page
    assert "Zu spät" not in page


def test_what_is_only_renumbered_stands_apart(client: Client, nodes):
    publish("alt")
    node_actions.delete(nodes["Garten"])
    publish("neu")

    page = get(client)

    assert len(rows(page)) == 1
    assert "1.1.0.2 → 1.1.0.1" in page.split("Nur neu nummeriert")[1]


def test_editions_that_say_the_same(client: Client, nodes):
    publish("alt")
    publish("neu")

    page = get(client)

    assert "„Fassung neu“ sagt dasselbe wie „Fassung alt“." in page
    assert "<table" not in page


def test_merged_and_split_are_said_on_both_sides_and_lead_to_each_other(client: Client, nodes):
    publish("alt")
    part = node_actions.add(kind="measure", content={"title": "Beete"}, parent=nodes["Kitas"])
    set_origins(part, origins=[str(nodes["Garten"].uid)], reason="Teil des Gartens")
    set_origins(nodes["Kurse"], origins=[str(nodes["Labor"].uid)])
    node_actions.change(nodes["Kurse"], content={"text": "Auch im Labor."})
    node_actions.delete(nodes["Labor"])
    publish("neu")

    page = get(client)

    kurse, labor, beete = rows(page)
    assert "Hat aufgenommen: „1.1.0.3 Labor“ (Änderung 2)" in kurse
    assert "nicht in dieser Fassung Aufgegangen in: „1.1.0.2 Kurse“ (Änderung 1)" in labor
    assert "nicht in dieser Fassung Hervorgegangen aus: „1.1.0.1 Garten“" in beete
    assert beete.endswith("Begründung Teil des Gartens")
    assert re.findall(r'<a href="([^"]+)">\s*„', page) == [
        "#aenderung-2",
        "#aenderung-1",
        "/fassungen/alt/massnahmen/garten/",
    ]
    assert "<strong>1</strong> in anderen aufgegangen" in page
    assert "Eine Änderung kann von mehreren Arten sein und zählt dann bei jeder mit:" in page


def test_what_is_said_after_the_new_edition_was_frozen_is_not_public(client: Client, nodes):
    publish("alt")
    part = node_actions.add(kind="measure", content={"title": "Beete"}, parent=nodes["Kitas"])
    publish("neu")
    set_origins(part, origins=[str(nodes["Garten"].uid)])

    assert "Hervorgegangen aus" not in get(client)


def test_numbers_stay_whatever_happens_afterwards(nodes):
    old = publish("alt")
    node_actions.change(nodes["Garten"], content={"text": "Neu."}, reason="Antrag 12")
    node_actions.delete(nodes["Labor"])
    new = publish("neu")
    before = synopse_of(old, new)
    node_actions.delete(nodes["Kurse"], reason="Später")
    publish("noch-neuer")
    library.forget()

    after = synopse_of(old, new)

    said = [(row.view.change.number, row.view.title, row.reasons) for row in before.rows]
    assert said == [(1, "1.1.0.1 Garten", ["Antrag 12"]), (2, "1.1.0.3 Labor", [])]
    assert [(row.view.change.number, row.view.title, row.reasons) for row in after.rows] == said
    assert (after.sentence, after.counts) == (before.sentence, before.counts)


def test_working_tree_is_compared_with_the_reasons_and_origins_of_today(nodes):
    old = publish("alt")
    node_actions.change(nodes["Garten"], content={"text": "Neu."}, reason="Seither")
    set_origins(nodes["Garten"], origins=[str(nodes["Labor"].uid)])
    node_actions.delete(nodes["Labor"])

    found = synopse_of(old, None)

    assert found.sentence == (
        "„Arbeitsstand“ unterscheidet sich von „Fassung alt“ in 2 Änderungen: 1 entfallen, 1 geändert."
    )
    assert [(row.view.title, row.view.change.kinds, row.reasons) for row in found.rows] == [
        ("1.1.0.1 Garten", ("changed",), ["Seither"]),
        ("1.1.0.3 Labor", ("removed", "merged_into"), []),
    ]


def test_page_has_a_few_queries_whatever_the_number_of_changes(
    client: Client, nodes, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("strategy.editions.library.CHECK_EVERY", 60)  # however slow this machine is
    publish("alt")
    node_actions.change(nodes["Garten"], content={"text": "Neu."})
    publish("neu")
    few = queries_of(client, PAGE)
    for name in ("Garten", "Kurse", "Labor", "Kitas"):
        node_actions.change(nodes[name], content={"text": f"Ganz neu: {name}"}, reason="Grund")
    publish("viel")
    many = queries_of(client, "/fassungen/alt/synopse/viel/")

    assert len(rows(get(client, "/fassungen/alt/synopse/viel/"))) == 4
    assert few == many == 3  # the public state, both editions with their contents, what was said of nodes


def queries_of(client: Client, address: str) -> int:
    library.forget()
    with CaptureQueriesContext(connection) as queries:
        client.get(f"{address}?x=1")
    return len(queries)


def test_edition_that_is_not_public_has_no_synopse(client: Client, nodes):
    publish("alt")
    actions.freeze(slug="neu", title="Noch nicht öffentlich")

    assert client.get(PAGE).status_code == 404
    assert client.get("/fassungen/alt/synopse/gibt-es-nicht/").status_code == 404


def test_withheld_edition_says_why(client: Client, nodes):
    alt = publish("alt")
    publish("neu")
    actions.withhold(alt, reason="Ein Name muss geprüft werden.")

    response = client.get(PAGE)

    assert response.status_code == 410
    assert "Ein Name muss geprüft werden." in response.content.decode()


def test_texts_are_shown_as_text(client: Client, nodes):
    publish("alt")
    node_actions.change(nodes["Garten"], content={"text": "<script>alert(1)</script>"}, reason="<b>Grund</b>")
    publish("neu")

    page = get(client)

    assert "<script>alert" not in page
    assert "<b>Grund" not in page
