"""A small sample beside a small real strategy: as files, removed again, and what is shown."""

from io import StringIO

from django.core.management import call_command

from strategy.editions.models import PublicState
from tests.herne_strategy.strategy_files.tree_file import uid

REAL = f"""\
format: 1
strategy: {{title: Strategie, city: Herne}}
edition: {{slug: echt, title: Echte Fassung}}
nodes:
  - kind: theme
    uid: {uid(1)}
    title: Energie
    children:
      - kind: guideline
        uid: {uid(2)}
        title: Leitlinie
        children: [{{kind: strategic_goal, uid: {uid(3)}, title: Ziel, slug: ziel}}]
  - {{kind: chapter, uid: {uid(4)}, title: Schluss}}
"""

SAMPLE = f"""\
format: 1
departments:
  - {{key: beispiel-a, name: "Beispiel: Amt A", successor: beispiel-b}}
  - {{key: beispiel-b, name: "Beispiel: Amt B"}}
nodes:
  - {{kind: theme, uid: {uid(11)}, title: "Beispiel: Wasser"}}
  - below: ziel
    children:
      - kind: operational_goal
        uid: {uid(12)}
        title: "Beispiel: Ausbau"
        children:
          - {{kind: measure, uid: {uid(13)}, title: "Beispiel: Eins", lead: beispiel-a}}
          - {{kind: measure, uid: {uid(14)}, title: "Beispiel: Zwei", slug: zwei}}
progress:
  - {{measure: {uid(13)}, state: running, reported_on: 2026-01-31, note: "Läuft."}}
editions:
  - {{slug: beispiel-1, title: Beispielfassung 1}}
  - slug: beispiel-2
    title: Beispielfassung 2
    remark: Anders.
    changes:
      - set: {{node: zwei, title: "Beispiel: Zwei b", lead: beispiel-b}}
      - move: {{node: {uid(14)}, before: {uid(13)}}}
      - add: {{below: {uid(3)}, children: [{{kind: measure, uid: {uid(15)}, title: "Beispiel: Drei"}}]}}
      - add: {{after: zwei, children: [{{kind: measure, uid: {uid(16)}, title: "Beispiel: Vier"}}]}}
      - origin: {{node: zwei, from: [{uid(13)}]}}
      - remove: {{node: {uid(13)}}}
"""


def remove() -> str:
    out = StringIO()
    call_command("load_sample", "--remove", stdout=out)
    return out.getvalue()


def shown() -> str | None:
    edition = PublicState.objects.get().shown
    return edition.slug if edition else None
