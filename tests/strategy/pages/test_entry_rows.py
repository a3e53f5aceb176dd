"""The two lists that are written in Python: hostile text stays text."""

from bench.strategy_data import strategy_data
from strategy.document.document import Document
from strategy.document.live_record import LiveRecord
from strategy.editions.edition_json import edition_json
from strategy.pages.entry_rows import measure_rows, sdg_tiles, state_counts, tree

HOSTILE = "<script>alert(1)</script> \"&'"


def document() -> Document:
    data = strategy_data(6)
    for node in data["nodes"]:
        node["title"] = HOSTILE
        if node["kind"] == "measure":
            node["values"]["lead"] = {"key": "x", "name": HOSTILE}
    live = {node["uid"]: LiveRecord(state="done", state_label=HOSTILE) for node in data["nodes"]}
    return Document.from_data(edition_json(data["meta"], data["nodes"]), live)


def test_rows_escape_titles_facts_and_states() -> None:
    html = measure_rows("/", document().all_measures)

    assert html.count("&lt;script&gt;") == 18  # six measures: title, state, lead
    assert "<script" not in html
    assert HOSTILE not in html


def test_row_says_that_nothing_is_reported_only_where_reports_are_shown() -> None:
    measure = next(node["uid"] for node in strategy_data(6)["nodes"] if node["kind"] == "measure")
    shown = Document.from_data(strategy_data(6), {measure: LiveRecord()}).by_uid[measure]
    frozen = Document.from_data(strategy_data(6)).by_uid[measure]

    assert '<span class="state state--none">noch nichts gemeldet</span>' in measure_rows("/", [shown])
    assert "state" not in measure_rows("/", [frozen])


def test_tree_escapes_titles_and_base() -> None:
    html = tree('/"><b>/', document().themes[0].strategic_goals)

    assert "&lt;script&gt;" in html
    assert "<script" not in html
    assert "<b>" not in html


def test_rows_without_entries_are_an_empty_list() -> None:
    assert measure_rows("/", []) == '<ul class="measure-list"></ul>'


def test_counts_are_a_bar_and_the_same_in_words() -> None:
    data = strategy_data(6)
    measures = [node["uid"] for node in data["nodes"] if node["kind"] == "measure"]
    live = {uid: LiveRecord(state="done", state_label="abgeschlossen") for uid in measures[:2]}

    html = state_counts(Document.from_data(data, live).all_measures, 'Nach "Stand"')

    assert 'viewBox="0 0 6 1"' in html
    assert (
        '<rect class="s-done" x="0" width="2" height="1"/><rect class="s-none" x="2" width="4" height="1"/>'
        in html
    )
    assert "<strong>2</strong> abgeschlossen" in html
    assert "<strong>4</strong> noch nichts gemeldet" in html
    assert 'aria-label="Nach &quot;Stand&quot;"' in html


def test_tiles_escape_titles_and_base() -> None:
    html = sdg_tiles('/"><b>/', [{"number": 4, "title": HOSTILE}])

    assert 'class="sdg sdg-4">4</span>' in html
    assert "&lt;script&gt;" in html
    assert "<script" not in html
    assert "<b>" not in html
