"""The pages of a Synopse, as tests read them."""

import re
from html import unescape

from django.test import Client

from strategy.editions import actions
from strategy.editions.models import Edition, Strategy
from strategy.tree.models import Node
from strategy.tree.review import Review
from tests.strategy.outline import plant

TREE = """
theme Bildung
  guideline Lernen
    strategic_goal Schulen
      measure Garten
      measure Kurse
      measure Labor
    strategic_goal Kitas
"""
PAGE = "/fassungen/alt/synopse/neu/"


def planted() -> dict[str, Node]:
    """TREE as a strategy that is agreed in all its parts."""
    Strategy(city="Herne", title="Strategie").save()
    found = plant(TREE, Garten={"text": "Ein Garten an jeder Schule."})
    Node.objects.update(review=Review.AGREED)
    return found


def publish(slug: str) -> Edition:
    edition = actions.freeze(slug=slug, title=f"Fassung {slug}")
    actions.publish(edition)
    return edition


def rows(page: str) -> list[str]:
    """Each change as text, the marks left as they are, without what is heard alone."""
    changes = re.findall(
        r'<section class="synopse__change" id="aenderung-\d+">(.*?)</section>', page, flags=re.S
    )
    heard = r'<(span|caption) class="visually-hidden">.*?</\1>'
    seen = [re.sub(heard, "", each, flags=re.S) for each in changes]
    kept = [re.sub(r"<(?!/?(?:del|ins)>)[^>]+>", " ", each) for each in seen]
    return [unescape(re.sub(r"\s+", " ", each)).strip() for each in kept]


def get(client: Client, address: str = PAGE) -> str:
    return client.get(address).content.decode()
