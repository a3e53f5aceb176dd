"""Which level may stand where in a strategy file, and the sentence for every other place."""

import pytest

from strategy.tree.kinds import Kind
from tests.herne_strategy.strategy_files.goal_file import G1, GOAL, M1, O1, T1, T2, read, refused

pytestmark = pytest.mark.django_db


def test_wrong_level_names_level_and_parent(tmp_path):
    text = GOAL.replace("kind: strategic_goal", "kind: measure")

    assert refused(tmp_path, text) == [
        f"strategie.yaml, Zeile 11: „{Kind.MEASURE.label}“ kann nicht direkt unter „{Kind.GUIDELINE.label}“ stehen; "
        f"möglich ist dort: „{Kind.STRATEGIC_GOAL.label}“."
    ]


def test_level_at_the_root_is_refused(tmp_path):
    (message,) = refused(tmp_path, f"format: 1\nnodes:\n  - {{kind: measure, uid: {M1}, title: Solardach}}\n")

    assert message.startswith(
        f"strategie.yaml, Zeile 3: „{Kind.MEASURE.label}“ kann nicht direkt auf der obersten Ebene stehen"
    )


def test_second_guideline_is_refused(tmp_path):
    text = GOAL + f"      - {{kind: guideline, uid: {G1[:-1]}4, title: Noch eine}}\n"

    assert refused(tmp_path, text) == [
        f"strategie.yaml, Zeile 14: „{Kind.GUIDELINE.label}“ kann an dieser Stelle nicht stehen. "
        "Ein Themenfeld hat nur eine Leitlinie."
    ]


def test_measure_after_operational_goal_is_refused_and_before_it_accepted(tmp_path):
    goal = f"              - {{kind: operational_goal, uid: {O1}, title: Ausbau}}\n"
    direct = f"              - {{kind: measure, uid: {M1}, title: Solardach}}\n"

    accepted = read(tmp_path, f"{GOAL}            children:\n{direct}{goal}")
    (message,) = refused(tmp_path, f"{GOAL}            children:\n{goal}{direct}")

    assert [node.kind for node in accepted.nodes[0].walk()][-2:] == ["measure", "operational_goal"]
    assert message.endswith(
        "Maßnahmen direkt unter einem strategischen Ziel stehen vor dessen operativen Zielen."
    )
    assert "Zeile 16" in message


def test_chapter_between_themes_is_refused(tmp_path):
    nodes = [f"theme, uid: {T1}", f"chapter, uid: {M1}", f"theme, uid: {T2}"]
    text = "format: 1\nnodes:\n" + "".join(f"  - {{kind: {node}, title: Titel}}\n" for node in nodes)

    assert refused(tmp_path, text) == [
        f"strategie.yaml, Zeile 5: „{Kind.THEME.label}“ kann an dieser Stelle nicht stehen. "
        "Kapitel stehen vor oder nach den Themenfeldern, nicht dazwischen."
    ]
