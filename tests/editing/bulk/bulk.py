"""The page “Viele Maßnahmen ändern” as a browser uses it, and the small strategy on which it is tried."""

import re
from typing import Any

from django.test import Client

from measures.models import Department, Measure
from strategy.history.models import HistoryRecord
from strategy.tree.models import Node
from strategy.tree.review import Review
from tests.editing.pages import text_of
from tests.factories import SDGFactory
from tests.strategy.outline import plant, saved

PAGE = "/verwaltung/massnahmen-aendern/"
TREE = """
theme Bildung
  guideline Lernen
    strategic_goal Schulen
      measure Garten
      measure Kurse
      operational_goal Räume
        measure Umbau
theme Klima
  guideline Wärme
    strategic_goal Energie
      measure Dächer
"""
STALE = "Seit der Vorschau hat sich etwas geändert. Es wurde nichts geschrieben"


def planted(school: Department) -> dict[str, Node]:
    """The strategy, its nodes by title."""
    nodes = plant(
        TREE,
        Garten={"lead": school, "start_year": 2025, "end_year": 2027, "review": Review.AGREED},
        Kurse={"lead": school, "is_ongoing": True, "start_year": 2024, "text": "Für alle, auch zu Beeten"},
        Umbau={"start_year": 2030, "end_year": 2032},
        Dächer={"end_year": 2028},
    )
    nodes["Garten"].sdgs.set([SDGFactory(number=4), SDGFactory(number=11)])
    nodes["Kurse"].sdgs.set([SDGFactory(number=13)])
    HistoryRecord.objects.all().delete()
    return nodes


def pks(nodes: dict[str, Node], *names: str) -> list[int]:
    return [nodes[name].pk for name in names]


def listed(client: Client, query: str = "") -> list[str]:
    response = client.get(f"{PAGE}{query}")
    assert response.status_code == 200
    return names_in(response.content.decode())


def names_in(page: str) -> list[str]:
    return [text_of(each).strip() for each in re.findall(r'<label for="m\d+">(.*?)</label>', page)]


def preview(client: Client, chosen: Any = (), query: str = "", **values: Any) -> str:
    response = client.post(f"{PAGE}{query}", {"m": list(chosen), "vorschau": "1", **values})
    assert response.status_code == 200
    return response.content.decode()


def confirm(client: Client, page: str, **values: Any) -> Any:
    """Send the preview's form as a browser would."""
    form = page.split('<form method="post" class="plain-form">')[1].split("</form>", maxsplit=1)[0]
    data: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="(\w+)"(?: value="([^"]*)")?', form):
        data.setdefault(name, []).append(value)
    return client.post(PAGE, {**data, "aendern": "1", "reason": "Neuer Plan", **values})


def planned(page: str) -> list[str]:
    """The rows of the preview."""
    table = page.split("<thead>")[1].split("</table>", maxsplit=1)[0] if "<thead>" in page else ""
    return [" ".join(text_of(row).split()) for row in table.split("<tr>")[2:]]


def periods() -> dict[str, tuple]:
    rows = Measure.objects.order_by("path").values_list("title", "start_year", "end_year", "is_ongoing")
    return {title: (start, end, ongoing) for title, start, end, ongoing in rows}


def leads() -> dict[str, str]:
    rows = Measure.objects.order_by("path").values_list("title", "lead__name")
    return {title: name or "" for title, name in rows}


def sdgs(name: str) -> list[int]:
    return [sdg.number for sdg in saved()[name].sdgs.all()]
