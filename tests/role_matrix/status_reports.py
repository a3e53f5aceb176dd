"""How measures are carried out, and what rounds come to."""

from herne_strategy.roles import DEPARTMENT
from tests.role_matrix.asking import RUNNERS, WRITERS, Row, get, post

REPORT = "reporting.StatusReport"

ROWS = (
    Row(
        "Meilensteine, Zeitraum und Ausgaben einer Maßnahme eintragen",
        (
            get("editing:execution", "{measure_uid}"),
            post(
                "editing:execution",
                "{measure_uid}",
                started_on="2026-03-02",
                milestones__TOTAL_FORMS="0",
                milestones__INITIAL_FORMS="0",
                spending__TOTAL_FORMS="0",
                spending__INITIAL_FORMS="0",
                writes="measures.Execution",
            ),
        ),
        may=RUNNERS,
        own=frozenset({DEPARTMENT}),
    ),
    Row(
        "Sachstandsberichte lesen, auch noch nicht eingefrorene",
        (
            get("editing:status_reports"),
            get("editing:status_report", "{closed_round}"),
            get("editing:status_report", "{frozen_round}"),
        ),
        may=WRITERS,
    ),
    Row(
        "Vorwort eines Sachstandsberichts schreiben, ihn einfrieren und zurückhalten",
        (
            post("editing:status_report", "{closed_round}", title="Neu", speichern="1", writes=REPORT),
            post(
                "editing:status_report",
                "{closed_round}",
                title="Neu",
                seen="{seen_report}",
                einfrieren="1",
                writes=REPORT,
            ),
            post(
                "editing:status_report", "{frozen_round}", reason="Ein Name", zurueckziehen="1", writes=REPORT
            ),
            post("editing:status_report", "{withheld_round}", freigeben="1", writes=REPORT),
        ),
        may=RUNNERS,
    ),
)
