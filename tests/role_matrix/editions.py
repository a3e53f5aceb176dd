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
        "Fassung von Hand anlegen, ändern, löschen",
        (
            *in_admin("strategy_edition", "{edition}", "add", "delete"),
            post("admin:strategy_edition_change", "{edition}", title="Anders"),
        ),
        never=True,
    ),
)
