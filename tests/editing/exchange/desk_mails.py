"""People, proposals and mails, for the tests of the daily mail."""

from io import StringIO
from typing import Any

from django.contrib.auth.models import User
from django.core import mail
from django.core.management import call_command

from editing.exchange import proposal_actions
from editing.models import Proposal
from strategy.tree.models import Node
from tests.editing.people import person

TREE = """
theme Bildung
  guideline Lernen
    strategic_goal Schulen
      measure Garten
      measure Kurse
theme Klima
  guideline Wärme
    strategic_goal Energie
"""


def somebody(name: str, role: str = "Steuerungsgruppe", **responsible: Any) -> User:
    """Somebody of this role who has an address."""
    user = person(role, name=name, **responsible)
    user.email = f"{name.lower()}@herne.example"
    user.save()
    return user


def propose(node: Node, by: User) -> Proposal:
    """A proposal for this node."""
    return proposal_actions.propose(node, content={"title": f"{node.title} neu"}, by=by, reason="Klarer")


def run(**options: Any) -> str:
    """Run the command; returns what it printed."""
    out = StringIO()
    call_command("send_desk_mail", stdout=out, stderr=out, **options)
    return out.getvalue()


def receivers() -> list[str]:
    """To whom mails were sent."""
    return [message.to[0] for message in mail.outbox]
