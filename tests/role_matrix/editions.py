"""Freezing and publishing."""

from tests.role_matrix.asking import RUNNERS, Row, get, in_admin, post

ROWS = (
    Row(
        "Arbeitsstand als Fassung einfrieren",
        (
            get("editing:freeze"),
            post(
                "editing:freeze",
                freeze="1",
                title="Neue Fassung",
                slug="neue-fassung",
                seen="{seen}",
                writes="strategy.Edition",
                **{"seen-consequences": "{consequences}"},
            ),
        ),
        may=RUNNERS,
    ),
    Row(
        "Fassung veröffentlichen, Veröffentlichung zurücknehmen",
        (
            get("editing:publish", "{edition}"),
            post("editing:publish", "{edition}", seen="{seen_public}", writes="strategy.Publication"),
            post("editing:take_back", seen="{seen_public}", writes="strategy.Publication"),
        ),
        may=RUNNERS,
    ),
    Row(
        "Arbeitsfassung löschen, die nicht gezeigt wird",
        (
            get("editing:delete_edition", "{edition}"),
            post("editing:delete_edition", "{edition}", writes="strategy.Edition"),
        ),
        may=RUNNERS,
    ),
    Row(
        "Schwärzung anordnen, Stellen ausnehmen, Anordnung zurückziehen; die Anordnung einer anderen Person bestätigen",
        (
            get("editing:redactions"),
            get("editing:new_redaction"),
            get("editing:redaction", "{order}"),
            post(
                "editing:new_redaction",
                reference="7 K 13/26",
                basis="court",
                ordered_on="2026-11-03",
                words="Leitlinie Eigen",
                writes="strategy.RedactionOrder",
            ),
            post("editing:keep_passage", "{passage}", stays="1", writes="strategy.RedactionPassage"),
            post(
                "editing:decide_redaction",
                "{order}",
                confirm="1",
                seen="{seen_order}",
                writes="strategy.RedactionOrder",
            ),
            post("editing:decide_redaction", "{order}", withdraw="1", writes="strategy.RedactionOrder"),
        ),
        may=RUNNERS,
    ),
    Row(
        "Fassung von Hand anlegen, ändern, löschen",
        (
            *in_admin("strategy_edition", "{edition}", "add", "delete"),
            post("admin:strategy_edition_change", "{edition}", title="Anders"),
        ),
        never=True,
    ),
)
