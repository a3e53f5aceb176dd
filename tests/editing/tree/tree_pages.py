"""A small tree, and the tree page that lists it."""

import re
from html import unescape

from django.test import Client

TREE = """
chapter Vorwort
theme Bildung
  guideline Lernen
    strategic_goal Schulen
      measure Garten
      measure Kurse
      operational_goal Räume
        measure Umbau
    strategic_goal Kitas
theme Ökologie
  guideline Grün
    strategic_goal Bäume
"""


def titles(page: str) -> list[str]:
    """What the page lists, in order, with codes."""
    found = re.findall(r'<a class="node__title"[^>]*>(.*?)</a>', page)
    return [unescape(re.sub(r"<[^>]+>", "", each)) for each in found]


def get(client: Client, query: str = "") -> str:
    response = client.get(f"/verwaltung/baum/{query}")
    assert response.status_code == 200
    return response.content.decode()
