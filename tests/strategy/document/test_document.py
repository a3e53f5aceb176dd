"""Documents: an edition's data as a tree in memory, the one way to write them, and older formats."""

import datetime
import json

import pytest

from strategy.document.data import FORMAT, canonical_json, digest_of, upgraded, with_codes
from strategy.document.declaration import declared_levels
from strategy.document.document import Document
from strategy.document.entry_content import Content
from strategy.document.live_record import LiveRecord
from strategy.editions.actions import freeze
from strategy.editions.edition_json import edition_json
from tests.strategy.outline import plant

META: dict[str, object] = {
    "city": "Herne",
    "title": "Strategie",
    "subtitle": "",
    "edition": {"title": "Erste", "remark": ""},
    "basis": None,
    "has_sample": False,
    "sdgs": [],
}
NODES = [  # uid, parent, kind
    ("v", None, "chapter"),
    ("a", None, "theme"),
    ("al", "a", "guideline"),
    ("a1", "al", "strategic_goal"),
    ("a101", "a1", "measure"),
    ("a102", "a1", "measure"),
    ("a11", "a1", "operational_goal"),
    ("a111", "a11", "measure"),
    ("a12", "a1", "operational_goal"),
    ("a2", "al", "strategic_goal"),
    ("a21", "a2", "operational_goal"),
    ("a211", "a21", "measure"),
    ("b", None, "theme"),
    ("bl", "b", "guideline"),
    ("b1", "bl", "strategic_goal"),
    ("n", None, "chapter"),
]
CODES = {
    "v": "",
    "a": "1",
    "al": "",
    "a1": "1.1",
    "a101": "1.1.0.1",
    "a102": "1.1.0.2",
    "a11": "1.1.1",
    "a111": "1.1.1.1",
    "a12": "1.1.2",
    "a2": "1.2",
    "a21": "1.2.1",
    "a211": "1.2.1.1",
    "b": "2",
    "bl": "",
    "b1": "2.1",
    "n": "",
}


def node(uid: str, parent: str | None, kind: str) -> dict:
    return {
        "uid": uid,
        "parent": parent,
        "kind": kind,
        "title": f"Titel {uid}",
        "slug": f"s-{uid}",
        "text": f"Text *{uid}*",
        "easy_text": "",
        "is_sample": False,
        "values": {"horizon": 2030} if kind == "strategic_goal" else {},
    }


def data(**changes: object) -> dict:
    nodes = with_codes([node(*row) for row in NODES])
    return {"format": 1, "meta": META, "nodes": nodes, **changes}


def uids(entries) -> list[str]:
    return [entry.uid for entry in entries]


def test_codes_count_siblings_of_a_level_and_leave_the_guideline_out():
    assert {each["uid"]: each["code"] for each in data()["nodes"]} == CODES


def test_code_of_the_tenth_is_ten():
    rows = [("a", None, "theme"), *((f"x{n}", "a", "strategic_goal") for n in range(1, 12))]

    assert [each["code"] for each in with_codes([node(*row) for row in rows])][-3:] == ["1.9", "1.10", "1.11"]


def test_codes_are_added_to_copies():
    rows = [node(*row) for row in NODES]

    with_codes(rows)

    assert "code" not in rows[0]


def test_document_is_the_tree_of_its_data():
    document = Document.from_data(data())

    assert uids(document.roots) == ["v", "a", "b", "n"]
    assert uids(document.by_uid["a1"].children) == ["a101", "a102", "a11", "a12"]
    assert uids(document.by_uid["a111"].ancestors) == ["a", "al", "a1", "a11"]
    assert document.by_uid["a111"].theme.uid == "a"
    assert document.by_uid["b"].theme.uid == "b"
    assert uids(document.by_uid["a"].walk()) == [uid for uid, _, _ in NODES[1:12]]


def test_neighbours_are_of_the_same_level_below_the_same_parent():
    document = Document.from_data(data())
    found = {
        uid: tuple(each and each.uid for each in document.by_uid[uid].neighbours)
        for uid in ("a101", "a102", "a11", "a12", "a1", "b1", "a211", "v")
    }

    assert found == {
        "a101": (None, "a102"),
        "a102": ("a101", None),
        "a11": (None, "a12"),
        "a12": ("a11", None),
        "a1": (None, "a2"),
        "b1": (None, None),
        "a211": (None, None),
        "v": (None, None),
    }


def test_document_lists_its_levels():
    document = Document.from_data(data())
    theme, goal = document.by_uid["a"], document.by_uid["a1"]

    assert uids(document.themes) == ["a", "b"]
    assert uids(document.chapters_before) == ["v"]
    assert uids(document.chapters_after) == ["n"]
    assert uids(document.all_measures) == ["a101", "a102", "a111", "a211"]
    assert (document.strategic_goal_count, document.operational_goal_count) == (3, 3)
    assert theme.guideline and theme.guideline.uid == "al"
    assert document.by_uid["v"].guideline is None
    assert uids(theme.strategic_goals) == ["a1", "a2"]
    assert uids(theme.operational_goals) == ["a11", "a12", "a21"]
    assert uids(goal.measures) == ["a101", "a102", "a111"]
    assert uids(goal.direct_measures) == ["a101", "a102"]


