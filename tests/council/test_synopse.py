"""The Synopse of two public editions."""

import re
from html import unescape

import pytest
from django.test import Client

from strategy import actions, node_actions
from strategy.models import Edition, Node, Strategy
from strategy.review import Review
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
    kept = [re.sub(r"<(?!/?(?:del|ins)>)[^>]+>", " ", each) for each in cells]
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
    assert "in 4 Änderungen." in page
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
    assert "steht unter „Schulen“" in found[2] and "steht unter „Kitas“" in found[2]
    assert "Titel: <ins>Neues</ins>" in found[3]
    assert found[3].endswith("keine angegeben")


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

    assert "in 0 Änderungen." in get(client)


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


def test_each_edition_leads_to_what_changed_since_the_one_before(client: Client, nodes):
    publish("alt")
    withheld = publish("mitte")
    publish("neu")
    actions.withhold(withheld, reason="Wird geprüft.")

    page = get(client, "/fassungen/")

    assert re.findall(r'href="([^"]+/synopse/[^"]+)"', page) == [PAGE]
