"""Whatever an edition says, it stands on the sheet as text: no markup, no address that runs, no broken page."""

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client

from strategy.editions import actions
from tests.printing.sample import small_strategy

pytestmark = [pytest.mark.django_db, pytest.mark.once]

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)> {{ x }} {% now %} [k](javascript:alert(3)) &amp;"
ADDRESSES = [
    "/druck/",
    "/druck/?umfang=kurz",
    "/druck/?stadtbezirk=wanne",
    "/druck/?fachbereich=schule",
    "/themenfelder/bildung/druck/",
    "/ziele/schulen/druck/",
    "/ziele/mehr-gaerten/druck/",
    "/massnahmen/garten/druck/",
]
KEPT = {"slug", "uid", "kind", "code", "parent", "key", "number", "colour", "text_colour", "icon", "format"}


class Elements(HTMLParser):
    """Which tags and attributes a page has, as a browser reads it, and what it says."""

    @classmethod
    def read(cls, html: str) -> "Elements":
        page = cls(convert_charrefs=True)
        page.tags, page.attributes, page.said = set(), [], ""
        page.feed(html)
        page.close()
        return page

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data):
        self.said += data


def hostile(value: Any, name: str = "") -> Any:
    """The same data with every text of it hostile; lists that were empty, too."""
    if name in KEPT:
        return value
    if isinstance(value, dict):
        return {key: hostile(each, key) for key, each in value.items()}
    if isinstance(value, list):
        return [hostile(each) for each in value] or ([HOSTILE] if name in ("partners", "committees") else [])
    return HOSTILE if isinstance(value, str) and not re.fullmatch(r"\d{4}-\d\d-\d\d", value) else value


@pytest.fixture
def _published() -> None:
    basis = {
        "reference": "1",
        "name": "Name",
        "paper_type": "Art",
        "under_direction_of": "FB",
        "url": "",
        "proviso": "Vorbehalt",
        "consultations": [{"body": "Rat", "held_on": "2021-10-05", "result": "ja", "is_authoritative": True}],
    }
    choice = {"key": "x", "name": "Wahl"}
    sdgs = [{"key": 4, "name": "Bildung"}]
    data = small_strategy(
        Garten={"participation": choice, "novelty": choice, "sdgs": sdgs, "easy_text": "Leicht"},
        Schulen={"assignment_confirmed": False, "sdgs": sdgs},
        meta={"basis": basis},
    )
    edition = actions.store(hostile(data), slug="eins")
    actions.publish(edition)


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.usefixtures("_published")
def test_hostile_texts_are_shown_as_texts(address: str):
    response = Client().get(address)

    page = Elements.read(response.content.decode())
    assert response.status_code == 200
    assert page.tags & {"script", "img", "style", "iframe"} == set()
    assert {name for name, _value in page.attributes if name.startswith("on") or name == "style"} == set()
    assert [value for _name, value in page.attributes if value.strip().startswith("javascript")] == []
    assert HOSTILE in page.said


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("| a | b |\n|---|---|\n| 1 | 2 |", "<td>1</td>"),
        ("x" * 20_000, "x" * 20_000),
        ("# Kein Titel", "<p># Kein Titel</p>"),
        ("1. eins\n2. zwei", "<li>zwei</li>"),
        ("\u202egespiegelt", "\u202egespiegelt"),
    ],
)
def test_any_text_is_set(text: str, shown: str):
    actions.publish(actions.store(small_strategy(Garten={"text": text}), slug="eins"))

    assert shown in Client().get("/massnahmen/garten/druck/").content.decode()


def test_no_inline_style_or_script():
    actions.publish(actions.store(small_strategy(), slug="eins"))

    for address in ADDRESSES:
        page = Elements.read(Client().get(address).content.decode())
        assert page.tags & {"script", "style"} == set(), address
        assert "style" not in {name for name, _value in page.attributes}, address
