"""A strategy file with a small tree, and what of it is in the database."""

from strategy.tree.models import Node


def uid(number: int) -> str:
    return f"{number:08d}-0000-4000-8000-000000000000"


TREE = f"""\
format: 1
strategy: {{title: Strategie, city: Herne}}
edition: {{slug: erste, title: Erste Fassung}}
departments:
  - {{key: umwelt, name: Umwelt, email: umwelt@example.org}}
nodes:
  - kind: theme
    uid: {uid(1)}
    title: Energie
    children:
      - kind: guideline
        uid: {uid(2)}
        title: Leitlinie Energie
        children:
          - kind: strategic_goal
            uid: {uid(3)}
            title: Ziel A
            slug: ziel-a
            children:
              - {{kind: measure, uid: {uid(5)}, title: Eins, lead: umwelt, start_year: 2025}}
              - {{kind: measure, uid: {uid(6)}, title: Zwei}}
              - {{kind: measure, uid: {uid(7)}, title: Drei}}
          - kind: strategic_goal
            uid: {uid(4)}
            title: Ziel B
"""


def outline() -> list[str]:
    return [f"{'  ' * (node.depth - 1)}{node.title}" for node in Node.objects.all()]


def titles(parent: int) -> list[str]:
    return [node.title for node in Node.objects.get_children(Node.objects.get(uid=uid(parent)))]


def counts(printed: str) -> str:
    return printed.strip().splitlines()[-1]
