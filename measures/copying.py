"""A new measure made of another one."""

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from strategy.history import node_actions
from strategy.tree.content import content_of
from strategy.tree.kinds import Kind
from strategy.tree.levels import own
from strategy.tree.models import Node, locked_tree

LONGEST_TITLE = 300


def copy_measure(measure: Node, *, by: User | None = None) -> Node:
    """Add a measure that says what this one does, as the last one of its kind below the same goal.

    It is a draft with an identity and an address of its own; its title begins with “Kopie von” until somebody gives it
    another one. Node.DoesNotExist where there is no such measure any more.
    """
    with locked_tree():
        stored = Node.objects.filter(pk=measure.pk, kind=Kind.MEASURE).first()
        if stored is None:
            raise Node.DoesNotExist(_("This node has been deleted meanwhile."))
        content = content_of(own(stored))
        del content["slug"]  # made from the title
        content["title"] = f"Kopie von {stored.title}"[:LONGEST_TITLE].rstrip()
        return node_actions.add(
            kind=stored.kind, content=content, parent=Node.objects.get_parent(stored), by=by
        )
