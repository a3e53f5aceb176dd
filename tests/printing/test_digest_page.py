"""The page that explains the digest, and the file that it is the sum of: whoever checks it comes to the same."""

import hashlib
import re

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from strategy.editions import actions
from tests.editing.pages import text_of
from tests.printing.sample import store

pytestmark = pytest.mark.django_db


def test_page_says_what_the_digest_is_and_lists_all_that_can_be_read(client: Client):
    eins, geheim, weg = store("eins"), store("geheim", public=False), store("weg")
    actions.publish(eins)
    actions.withhold(weg, reason="Ein Name wird geprüft.")

    source = client.get("/pruefsumme/").content.decode()

    said = text_of(source)
    assert "Wer die SHA-256 eines PDF berechnet, erhält deshalb eine andere Zahl" in said
    assert "certutil -hashfile fassung.json SHA256" in said
    assert re.findall(r"<code>([0-9a-f]{64})</code>", source) == [eins.digest]
    assert 'href="/fassungen/eins/fassung.json"' in source
    assert geheim.slug not in source


def test_file_has_the_digest_that_the_paper_names(client: Client):
    edition = store("eins")

    for address in ("/fassungen/eins/fassung.json", "/fassung.json"):
        answer = client.get(address)
        assert answer["Content-Type"] == "application/json"
        assert answer["Content-Disposition"] == 'attachment; filename="fassung-eins.json"'
        assert hashlib.sha256(answer.content).hexdigest() == edition.digest


def test_what_cannot_be_read_has_no_file(client: Client):
    store("eins")
    store("geheim", public=False)
    weg = store("weg")
    actions.publish(store("neu"))
    actions.withhold(weg, reason="Ein Name wird geprüft.")

    assert client.get("/fassungen/geheim/fassung.json").status_code == 404
    assert client.get("/fassungen/weg/fassung.json").status_code == 410
    assert client.get("/verwaltung/fassungen/geheim/fassung.json").status_code == 302


def test_working_tree_has_none(client: Client):
    client.force_login(User.objects.create_superuser("chefin"))

    assert client.get("/verwaltung/vorschau/fassung.json").status_code == 404


def test_paper_cites_the_page(client: Client, settings):
    settings.PUBLIC_URL = "https://strategie.example"
    store("eins")

    said = text_of(client.get("/druck/").content.decode())

    assert "nicht die eines PDF; so prüfen Sie sie: https://strategie.example/pruefsumme/" in said


def test_page_takes_the_same_queries_for_three_editions(client: Client):
    store("eins")
    with CaptureQueriesContext(connection) as few:
        client.get("/pruefsumme/")
    for slug in ("zwei", "drei"):
        store(slug)
    with CaptureQueriesContext(connection) as many:
        answer = client.get("/pruefsumme/").content

    assert answer.count(b'/fassung.json"') == 3
    assert len(many) == len(few)
