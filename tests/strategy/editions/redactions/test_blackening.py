"""Blackening words in the JSON of an edition: where they stand, what replaces them, what stays."""

import pytest

from printing.pdf.characters import settable_text
from strategy.editions.redaction.blackening import MARK, Spot, Words, edition_blackened, spots
from strategy.text.markdown import to_html
from strategy.text.rules import clean_text

NAME = "Max Mustermann"


def node(uid: str = "1", **values: object) -> dict:
    said = {"uid": uid, "parent": None, "kind": "measure", "code": "1", "title": "Garten", "slug": "garten"}
    return {**said, "text": "", "easy_text": "", "values": {}, "lines": {}, **values}


def edition(*nodes: dict, **meta: object) -> dict:
    return {"format": 2, "meta": {"title": "Strategie", "sdgs": [], **meta}, "levels": [], "nodes": [*nodes]}


def blackened(data: dict, *places: tuple[str, str, str]) -> dict:
    return edition_blackened(data, [(Spot(uid, field), words) for uid, field, words in places])


@pytest.mark.parametrize(
    "text, left",
    [
        ("Herr Max Mustermann sagt.", f"Herr {MARK} sagt."),
        ("Max\nMustermann", MARK),
        ("Max\u00a0Mustermanns Garten", f"{MARK}s Garten"),
        ("**Max Mustermann**", f"**{MARK}**"),
        ("Max  Mustermann, Max Mustermann", f"{MARK}, {MARK}"),
        ("max mustermann", "max mustermann"),
    ],
)
def test_words_are_found_whatever_space_stands_between_them(text: str, left: str):
    assert Words(NAME).blackened(text) == left


@pytest.mark.parametrize("words", ["a.c", "(x)", "[Max]", "*Max*", "1+1"])
def test_signs_in_words_mean_themselves(words: str):
    assert Words(words).blackened(f"abc {words} 1111") == f"abc {MARK} 1111"


@pytest.mark.parametrize(
    "text", [f"{MARK}: x", f"{MARK}(x)", f"[{MARK}](https://a.de)", f"- {MARK}", f"a {MARK}s"]
)
@pytest.mark.parametrize("rule", [1, 2])
def test_the_mark_is_text_on_pages_and_on_paper(text: str, rule: int):
    assert MARK in to_html(text, rule)
    assert settable_text(MARK) == clean_text(MARK, one_line=True) == MARK


def test_every_place_is_named_by_node_and_field():
    data = edition(
        node("1", text=f"{NAME} und {NAME}"),
        node("2", title=f"Hof von {NAME}", slug="hof-von-max-mustermann"),
        node("3", values={"staff": NAME, "partners": ["AWO", NAME], "lead": {"key": NAME, "name": "Amt"}}),
        node("4", values={"cost": 3}, lines={"cost": [f"3 Euro ({NAME})"]}),
        edition={"title": "Entwurf", "remark": f"Nach {NAME}"},
    )

    assert spots(data, NAME) == {
        Spot("", "edition"): 1,
        Spot("1", "text"): 2,
        Spot("2", "title"): 1,
        Spot("2", "slug"): 1,
        Spot("3", "staff"): 1,
        Spot("3", "partners"): 1,
        Spot("4", "cost"): 1,
    }


def test_only_the_places_named_are_blackened_and_all_else_is_as_it_was():
    data = edition(
        node("1", text=NAME, easy_text=NAME, values={"staff": NAME}), node("2", text=NAME), subtitle=NAME
    )

    after = blackened(data, ("1", "text", NAME), ("1", "staff", NAME), ("", "subtitle", NAME))

    assert after["meta"]["subtitle"] == MARK
    assert after["nodes"][0] == node("1", text=MARK, easy_text=NAME, values={"staff": MARK})
    assert after["nodes"][1:] == data["nodes"][1:]
    assert {name: after[name] for name in ("format", "levels")} == {"format": 2, "levels": []}
    assert data["nodes"][0]["text"] == NAME


def test_what_a_field_says_in_words_is_blackened_with_it():
    data = edition(
        node(values={"lead": {"key": "amt", "name": NAME}}, lines={"lead": [NAME], "other": [NAME]})
    )

    (after,) = blackened(data, ("1", "lead", NAME))["nodes"]

    assert after["values"] == {"lead": {"key": "amt", "name": MARK}}
    assert after["lines"] == {"lead": [MARK], "other": [NAME]}


def test_an_address_is_blackened_between_its_hyphens_and_stays_one_nodes_own():
    data = edition(
        node("1", slug="max-mustermann"),
        node("2", slug="hof-max-mustermann"),
        node("3", slug="max-mustermannhof"),
        node("4", slug="geschwaerzt"),
    )

    after = blackened(data, *((uid, "slug", NAME) for uid in "1234"))

    assert [each["slug"] for each in after["nodes"]] == [
        "geschwaerzt-2",
        "hof-geschwaerzt",
        "max-mustermannhof",
        "geschwaerzt",
    ]
