"""The Synopse of two public editions."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from printing.synopse import synopse_of
from strategy.editions import actions
from strategy.editions.library import library
from strategy.history import node_actions
from strategy.history.origin_actions import set_origins
from tests.printing.synopse_pages import PAGE, get, planted, publish, rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def nodes():
    return planted()


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


def test_editions_that_say_the_same(client: Client, nodes):
    publish("alt")
    publish("neu")

    page = get(client)

    assert "„Fassung neu“ sagt dasselbe wie „Fassung alt“." in page
    assert "<table" not in page


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
    assert (
        few == many == 4
    )  # the public state, both editions, what was said of nodes, whether there are reports


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