def test_document_without_themes_has_all_chapters_before():
    document = Document.from_data(
        data(nodes=with_codes([node("v", None, "chapter"), node("n", None, "chapter")]))
    )

    assert (uids(document.chapters_before), uids(document.chapters_after)) == (["v", "n"], [])


def test_entries_are_found_by_address():
    document = Document.from_data(data())

    assert {
        path: entry.uid for path, entry in document.by_path.items() if entry.uid in "v a al a1 a11 a111"
    } == {
        "kapitel/s-v/": "v",
        "themenfelder/s-a/": "a",
        "themenfelder/s-a/#leitlinie": "al",
        "ziele/s-a1/": "a1",
        "ziele/s-a11/": "a11",
        "massnahmen/s-a111/": "a111",
    }
    assert len(document.by_path) == len(NODES)


def test_entries_are_found_by_code():
    document = Document.from_data(data())

    assert {code: entry.uid for code, entry in document.by_code.items()} == {
        code: uid for uid, code in CODES.items() if code
    }


def test_text_is_rendered_once_and_shared():
    document = Document.from_data(data())
    other = document.overlaid({})

    first = document.by_uid["a"].text_html

    assert first == "<p>Text <em>a</em></p>\n"
    assert other.by_uid["a"].text_html is first
    assert document.by_uid["a"].easy_html == ""


def test_live_records_are_laid_over_by_uid():
    frozen = Document.from_data(data())
    record = LiveRecord(state="running", reported_on=datetime.date(2026, 3, 1))

    document = frozen.overlaid({"a111": record, "gone": LiveRecord(state="done")})

    assert {entry.uid: entry.live for entry in document.by_uid.values() if entry.live} == {"a111": record}
    assert [entry.live for entry in frozen.by_uid.values() if entry.live] == []
    assert document.by_uid["a111"].content is frozen.by_uid["a111"].content
    assert uids(document.by_uid.values()) == uids(frozen.by_uid.values())


def test_other_live_records_replace_the_former():
    document = Document.from_data(data(), {"a": LiveRecord(state="done")})

    assert document.overlaid({}).by_uid["a"].live is None


def test_json_is_written_in_one_way():
    one = {"b": [1, None, True], "a": {"ü": "„ß“\n", "e": ""}}
    other = {"a": {"e": "", "ü": "„ß“\n"}, "b": [1, None, True]}

    assert canonical_json(one) == canonical_json(other) == '{"a":{"e":"","ü":"„ß“\\n"},"b":[1,null,true]}'


def test_digest_is_sha256_of_the_utf8_text():
    assert digest_of("Grün") == "995223df54c67b633d920845f5c82356e0c9e72a2c91b38faf2e80f5a5ff5da5"
    assert digest_of("Grün") != digest_of("Gru\u0308n")


def test_document_of_the_written_text_is_the_same():
    text = canonical_json(data())

    document = Document.from_json(text)

    assert {entry.uid: entry.code for entry in document.by_uid.values()} == CODES
    assert document.by_uid["a1"].values == {"horizon": 2030}
    assert document.meta == META
    assert canonical_json(data()) == text


def to_third_format(old: dict) -> dict:
    """As a later program may have it: the horizon is called `until`, the city is an object."""
    nodes = [{**each, "values": {"until": each["values"].get("horizon")}} for each in old["nodes"]]
    return {**old, "meta": {**old["meta"], "city": {"name": old["meta"]["city"]}}, "nodes": nodes}


def to_fourth_format(old: dict) -> dict:
    return {**old, "meta": {**old["meta"], "city": {**old["meta"]["city"], "key": "herne"}}}


@pytest.mark.django_db
def test_edition_of_today_renders_in_a_later_program():
    plant("theme A\n  guideline L\n    strategic_goal Z", Z={"horizon": 2030, "text": "Bis **dann**"})
    frozen = json.loads(freeze(slug="erste", title="Erste").content.data)

    later = upgraded(frozen, upgrades={2: to_third_format, 3: to_fourth_format}, to_format=4)
    levels = declared_levels(later["levels"])
    contents = ((Content(each, levels[each["kind"]]), each["parent"]) for each in later["nodes"])
    document = Document(later["meta"], levels, contents, {})

    assert frozen["format"] == 2
    assert later["format"] == 4
    assert document.meta["city"] == {"name": "", "key": "herne"}
    assert document.by_code["1.1"].values == {"until": 2030}
    assert document.by_code["1.1"].text_html == "<p>Bis <strong>dann</strong></p>\n"


def test_upgrade_leaves_the_given_data_alone():
    old = data()

    upgraded(old, upgrades={1: to_third_format}, to_format=2)

    assert old == data()


def test_data_in_todays_format_stay_the_same():
    old = edition_json(META, [])

    assert upgraded(old) is old


def test_data_of_a_newer_program_are_refused():
    with pytest.raises(ValueError, match=r"^Format 3 is newer than this program \(format 2\)\.$"):
        Document.from_data(data(format=FORMAT + 1))
