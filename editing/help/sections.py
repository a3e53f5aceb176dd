"""Which section of the manual explains a page or a field of a form. A test reads whether the section is there."""

from typing import Any

from django.db.models import Model

from editing.help.manual import address_of, anchor_of

MANUAL = "redaktion"
BEGINNING = "Das Wichtigste zuerst"

# By the module in which the page is made, or a package of such: the longest one that fits.
OF_PAGES = {
    "editing.home": "Die Startseite",
    "editing.home.handover_page": "Übergabe",
    "editing.tree": "Der Baum",
    "editing.tree.agree_page": "Abstimmen",
    "editing.tree.review_page": "Abstimmen",
    "editing.tree.markdown_preview": "Ein Formular",
    "editing.exchange.desk_page": "Die Startseite",
    "editing.exchange.proposals_page": "Vorschlagen und entscheiden",
    "editing.exchange.propose_pages": "Vorschlagen und entscheiden",
    "editing.exchange.decision_page": "Vorschlagen und entscheiden",
    "editing.exchange.remarks_page": "Miteinander reden",
    "editing.exchange.reports_page": "Umsetzungsstand melden",
    "editing.exchange.execution_page": "Meilensteine, Zeitraum und Ausgaben",
    "editing.history": "Verlauf",
    "editing.history.undo_page": "Rückgängig",
    "editing.meetings": "Abstimmen wie in einer Sitzung",
    "editing.delivered": "Eine eigene Liste der Stadt einlesen",
    "editing.history.origins_page": "Zusammenlegen und aufteilen",
    "editing.bulk": "Viele auf einmal",
    "editing.tables": "Viele auf einmal",
    "editing.reporting": "Berichtsrunden",
    "editing.status_reports": "Sachstandsbericht",
    "editing.editions": "Vom Arbeitsstand zur Fassung",
    "editing.editions.council_page": "Rat und Gremien",
    "editing.editions.minutes_page": "Geändert beschlossen",
    "editing.editions.original_page": "Nachträglich erfassen",
    "editing.editions.redactions_page": "Etwas muss aus einer Fassung heraus",
    "editing.help": BEGINNING,
}
# By the model whose form or list it is, or by its app.
OF_FORMS = {
    "strategy": "Ein Formular",
    "strategy.edition": "Vom Arbeitsstand zur Fassung",
    "themes": "Ein Formular",
    "goals": "Ein Formular",
    "measures": "Ein Formular",
    "measures.progress": "Umsetzungsstand melden",
    "council": "Rat und Gremien",
}
# By the name of the field, in every form that has one.
OF_FIELDS = {
    "text": "Texte",
    "reason": "Begründung",
    "is_correction": "Abstimmen",
    "slug": "Adresse",
    "cost_once": "Zahlen",
    "cost_yearly": "Zahlen",
    "end_year": "Zahlen",
    "target_value": "Zahlen",
    "base_value": "Zahlen",
    "is_public": "Nichtöffentliche Vorlagen",
    "public_from": "Nichtöffentliche Vorlagen",
    "edition": "Eine Fassung einbringen",
    "amended_edition": "Geändert beschlossen",
    "withdrawn_on": "Zurückgezogen",
}


def explain(module: str, heading: str) -> None:
    """Have the pages of a package above this one explained by this section."""
    OF_PAGES[module] = heading


def section_of_page(module: str, model: type[Model] | None = None) -> str:
    """The heading that explains a page of this module, or the admin pages of this model; the first one where none
    does."""
    if model is not None:
        options = model._meta
        return OF_FORMS.get(options.label_lower) or OF_FORMS.get(options.app_label, BEGINNING)
    fitting = [name for name in OF_PAGES if f"{module}.".startswith(f"{name}.")]
    return OF_PAGES[max(fitting, key=len)] if fitting else BEGINNING


def address_of_section(heading: str) -> str:
    """Where the manual says it."""
    return f"{address_of(MANUAL)}#{anchor_of(heading)}"


def help_for(view: Any) -> str:
    """The address of the section that explains the page that this view answers with."""
    admin = getattr(view, "model_admin", None)
    return address_of_section(section_of_page(view.__module__, admin and admin.model))


def help_for_field(name: str) -> str:
    """The address of the lines that explain a field; "" where none do."""
    return address_of_section(OF_FIELDS[name]) if name in OF_FIELDS else ""
