"""How a kind of personal data is declared. German in the source: texts of law, word for word in documents."""

from dataclasses import dataclass

PUBLIC_TASK = "Art. 6 Abs. 1 Buchst. e DSGVO, § 3 DSG NRW (öffentliche Aufgabe)"
EMPLOYMENT = "Art. 6 Abs. 1 Buchst. e DSGVO, § 18 DSG NRW (Beschäftigte)"
SECURITY = "Art. 6 Abs. 1 Buchst. e und Art. 32 DSGVO, § 3 DSG NRW (sicherer Betrieb)"
BARRIERS = "Art. 6 Abs. 1 Buchst. c DSGVO, § 10b BGG NRW (Pflicht, Meldungen zu beantworten)"

OPERATORS = "wer den Server betreibt"
ADMINISTRATORS = "Administratorkonten"
COORDINATION = "Koordinationsstelle und Administratorkonten"
EDITORS = "alle mit einer Rolle in der Redaktion"


@dataclass(frozen=True)
class PersonalData:
    """A kind of personal data. `fields` are those of the database, as "app.Model.field"; none where it lies elsewhere.

    `is_of_staff` says whether it is about people who work on the strategy. `period` says how long it is stored and
    what ends it, `seen_by` who can see it in the portal.
    """

    name: str
    is_of_staff: bool
    holds: str
    purpose: str
    basis: str
    period: str
    seen_by: str
    fields: tuple[str, ...] = ()


def fields_of(model: str, names: str) -> tuple[str, ...]:
    """Fields of one model, as "app.Model.field"."""
    return tuple(f"{model}.{name}" for name in names.split())
