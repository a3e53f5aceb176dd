"""Pages of a list by what they weigh."""

import pytest

from editing.tree.sized_pages import BUDGET, MOST, SizedPaginator
from strategy.history import node_actions
from strategy.tree.models import Node
from strategy.tree.review import Review
from tests.editing.meetings.meeting_pages import Opened, prepare
from tests.strategy.outline import plant, saved

LIMIT = 300 * 1024


@pytest.mark.parametrize(
    ("weights", "pages"),
    [
        ([], [[]]),
        ([1] * (MOST + 1), [[1] * MOST, [1]]),
        ([BUDGET // 2, BUDGET // 2, 1], [[BUDGET // 2, BUDGET // 2], [1]]),
        ([BUDGET * 2, 1], [[BUDGET * 2], [1]]),
    ],
    ids=["nothing", "many short ones", "some long ones", "one that fills more than a page"],
)
def test_page_holds_as_much_as_it_may_weigh(weights: list[int], pages: list[list[int]]):
    paginator = SizedPaginator(weights, lambda weight: weight)

    assert [list(paginator.page(number)) for number in paginator.page_range] == pages


@pytest.fixture
def measures() -> list[str]:
    """How a tree is planted that has as many measures as a page holds."""
    lines = ["theme Bildung", "  guideline Lernen", "    strategic_goal Schulen"]
    return [*lines, *(f"      measure Maßnahme {number}" for number in range(MOST))]


@pytest.mark.django_db
def test_page_of_an_agenda_with_many_new_entries_is_not_longer_than_300_kb(editor, measures: list[str]):
    plant("\n".join(measures))
    Node.objects.filter(kind="measure").update(text="Wort und Tat " * 12, review=Review.OPEN)

    page = Opened(editor, prepare(editor)).page

    assert page.count("agenda-line__why") > 80
    assert len(page.encode()) < LIMIT


@pytest.mark.django_db
def test_page_of_an_agenda_with_long_changed_texts_is_not_longer_than_300_kb(editor, measures: list[str]):
    plant("\n".join(measures[:13]))
    Node.objects.filter(kind="measure").update(text="Wort und Tat " * 1_500, review=Review.AGREED)
    for node in filter(lambda node: node.kind == "measure", saved().values()):
        node_actions.change(node, content={"text": f"Anders: {node.text}"})

    page = Opened(editor, prepare(editor)).page

    assert page.count("agenda-line__why") > 3
    assert len(page.encode()) < LIMIT
