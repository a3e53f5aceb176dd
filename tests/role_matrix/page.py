"""The matrix as a page for people, in German: docs/rollen.md."""

from collections.abc import Iterator

from herne_strategy.roles import ROLES
from tests.role_matrix import SECTIONS, Row
from tests.role_matrix.asking import NO_ROLE, ROLE_NAMES

HEAD = """\
# Rollen und Rechte

Eine Person kann mehrere Rollen haben; dann darf sie, was eine davon darf. Wofür sie zuständig ist (Themenfelder,
Fachbereiche), steht bei der Person. Die Rollen legt `manage.py create_roles` an; in der Verwaltung werden sie nur
vergeben.
"""
LEGEND = """\
„✓“: darf es überall. „nur eigene“: in den eigenen Themenfeldern, für Maßnahmen, die der eigene Fachbereich
federführt, oder was man selbst geschrieben hat. „–“: darf es nicht; die Antwort ist eine Seite, die das sagt. Ein
Knoten lässt sich nur dorthin verschieben, wo man ihn auch anlegen dürfte.
"""
ADMINISTRATORS = """\
Administratorkonten (`manage.py createsuperuser`) dürfen alles, auch was in keiner Spalte steht. Nur sie ernennen
weitere. Was mit „niemand“ endet, lässt die Verwaltung auch ihnen nicht zu.

Diese Seite schreibt `python -m tests.write_roles`. Was hier steht, fragen die Tests bei jeder Änderung
für jede Rolle und jede Adresse der Verwaltung ab.
"""


def rendered() -> str:
    """The whole page."""
    roles, rights = "## Die Rollen\n", "## Wer was darf\n"
    return "\n".join((HEAD, roles, _roles(), rights, LEGEND, _table(), ADMINISTRATORS))


def _roles() -> str:
    return "".join(f"- **{role.name}**: {role.says}\n" for role in ROLES)


def _table() -> str:
    names = (*ROLE_NAMES, NO_ROLE)
    head = f"| Was | {' | '.join(names)} |\n|---|{':-:|' * len(names)}\n"
    return head + "".join(line for title, rows in SECTIONS for line in _section(title, rows, names))


def _section(title: str, rows: tuple[Row, ...], names: tuple[str, ...]) -> Iterator[str]:
    yield f"| **{title}** |{' |' * len(names)}\n"
    for row in rows:
        says = f"{row.says}: niemand" if row.never else row.says
        yield f"| {says} | {' | '.join(row.mark(name) for name in names)} |\n"
