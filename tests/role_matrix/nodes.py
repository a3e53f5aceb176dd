"""Editing the nodes of the working tree."""

from herne_strategy.roles import THEME_EDITORS
from tests.role_matrix.asking import AGREEING, EDITORS, RUNNERS, Ask, Row, get, in_admin, post

LEVELS = {
    "themes_chapter": "{chapter}",
    "themes_theme": "{theme}",
    "themes_guideline": "{guideline}",
    "goals_strategicgoal": "{goal}",
    "goals_operationalgoal": "{operational}",
    "measures_measure": "{measure}",
}
BELOW = ("themes_guideline", "goals_strategicgoal", "goals_operationalgoal", "measures_measure")
OWN = frozenset({THEME_EDITORS})
RECORD = "strategy.HistoryRecord"
MEETING = {"body": "Steuerungsgruppe", "held_on": "2026-12-03"}


def _change(model: str) -> Ask:
    return post(
        f"admin:{model}_change",
        LEVELS[model],
        title="Neu benannt",
        slug="neu-benannt",
        colour="#123456",
        writes=RECORD,
    )


def _add(model: str, parent: str = "") -> Ask:
    """Below a theme that is not theirs, editors of themes get the form back: it is no choice."""
    return post(
        f"admin:{model}_add",
        title="Neu hinzugefügt",
        parent=parent,
        colour="#123456",
        writes=RECORD,
        refusals=(403, 200) if parent else (403,),
    )


def _delete(model: str) -> tuple[Ask, ...]:
    return (
        *in_admin(model, LEVELS[model], "delete"),
        post(
            f"admin:{model}_delete",
            LEVELS[model],
            post="yes",
            seen=LEVELS[model].replace("{", "{seen_"),
            writes=RECORD,
        ),
    )


def _move(node: str, parent: str, *refusals: int) -> Ask:
    return post("editing:move", node, parent=parent, writes=RECORD, refusals=(403, *refusals))


def _replace(query: str, seen: str, writes: str) -> Ask:
    data = {"seen": seen, "reason": "Neuer Zuschnitt"}
    return Ask("editing:replace_department", query=query, data=data, writes=writes, status=302)


