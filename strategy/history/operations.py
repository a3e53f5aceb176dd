"""What people did in one step to many nodes, by name: an import, a change of many measures, a meeting (Vorgang)."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.contrib.auth.models import User
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from strategy.document.data import Plain
from strategy.history.announcement import announced
from strategy.history.batches import in_one_go
from strategy.history.models import HistoryRecord
from strategy.people import name_of, person_field
from strategy.tree.models import locked_tree
from strategy.validators import LineField

_going_on: ContextVar["Operation | None"] = ContextVar("operation", default=None)


class Operation(models.Model):
    """What was done in one step, where it has a name: `uid` is the batch of its records, of which there is one at
    least.

    The history lists it as one line. Any batch can be taken back in one step (strategy/undo/), whether or not an
    operation names it; `takes_back` is the batch that this one took back. `details` is what the operation wrote beside
    nodes, as far as whoever takes it back has to know (`strategy.undo.beside.register`): keys, never names of persons.
    """

    class Kind(models.TextChoices):
        """What kind of step it was."""

        IMPORT = "import", _("Import")
        BULK = "bulk", _("Change of many measures")
        REORGANISATION = "reorganisation", _("Reorganisation of departments")
        AGREEMENT = "agreement", _("Agreement")
        UNDO = "undo", _("Taken back")

    uid = models.UUIDField(_("identity"), unique=True, editable=False)
    kind = models.CharField(_("what was done"), max_length=20, choices=Kind)
    title = LineField(_("title"), max_length=300, blank=True)  # the file's name, the meeting, the departments
    at = models.DateTimeField(_("when"), default=timezone.now)
    by = person_field(_("who"), null=True)
    takes_back = models.UUIDField(null=True, editable=False, db_index=True)
    details: Plain = models.JSONField(default=dict, editable=False)

    class Meta:
        verbose_name = _("operation")
        verbose_name_plural = _("operations")
        ordering = ["-pk"]
        default_permissions = ()  # the actions write it; whoever reads the history reads it

    def __str__(self) -> str:
        kind = str(self.get_kind_display())
        return f"{kind}: {self.title}" if self.title else kind


@contextmanager
def operation(kind: Operation.Kind, *, title: str = "", by: User | None = None) -> Iterator[Operation]:
    """Have all that is done inside be one operation, under the tree's lock: all of it, or nothing.

    For an action that changes many nodes:

        with operation(Operation.Kind.AGREEMENT, title="Sitzung vom 3. März", by=by) as done:
            for node in nodes:
                node_actions.set_review(node, Review.AGREED, by=by)

    No batch is handed on: whatever leaves a record inside belongs to it. `done.uid` is what a page says it by, such
    as in the message that offers to take it back (`strategy.forms.undo_message`). One inside another is a part of it.
    What was written beside nodes goes into `done.details`. Where no record was left nothing has been done, and there
    is no operation.
    """
    if outer := _going_on.get():
        yield outer
        return
    with locked_tree(), in_one_go() as batch:
        done = Operation(uid=batch, kind=kind, title=title[:300], by=by)
        token = _going_on.set(done)
        try:
            with announced(f"{done}, {name_of(by)}" if by else str(done)):
                yield done
        finally:
            _going_on.reset(token)
        if HistoryRecord.objects.filter(batch=batch).exists():
            done.save()
