"""Proposing, deciding, asking, answering."""

from herne_strategy.roles import THEME_EDITORS
from tests.role_matrix.asking import ALL, EDITORS, PROPOSERS, WRITERS, Row, get, post

PROPOSAL, REMARK = "editing.Proposal", "editing.Remark"

ROWS = (
    Row(
        "Änderung vorschlagen, für jeden Knoten",
        (
            get("editing:propose", "{measure_uid}"),
            post(
                "editing:propose",
                "{measure_uid}",
                title="Vorgeschlagen",
                slug="{measure_slug}",
                reason="Ist klarer",
                writes=PROPOSAL,
            ),
        ),
        may=PROPOSERS,
    ),
    Row(
        "Neuen Eintrag, Löschung oder anderen Platz vorschlagen",
        (
            get("editing:propose_new", "measure", query="?unter={operational}"),
            post(
                "editing:propose_new",
                "measure",
                parent="{operational}",
                title="Vorgeschlagen",
                novelty="new",
                reason="Fehlt",
                writes=PROPOSAL,
            ),
            get("editing:propose_deletion", "{measure_uid}"),
            post("editing:propose_deletion", "{measure_uid}", reason="Doppelt", writes=PROPOSAL),
            get("editing:propose_move", "{measure_uid}"),
            post(
                "editing:propose_move",
                "{measure_uid}",
                parent="{other_goal}",
                reason="Passt besser",
                writes=PROPOSAL,
            ),
        ),
        may=PROPOSERS,
    ),
    Row(
        "Vorschlag annehmen oder ablehnen",
        (
            post("editing:proposal", "{proposal}", accept="1", writes="strategy.HistoryRecord"),
            post("editing:proposal", "{proposal}", decline="1", answer="Nein", writes=PROPOSAL),
            post("editing:proposal", "{new_proposal}", accept="1", writes="strategy.HistoryRecord"),
            post(
                "editing:proposal",
                "{deletion_proposal}",
                accept="1",
                seen="{seen_fresh}",
                writes="strategy.HistoryRecord",
            ),
            post("editing:proposal", "{move_proposal}", accept="1", writes="strategy.HistoryRecord"),
            post("editing:accept_proposals", vorschlag="{ticked}", writes="strategy.HistoryRecord"),
        ),
        may=EDITORS,
        own=frozenset({THEME_EDITORS}),
    ),
    Row(
        "Vorschlag zurückziehen, den man selbst gemacht hat",
        (post("editing:proposal", "{my_proposal}", withdraw="1", writes=PROPOSAL),),
        own=ALL,
    ),
    Row(
        "Anmerkung schreiben, beantworten, als erledigt kennzeichnen",
        (
            post("editing:remarks", "{measure_uid}", text="Stimmt das?", writes=REMARK),
            post("editing:remarks", "{measure_uid}", text="Ja", answers="{remark}", writes=REMARK),
            post("editing:remark_done", "{remark}", done="1", writes=REMARK),
        ),
        may=WRITERS,
    ),
)
