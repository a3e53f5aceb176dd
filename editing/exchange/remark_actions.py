"""What can be done with remarks. PermissionDenied where the acting person may not."""

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from editing.models import Remark
from strategy.people import require_permission
from strategy.tree.models import Node

WRITE = "editing.add_remark"


def write(
    node: Node, *, text: str, by: User, asked: User | None = None, answers: Remark | None = None
) -> Remark:
    """Say something about a node, ask somebody, or answer a remark on it. An answer asks nobody."""
    require_permission(by, WRITE)
    return Remark.objects.create(
        uid=node.uid,
        title=node.title,
        text=text,
        asked=None if answers else asked,
        answers=answers,
        by=by,
    )


@transaction.atomic
def set_done(remark: Remark, *, is_done: bool, by: User) -> Remark:
    """Mark a remark as done, with who says so, or as open again; one that is so already stays as it is."""
    require_permission(by, WRITE)
    remark = Remark.objects.select_for_update(of=("self",)).get(pk=remark.pk)
    if is_done == (remark.done_at is not None):
        return remark
    remark.done_at = timezone.now() if is_done else None
    remark.done_by = by if is_done else None
    remark.save(update_fields=["done_at", "done_by"])
    return remark
