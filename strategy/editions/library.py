"""What this process holds in memory: the shown edition with live data, and the editions last read."""

import datetime
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Case, F, TextField, Value, When
from django.utils import timezone

from strategy.document.document import Document
from strategy.editions import live
from strategy.editions.models import Edition, EditionDamaged, PublicState

CHECK_EVERY = 0.5  # seconds in which a published change may go unnoticed by a process
DOCUMENTS = 3


@dataclass
class Shown:
    """The public state as this process knows it. Without an edition where nothing is published yet."""

    revision: int
    edition: Edition | None
    readable: Document | None  # as it was frozen; None where nothing is shown, or the edition is damaged
    today: datetime.date
    checked_at: float

    @property
    def is_damaged(self) -> bool:
        """Whether an edition is shown whose content is not what was frozen."""
        return self.edition is not None and self.readable is None

    @property
    def frozen(self) -> Document | None:
        """The shown edition as it was frozen; EditionDamaged where it is not that any more."""
        if self.edition and self.is_damaged:
            raise EditionDamaged(self.edition.title)
        return self.readable

    @cached_property
    def document(self) -> Document | None:
        """The shown edition with live data laid over it, read when the first page asks."""
        frozen = self.frozen
        overlaid = frozen.overlaid(live.records(frozen)) if frozen else None
        self.checked_at = time.monotonic()
        return overlaid

    @property
    def stamp(self) -> tuple[int, datetime.date]:
        """What every public page depends on, beside its address."""
        return self.revision, self.today


class Library:
    """The Documents of this process. Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self.forget()

    def forget(self) -> None:
        """Start anew, as a fresh process would."""
        with self._lock:
            self._shown: Shown | None = None
            self._documents: OrderedDict[str, Document] = OrderedDict()

    def shown(self) -> Shown:
        """The public state, at most half a second old (counted from the end of reading it, where it is new)."""
        shown = self._shown
        if shown and time.monotonic() - shown.checked_at < CHECK_EVERY:
            return shown
        with self._lock:
            if self._shown is shown:
                self._shown = self._look(shown)
            return self._shown  # type: ignore[return-value]

    def document(self, edition: Edition) -> Document:
        """The frozen Document of an edition, from memory where it is there; EditionDamaged where what the database
        holds is not what was frozen."""
        with self._lock:
            if document := self._documents.get(edition.digest):
                self._documents.move_to_end(edition.digest)
                return document
            shown = self._shown.edition.digest if self._shown and self._shown.edition else ""
            return self._keep(edition.digest, edition.frozen_text, shown=shown)

    def _look(self, before: Shown | None) -> Shown:
        row = (
            PublicState.objects.filter(pk=1)
            .select_related("shown")
            .annotate(
                data=Case(
                    When(shown__digest__in=list(self._documents), then=Value(None)),
                    default=F("shown__content__data"),
                    output_field=TextField(),
                ),
            )
            .first()
        )
        today = timezone.localdate()
        if row is None or row.shown is None:
            return Shown(row.revision if row else 0, None, None, today, time.monotonic())
        if (
            before and before.stamp == (row.revision, today) and not before.is_damaged
        ):  # live data can be another with each day
            before.checked_at = time.monotonic()
            return before
        frozen = self._documents.get(row.shown.digest) or self._checked(row.shown, row.data)
        return Shown(row.revision, row.shown, frozen, today, time.monotonic())

    def _checked(self, shown: Edition, data: str | None) -> Document | None:
        """The Document of the shown edition; None where it is damaged."""
        try:
            return self._keep(shown.digest, shown.checked(data), shown=shown.digest)
        except EditionDamaged:
            return None

    def _keep(self, digest: str, data: str, *, shown: str) -> Document:
        """Keep a Document beside the shown one; the one that was read longest ago goes."""
        document = self._documents[digest] = Document.from_json(data)
        others = [each for each in self._documents if each not in (shown, digest)]
        for oldest in others[: max(0, len(self._documents) - DOCUMENTS)]:
            del self._documents[oldest]
        return document


library = Library()
