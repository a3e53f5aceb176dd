"""What is public at once: progress, departments, districts; and what the council does."""

from typing import Any

from herne_strategy.roles import BODIES, DEPARTMENT
from tests.role_matrix.asking import RUNNERS, WRITERS, Row, delete_selected, get, in_admin, post

PROGRESS = "measures.Progress"
SAID: Any = {"state": "running", "reported_on": "2026-10-01"}
COUNCIL = frozenset(RUNNERS | {BODIES})
NO_LINES: Any = {
    f"{prefix}__{form}_FORMS": "0"
    for prefix in ("consultations", "measures", "groups")
    for form in ("TOTAL", "INITIAL")
}

ROWS = (
    Row(
        "Umsetzungsstand, Fachbereiche, Stadtbezirke und SDGs lesen",
        (
            *in_admin("measures_progress", "{progress}", "changelist", "change", "history"),
            get("editing:reports", "{measure_uid}"),
            *in_admin("measures_department", "{department}", "changelist", "change", "history"),
            *in_admin("measures_district", "{district}", "changelist", "change", "history"),
            *in_admin("goals_sdg", "{sdg}", "changelist", "change", "history"),
            get(
                "admin:autocomplete",
                query="?app_label=measures&model_name=measure&field_name=lead&term=",
            ),
        ),
        may=WRITERS,
    ),
    Row(
        "Umsetzungsstand melden und ändern",
        (
            post(
                "admin:measures_progress_change", "{progress}", uid="{measure_uid}", **SAID, writes=PROGRESS
            ),
            post(
                "admin:measures_progress_add", uid="{fresh_uid}", **SAID, writes=PROGRESS, refusals=(403, 200)
            ),
            post("editing:reports", "{measure_uid}", meldung="{progress_report}", writes=PROGRESS),
        ),
        may=RUNNERS,
        own=frozenset({DEPARTMENT}),
    ),
    Row(
        "Leeres Formular dafür öffnen",
        in_admin("measures_progress", "", "add"),
        may=RUNNERS | {DEPARTMENT},
    ),
    Row(
        "Umsetzungsstand löschen",
        (
            *in_admin("measures_progress", "{progress}", "delete"),
            post(
                "admin:measures_progress_delete",
                "{progress}",
                post="yes",
                seen="{seen_progress}",
                writes=PROGRESS,
            ),
            delete_selected("measures_progress", "{progress}", PROGRESS),
        ),
        may=RUNNERS,
    ),
    Row(
        "Fachbereiche und Stadtbezirke anlegen, ändern, löschen; Namen der SDGs berichtigen",
        (
            *in_admin("measures_department", "{spare_department}", "add", "delete"),
            post("admin:measures_department_add", key="neu", name="Neu", writes="measures.Department"),
            post(
                "admin:measures_department_change",
                "{spare_department}",
                key="neu",
                name="Neu",
                writes="measures.Department",
            ),
            delete_selected("measures_department", "{spare_department}", "measures.Department"),
            *in_admin("measures_district", "{district}", "add", "delete"),
            post(
                "admin:measures_district_add", key="n", name="Neu", position="3", writes="measures.District"
            ),
            delete_selected("measures_district", "{district}", "measures.District"),
            post(
                "admin:goals_sdg_change",
                "{sdg}",
                number="4",
                title="Bildung",
                long_title="Gute Bildung",
                colour="#C5192D",
                text_colour="white",
                writes="goals.SDG",
            ),
        ),
        may=RUNNERS,
    ),
    Row("SDGs anlegen oder löschen", in_admin("goals_sdg", "{sdg}", "add", "delete"), never=True),
    Row(
        "Gremien, Vorlagen mit Beratungsfolge, Beschlüsse lesen, anlegen, ändern, löschen",
        (
            get("admin:app_list", "council", refusals=(404,)),
            *in_admin("council_body", "{body}", "changelist", "add", "change", "history", "delete"),
            post("admin:council_body_add", key="neu", name="Neu", kind="committee", writes="council.Body"),
            post(
                "admin:council_body_change",
                "{body}",
                key="rat",
                name="Rat",
                kind="council",
                writes="council.Body",
            ),
            delete_selected("council_body", "{spare_body}", "council.Body"),
            *in_admin("council_paper", "{paper}", "changelist", "add", "change", "history", "delete"),
            get("editing:council"),
            get("editing:paper", "{paper}"),
            post(
                "admin:council_paper_add",
                reference="2026/0001",
                name="Neu",
                **NO_LINES,
                writes="council.Paper",
            ),
            post(
                "admin:council_paper_change",
                "{paper}",
                reference="2026/0002",
                name="Neu",
                **NO_LINES,
                writes="council.Paper",
            ),
            post(
                "admin:council_paper_delete",
                "{paper}",
                post="yes",
                seen="{seen_paper}",
                writes="council.Paper",
            ),
            *in_admin(
                "council_resolution", "{resolution}", "changelist", "add", "change", "history", "delete"
            ),
            post(
                "admin:council_resolution_add",
                consultation="{consultation}",
                **NO_LINES,
                writes="council.Resolution",
            ),
            post(
                "admin:council_resolution_change",
                "{resolution}",
                consultation="{decided}",
                text="Anders",
                **NO_LINES,
                writes="council.Resolution",
            ),
            post(
                "admin:council_resolution_delete",
                "{resolution}",
                post="yes",
                seen="{seen_resolution}",
                writes="council.Resolution",
            ),
        ),
        may=COUNCIL,
    ),
    Row(
        "Fassung mit einer Vorlage einbringen, Entscheidung des Rates übernehmen",
        (
            post(
                "editing:submit_paper",
                "{ready_paper}",
                sure="on",
                seen="{ready_standing}",
                writes="strategy.Edition",
            ),
            post(
                "editing:carry_over",
                "{decided_paper}",
                sure="on",
                seen="{decided_standing}",
                writes="strategy.Edition",
            ),
        ),
        may=RUNNERS,
    ),
    Row(
        "Änderungen des Rates aus der Niederschrift notieren, abhaken, entfernen",
        (
            get("editing:minutes", "{amended_paper}"),
            post(
                "editing:minutes",
                "{amended_paper}",
                lines="Eine neue Maßnahme",
                note="1",
                writes="editing.MinutedChange",
            ),
            post(
                "editing:minutes",
                "{amended_paper}",
                was="{minuted}:0",
                done="{minuted}",
                tick="1",
                writes="editing.MinutedChange",
            ),
            post("editing:minutes", "{amended_paper}", drop="{minuted}", writes="editing.MinutedChange"),
        ),
        may=COUNCIL,
    ),
    Row(
        "Für eine nachträglich erfasste Fassung die Datei hinterlegen, die dem Rat vorlag",
        (
            post(
                "editing:keep_original",
                "{decided_paper}",
                edition="{decided_edition}",
                file="{pdf}",
                sure="on",
                writes="council.AuxiliaryFile",
            ),
        ),
        may=RUNNERS,
    ),
)
