"""Who may do what below /verwaltung/, as the tests ask it and docs/rollen.md tells it. The rule itself is the code's.

A new page of the administration gets a row in the section that it belongs to.
"""

from tests.role_matrix import accounts, editions, exchange, live, nodes, reading, site, status_reports
from tests.role_matrix.asking import Ask, Row

__all__ = ["SECTIONS", "Ask", "Row"]

SECTIONS: tuple[tuple[str, tuple[Row, ...]], ...] = (
    ("Lesen", reading.ROWS),
    ("Arbeitsstand bearbeiten", nodes.ROWS),
    ("Vorschläge und Anmerkungen", exchange.ROWS),
    ("Fassungen", editions.ROWS),
    ("Umsetzungsstand, Stammdaten und Gremien", live.ROWS),
    ("Durchführung und Sachstandsberichte", status_reports.ROWS),
    ("Personen, Rechtstexte, Barrieren", accounts.ROWS),
    ("Rund um die Anmeldung", site.ROWS),
)
