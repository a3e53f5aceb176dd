"""The message after an action, with a button that takes the action back."""

import uuid

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest

from strategy.history.models import HistoryRecord

_TAG = "undo-"


def tell_undoable(request: HttpRequest, message: str, batch: uuid.UUID) -> None:
    """Say what was done in this batch. Where it left no record, there is nothing to take back, and no button.

        with in_one_go() as batch:
            node_actions.move(node, target=target, pos=pos, by=acting_user(request))
        tell_undoable(request, gettext("Moved."), batch)

    The page that shows the message draws the button (templates/admin/base_site.html).
    """
    messages.success(request, message, extra_tags=undo_tag(batch))


def undo_tag(batch: uuid.UUID) -> str:
    """The tag of a message after which this batch can be taken back; "" where there is nothing to take back."""
    return f"{_TAG}{batch}" if HistoryRecord.objects.filter(batch=batch).exists() else ""


def batch_of(message: Message) -> str:
    """The batch that a message offers to take back; "" where it offers none."""
    tags = (message.extra_tags or "").split()
    return next((tag.removeprefix(_TAG) for tag in tags if tag.startswith(_TAG)), "")
