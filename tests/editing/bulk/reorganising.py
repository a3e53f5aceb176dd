"""The page “Fachbereiche neu ordnen” as a browser uses it, and the measures on which it is tried."""

import re
from typing import Any

from django.test import Client

from measures.models import Department, Measure
from strategy.history.models import HistoryRecord
from strategy.tree.models import Node
from strategy.tree.review import Review
from tests.strategy.outline import plant

PAGE = "/verwaltung/fachbereich-abloesen/"
TREE = """
theme Bildung
  guideline Lernen
    strategic_goal Schulen
      measure Garten
      measure Kurse
      measure Umbau
"""


def planted(old: Department) -> dict[str, Node]:
    """Three measures, two of which this department leads; by title."""
    nodes = plant(
        TREE, Garten={"lead": old, "review": Review.AGREED}, Kurse={"lead": old, "partners": "Umwelt"}
    )
    HistoryRecord.objects.all().delete()
    return nodes


def address(old: Department, new: Department | None = None) -> str:
    return f"{PAGE}?von={old.pk}" + (f"&nach={new.pk}" if new else "")


def page_of(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def confirm(client: Client, url: str, page: str = "", **values: Any) -> Any:
    seen = re.search(r'name="seen" value="(\w+)"', page or page_of(client, url))[1]
    return client.post(url, {"seen": seen, "reason": "Neue Organisation", **values})


def leads() -> dict[str, str]:
    rows = Measure.objects.order_by("path").values_list("title", "lead__name")
    return {title: name or "" for title, name in rows}


BEFORE = {"Garten": "Umwelt", "Kurse": "Umwelt", "Umbau": ""}
AFTER = {"Garten": "Klima", "Kurse": "Klima", "Umbau": ""}
