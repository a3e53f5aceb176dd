"""A meeting of those who agree on the strategy, and what it dealt with."""

import hashlib
import uuid
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from strategy.document.data import Plain, canonical_json, digest_of, name_with_code
from strategy.history.operations import Operation
from strategy.people import person_field
from strategy.tree.kinds import Kind
from strategy.validators import LineField, LongTextField


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Meetings, the newest first."""

    def going_on(self) -> "MeetingQuerySet":
        """Those that nobody has closed yet."""
        return self.filter(closed_at=None)

    def closed(self) -> "MeetingQuerySet":
        """Those whose outcome stands."""
        return self.exclude(closed_at=None)

    def bodies(self) -> list[str]:
        """Which groups have met, the one that met last first."""
        names = self.order_by("-held_on", "-pk").values_list("body", flat=True)
        return list(dict.fromkeys(names))[:10]

    def with_counts(self) -> "MeetingQuerySet":
        """Each with how much was on its agenda (`on_agenda`), and how much of it was agreed and deferred."""
        counted = {
            name: models.Count("items", filter=Q(items__outcome=outcome))
            for name, outcome in (("agreed", Outcome.AGREED), ("deferred", Outcome.DEFERRED))
        }
        counts = self.annotate(on_agenda=models.Count("items"), **counted)
        return counts.order_by("-held_on", "-pk")


class Meeting(models.Model):
    """A meeting that agrees on entries of the strategy (Sitzung): which group, when, and what it dealt with.

    As long as it goes on, its choices are notes that anybody who may agree can change. Closing it agrees on what was
    chosen; from then on it never changes. `batch` is that of the records which closing it left in the history.
    """

    uid = models.UUIDField(_("identity"), unique=True, default=uuid.uuid4, editable=False)
    body = LineField(
        _("group"),
        max_length=120,
        help_text=_("Which group met, for example “Steuerungsgruppe”. Please name no persons."),
    )
    held_on = models.DateField(_("held on"))
    present = models.PositiveSmallIntegerField(
        _("members present"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("How many; their names are not recorded."),
    )
    note = LongTextField(
        _("what else was recorded"),
        max_length=4000,
        blank=True,
        help_text=_("Stands in the record of results. Please name no persons."),
    )
    opened_by = person_field(_("prepared by"))
    opened_at = models.DateTimeField(_("prepared at"), default=timezone.now)
    closed_by = person_field(_("closed by"), null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(_("closed at"), null=True, editable=False)
    batch = models.UUIDField(null=True, editable=False)

    objects: ClassVar[Any] = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["-held_on", "-pk"]
        default_permissions = ()  # whoever may agree holds meetings
        constraints = [
            models.CheckConstraint(
                name="editing_meeting_closed_is_signed",
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                violation_error_message=_("A closed meeting names who closed it, and when."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body}, {self.held_on:%d.%m.%Y}"

    @property
    def is_closed(self) -> bool:
        """Whether its outcome stands."""
        return self.closed_at is not None

    @property
    def taken_back(self) -> Operation | None:
        """The operation that took back what it agreed on, as far as that was not taken back in turn."""
        return _undo_of(self.batch) if self.batch else None

    @property
    def reason(self) -> str:
        """What the history says of each entry that the meeting agreed on. Kept there, so German (docs/adr/0015)."""
        return f"{self.body}, Sitzung am {self.held_on:%d.%m.%Y}"

    @property
    def mark(self) -> str:
        """Stands for its agenda and all that was chosen so far. One query."""
        rows = self.items.order_by("pk").values_list("pk", "choice", "reason", "seen_mark")
        return digest_of(canonical_json({"closed": self.is_closed, "items": [list(row) for row in rows]}))

    def require_going_on(self) -> None:
        """ValidationError where it is closed: its outcome never changes."""
        if self.is_closed:
            raise ValidationError(
                gettext("“%(meeting)s” has been closed meanwhile. Its outcome no longer changes.")
                % {"meeting": self}
            )


def _undo_of(batch: uuid.UUID) -> Operation | None:
    back = Operation.objects.filter(takes_back=batch).first()
    return back if back and _undo_of(back.uid) is None else None


class Choice(models.TextChoices):
    """What the meeting wants to become of an entry."""

    AGREED = "agreed", _("agree")
    DEFERRED = "deferred", _("defer")


class Outcome(models.TextChoices):
    """What came of an entry when the meeting was closed."""

    AGREED = "agreed", _("agreed")
    DEFERRED = "deferred", _("deferred")
    CHANGED = "changed", _("not agreed, since it is no longer as it was seen")
    UNTREATED = "untreated", _("not dealt with")
    GONE = "gone", _("deleted")


class AgendaItem(models.Model):
    """An entry on a meeting's agenda (Punkt der Tagesordnung), kept by uid so that it outlives the entry.

    `seen` is what those who chose had before them: {"kind", "parent", "content"} of the entry, and the state and
    move since which it was not agreed, "before" (None: it never was) and "was_moved". `seen_mark` is its mark.
    """

    meeting = models.ForeignKey(
        Meeting, verbose_name=_("meeting"), on_delete=models.CASCADE, related_name="items"
    )
    uid = models.UUIDField(_("identity"))
    kind = models.CharField(_("level"), max_length=20, choices=Kind)
    code = models.CharField(_("code"), max_length=100, blank=True)
    title = LineField(_("title"), max_length=300)
    position = models.PositiveIntegerField(default=0)  # in the order of the tree when the meeting was closed
    choice = models.CharField(_("choice"), max_length=10, choices=Choice, blank=True)
    reason = LineField(_("why it is deferred"), max_length=500, blank=True)
    seen_mark = models.CharField(max_length=40, blank=True)
    seen: Plain = models.JSONField(null=True, editable=False)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, blank=True)

    class Meta:
        verbose_name = _("item of an agenda")
        verbose_name_plural = _("items of agendas")
        ordering = ["position", "pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "uid"],
                name="editing_agendaitem_once",
                violation_error_message=_("An entry stands on an agenda once."),
            ),
            models.CheckConstraint(
                name="editing_agendaitem_deferred_has_reason",
                condition=~Q(choice="deferred") | ~Q(reason=""),
                violation_error_message=_("Please say in a sentence why it is deferred."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Code and title, as they were when the meeting was closed or the entry put on the agenda."""
        return name_with_code(self.code, self.title)

    @property
    def stamp(self) -> str:
        """Stands for what is stored as the choice."""
        return stamp_of(self.choice, self.reason, self.seen_mark)


def stamp_of(*said: str) -> str:
    """Stands for a choice with its reason."""
    return hashlib.sha256("\n".join(said).encode()).hexdigest()[:12]
