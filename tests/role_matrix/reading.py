"""Reading: the working tree, its preview, editions."""

from tests.role_matrix.asking import ALL, Ask, Row, get, in_admin, post
from tests.role_matrix.nodes import LEVELS

# Pages that an edition has once the council has had it, or decided on it.
OF_THE_COUNCIL = ("kept_files", "original", "decision", "pdf_decision")


def _strategy_pages(namespace: str, *edition: str) -> tuple[Ask, ...]:
    """Every page of the strategy below one of its prefixes."""
    return (
        get(f"{namespace}:overview", *edition),
        get(f"{namespace}:colours", *edition),
        get(f"{namespace}:by_code", *edition, "1", status=302),
        get(f"{namespace}:themes:theme_detail", *edition, "{theme_slug}"),
        get(f"{namespace}:entry", *edition, "kapitel", "{chapter_slug}"),
        get(f"{namespace}:goals:goal_detail", *edition, "{goal_slug}"),
        get(f"{namespace}:goals:sdg_list", *edition),
        get(f"{namespace}:goals:sdg_detail", *edition, "4"),
        get(f"{namespace}:measures:measure_list", *edition),
        get(f"{namespace}:measures:measure_detail", *edition, "{measure_slug}"),
        get(f"{namespace}:printing:print", *edition),
        get(f"{namespace}:printing:print_css", *edition),
        get(f"{namespace}:printing:print_entry", *edition, "themenfelder", "{theme_slug}"),
        get(f"{namespace}:printing:print_entry", *edition, "ziele", "{goal_slug}"),
        get(f"{namespace}:printing:print_entry", *edition, "massnahmen", "{measure_slug}"),
        get(f"{namespace}:printing:pdf", *edition),
        get(f"{namespace}:printing:pdf_long", *edition),
        get(f"{namespace}:printing:pdf_short", *edition),
        get(f"{namespace}:printing:pdf_entry", *edition, "themenfelder", "{theme_slug}"),
        get(f"{namespace}:printing:pdf_entry", *edition, "ziele", "{goal_slug}"),
        get(f"{namespace}:printing:pdf_entry", *edition, "massnahmen", "{measure_slug}"),
        get(f"{namespace}:printing:archive", *edition, status=200 if edition else 404),
        get(f"{namespace}:printing:json", *edition, status=200 if edition else 404),
        *(get(f"{namespace}:printing:{name}", *edition, status=404) for name in OF_THE_COUNCIL),
    )


ROWS = (
    Row(
        "Startseite und Arbeitsstand lesen: Baum, Listen, jeden Knoten, Titelblatt",
        (
            get("admin:index"),
            get("tree_page"),
            post("editing:markdown_preview", text="Ein *Text*", status=200),
            *(
                ask
                for model, key in LEVELS.items()
                for ask in in_admin(model, key, "changelist", "change", "history")
            ),
            get("editing:next", "{measure}", status=302),
            get("admin:strategy_node_changelist", status=302),
            get("admin:strategy_node_change", "{measure}", status=302),
            get("admin:strategy_node_history", "{measure}"),
            *in_admin("strategy_strategy", "1", "changelist", "change", "history"),
            get("admin:app_list", "strategy", refusals=(404,)),
            get("admin:app_list", "themes", refusals=(404,)),
        ),
        may=ALL,
    ),
    Row(
        "Verlauf lesen",
        (get("editing:history"), get("editing:node_history", "{measure_uid}")),
        may=ALL,
    ),
    Row(
        "Arbeitsstand als Tabelle herunterladen",
        (get("editing:tables"), get("editing:table_download", query="?format=csv")),
        may=ALL,
    ),
    Row(
        "Begrüßung auf der Startseite wegklicken",
        (post("editing:greeting", writes="editing.ReadGreeting"),),
        may=ALL,
    ),
    Row(
        "Tägliche E-Mail über das, was bei einem liegt, an- oder abstellen",
        (post("editing:desk_mail", writes="editing.DeskMail"),),
        may=ALL,
    ),
    Row("Vorschau des Arbeitsstands lesen", _strategy_pages("preview"), may=ALL),
    Row(
        "Alle Fassungen lesen, auch nicht öffentliche; sehen, was sich ändern würde",
        (
            get("editing:editions"),
            get("editing:what_would_change"),
            get("editing:what_would_change_pdf", "{edition_slug}"),
            *(
                get(f"staff_synopse:{page}", "{edition_slug}", "{unpublished_slug}")
                for page in ("synopse", "print_synopse", "print_synopse_css", "pdf_synopse")
            ),
            *in_admin("strategy_edition", "{edition}", "changelist", "change", "history"),
            *_strategy_pages("staff", "{edition_slug}"),
        ),
        may=ALL,
    ),
    Row(
        "Sitzungen und ihre Ergebnisvermerke lesen",
        (
            get("editing:meetings"),
            get("editing:meeting", "{meeting}"),
            get("editing:meeting", "{closed_meeting}"),
            get("editing:record_of_results", "{closed_meeting}"),
        ),
        may=ALL,
    ),
    Row(
        "Vorschläge und Anmerkungen lesen",
        (
            get("editing:proposals"),
            get("editing:proposal", "{proposal}"),
            get("editing:remarks", "{measure_uid}"),
        ),
        may=ALL,
    ),
)