ROWS = (
    Row("Kapitel ändern", (_change("themes_chapter"),), may=EDITORS),
    Row(
        "Themenfeld, Leitlinie, Ziele und Maßnahmen ändern",
        (_change("themes_theme"), *(_change(model) for model in BELOW)),
        may=EDITORS,
        own=OWN,
    ),
    Row(
        "Leitlinie, Ziele und Maßnahmen anlegen",
        (
            _add("themes_guideline", "{bare_theme}"),
            _add("goals_strategicgoal", "{guideline}"),
            _add("goals_operationalgoal", "{goal}"),
            _add("measures_measure", "{operational}"),
        ),
        may=EDITORS,
        own=OWN,
    ),
    Row(
        "Leeres Formular dafür öffnen",
        tuple(get(f"admin:{model}_add") for model in BELOW),
        may=EDITORS | OWN,
    ),
    Row(
        "Leitlinie, Ziele und Maßnahmen löschen",
        tuple(ask for model in BELOW for ask in _delete(model)),
        may=EDITORS,
        own=OWN,
    ),
    Row(
        "Leitlinie, Ziele und Maßnahmen verschieben",
        (
            post("editing:step", runter="{measure}", writes=RECORD),
            post("editing:drag", knoten="{measure}", ziel="{fresh}", stelle="dahinter", writes=RECORD),
            post("editing:drag", knoten="{measure}", ziel="{other_goal}", writes=RECORD),
            get("editing:move", "{measure}"),
            _move("{measure}", "{other_goal}"),
            _move("{guideline}", "{bare_theme}"),
        ),
        may=EDITORS,
        own=OWN,
    ),
    Row(
        "… in ein anderes, nicht eigenes Themenfeld",
        (
            _move("{measure}", "{elsewhere}", 200),
            post("editing:drag", knoten="{measure}", ziel="{elsewhere}", writes=RECORD),
        ),
        may=EDITORS,
    ),
    Row(
        "Kapitel und Themenfelder anlegen, verschieben, löschen",
        (
            get("admin:themes_chapter_add"),
            get("admin:themes_theme_add"),
            _add("themes_chapter"),
            _add("themes_theme"),
            post("editing:step", runter="{theme}", writes=RECORD),
            post("editing:drag", knoten="{theme}", ziel="{bare_theme}", stelle="dahinter", writes=RECORD),
            get("editing:move", "{theme}"),
            *_delete("themes_chapter"),
            *_delete("themes_theme"),
        ),
        may=EDITORS,
    ),
    Row(
        "Festhalten, woraus ein Knoten hervorgegangen ist",
        (
            get("editing:origins", "{measure_uid}"),
            post("editing:origins", "{measure_uid}", aus="{fresh_uid}", writes="strategy.Origin"),
        ),
        may=EDITORS,
        own=OWN,
    ),
    Row(
        "Entwurf zur Abstimmung stellen, auch viele auf einmal",
        (
            post(
                "editing:review", "{operational}", stand="open", gesehen="{operational_mark}", writes=RECORD
            ),
            post("editing:agree", knoten="{draft_goal}", stellen="1", writes=RECORD),
        ),
        may=EDITORS,
        own=OWN,
    ),
    Row(
        "Liste dessen, was zur Abstimmung oder als Entwurf dasteht",
        (get("editing:agree"),),
        may=AGREEING | OWN,
    ),
    Row(
        "Abstimmen, was zur Abstimmung steht (als abgestimmt kennzeichnen)",
        (
            post(
                "editing:review", "{other_goal}", stand="agreed", gesehen="{other_goal_mark}", writes=RECORD
            ),
            post("editing:agree", knoten="{open_goal}", abstimmen="1", writes=RECORD),
        ),
        may=AGREEING,
    ),
    Row(
        "Sitzung vorbereiten, durchgehen, abschließen, verwerfen",
        (
            get("editing:new_meeting"),
            post("editing:new_meeting", **MEETING, stand="open", writes="editing.Meeting"),
            get("editing:collect", "{meeting}"),
            post("editing:collect", "{meeting}", query="?stand=draft", alle="1", writes="editing.AgendaItem"),
            post(
                "editing:meeting",
                "{meeting}",
                **{"901__opened": "{opened_item}", "901__choice": "agreed"},
                speichern="1",
                writes="editing.AgendaItem",
            ),
            get("editing:close_meeting", "{meeting}"),
            post("editing:close_meeting", "{meeting}", **MEETING, speichern="1", writes="editing.Meeting"),
            post(
                "editing:close_meeting",
                "{meeting}",
                **MEETING,
                seen="{seen_meeting}",
                abschliessen="1",
                writes="editing.Meeting",
            ),
            get("editing:discard_meeting", "{meeting}"),
            post("editing:discard_meeting", "{meeting}", seen="{seen_meeting}", writes="editing.Meeting"),
        ),
        may=AGREEING,
    ),
    Row(
        "Entwurf gleich als abgestimmt kennzeichnen, früheren Abstimmungsstand wiederherstellen",
        (
            post(
                "editing:review", "{operational}", stand="agreed", gesehen="{operational_mark}", writes=RECORD
            ),
            post("editing:restore", "{agreed_before}", seen="{seen_agreed_before}", writes=RECORD),
        ),
        may=EDITORS,
    ),
    Row(
        "Früheren Stand wiederherstellen",
        (
            get("editing:restore", "{changed}"),
            post("editing:restore", "{changed}", seen="{seen_changed}", writes=RECORD),
        ),
        may=EDITORS,
        own=OWN,
    ),
    Row(
        "Gelöschtes wiederherstellen",
        (
            get("editing:restore", "{deleted}"),
            post("editing:restore", "{deleted}", seen="{seen_deleted}", writes=RECORD),
        ),
        may=EDITORS,
    ),
    Row(
        "Zurücknehmen, was in einem Schritt geändert oder gelöscht wurde (wer es auch selbst tun könnte)",
        (
            get("editing:undo", "{changed_batch}"),
            post("editing:undo", "{changed_batch}", sofort="1", writes=RECORD),
            get("editing:undo", "{deleted_batch}"),
            post("editing:undo", "{deleted_batch}", sofort="1", writes=RECORD),
        ),
        may=EDITORS,
        own=OWN,
    ),
    Row(
        "Viele Maßnahmen auf einmal ändern",
        (
            post("editing:change_measures", m="{measure}", start_year="2027", vorschau="1", status=200),
            post(
                "editing:change_measures",
                gewaehlt="{measure}",
                start_year="2027",
                aendern="1",
                seen="{seen_many}",
                reason="Neuer Plan",
                writes=RECORD,
            ),
        ),
        may=EDITORS,
        own=OWN,
    ),
    Row("Liste dafür öffnen", (get("editing:change_measures"),), may=EDITORS | OWN),
    Row(
        "Arbeitsstand aus einer Tabelle einspielen",
        (
            post("editing:tables", file="{sheet}", writes="editing.ImportFile"),
            get("editing:table_preview", "{import_file}"),
            post("editing:table_preview", "{import_file}", digest="{seen_import}", writes=RECORD),
        ),
        may=EDITORS,
    ),
    Row(
        "Die Maßnahmen eines Fachbereichs an den Nachfolger geben, der bei ihm eingetragen ist",
        (
            get("editing:replace_department", query="?von={department}"),
            _replace("?von={department}", "{seen_successor}", RECORD),
        ),
        may=EDITORS,
    ),
    Row(
        "… an einen anderen",
        (
            get("editing:replace_department", query="?von={department}&nach={spare_department}"),
            _replace("?von={department}&nach={spare_department}", "{seen_other}", "measures.Department"),
        ),
        may=RUNNERS,
    ),
    Row(
        "Titelblatt der Strategie ändern",
        (post("admin:strategy_strategy_change", "1", city="Herne", title="Neu", writes="strategy.Strategy"),),
        may=EDITORS,
    ),
    Row(
        "Knoten ohne ihr Formular anlegen oder löschen, Titelblatt löschen oder ein zweites anlegen",
        (
            *in_admin("strategy_node", "{measure}", "add", "delete"),
            *in_admin("strategy_strategy", "1", "add", "delete"),
        ),
        never=True,
    ),
)
