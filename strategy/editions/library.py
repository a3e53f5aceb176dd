"""What this process holds in memory: the shown edition with live data, and the editions last read."""

import datetime
import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.conf import settings
from django.db import OperationalError
from django.db.models import Case, F, TextField, Value, When
from django.utils import timezone

from strategy.document.document import Document
from strategy.editions import live
from strategy.editions.models import Edition, EditionDamaged, PublicState

CHECK_EVERY = 0.5  # seconds in which a published change may go unnoticed by a process without a watcher
DOCUMENTS = 3
# The settings that pages show.
ON_PAGES = ("PROGRAM_VERSION", "PUBLIC_URL", "BARRIER_MAIL_TO", "DATA_LICENCE", "SECURITY_CONTACT")


@dataclass
class Shown:
    """The public state as this process knows it. Without an edition where nothing is published yet."""

    revision: str
    edition: Edition | None
    readable: Document | None  # as it was frozen; None where nothing is shown, or the edition is damaged
    today: datetime.date
    checked_at: float
    read_at: float = field(default_factory=time.monotonic)

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

    @cached_property
    def places(self) -> Mapping[str, tuple[str, ...]]:
        """The places of the main navigation that are there only where there is something to read, with addresses."""
        return live.places()

    @cached_property
    def stamp(self) -> str:
        """What every public page depends on, beside its address: program, revision, day and settings, as 20 letters
        and digits. One stamp is not older or newer than another."""
        depends_on = [self.revision, self.today.isoformat(), *(getattr(settings, name) for name in ON_PAGES)]
        return hashlib.sha256("\n".join(map(str, depends_on)).encode()).hexdigest()[:20]

    def is_of(self, revision: str, today: datetime.date) -> bool:
        """Whether this is the state of that revision and day. Live data can be another with each day."""
        return (self.revision, self.today) == (revision, today)


class Library:
    """The Documents of this process. Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._loading = threading.Lock()  # one Document at a time is made of what an address asks for
        self._looking = threading.Lock()
        self.is_watched = False
        self.forget()

    def forget(self) -> None:
        """Start anew, as a fresh process would."""
        with self._lock:
            self._shown: Shown | None = None
            self._documents: OrderedDict[str, Document] = OrderedDict()

    @property
    def last_known(self) -> Shown | None:
        """The public state as it was read last, without asking the database; None where it never was."""
        return self._shown

    def shown(self) -> Shown:
        """The public state. A watcher keeps it fresh, where there is one; without, it is at most half a second old
        (counted from the end of reading it, where it is new).

        OperationalError where the database could not be read yet.
        """
        shown = self._shown
        if self.is_watched:
            if shown is None:
                raise OperationalError("The public state has not been read yet.")
            return shown
        if shown and time.monotonic() - shown.checked_at < CHECK_EVERY:
            return shown
        with self._looking:
            return self.look() if self._shown is shown else self._shown  # type: ignore[return-value]

    def look(self) -> Shown:
        """The public state, read anew."""
        before = self._shown
        shown = self._look(before)
        if self.is_watched and shown is not before and not shown.is_damaged:
            # Read here, so that no reader needs the database.
            shown.document, shown.places  # noqa: B018
        self._shown = shown
        return shown

    def document(self, edition: Edition) -> Document:
        """The frozen Document of an edition, from memory where it is there; EditionDamaged where what the database
        holds is not what was frozen."""
        with self._loading:
            if document := self._kept(edition.digest):
                return document
            shown = self._shown.edition.digest if self._shown and self._shown.edition else ""
            return self._keep(edition.digest, edition.frozen_text, shown=shown)

    def _kept(self, digest: str) -> Document | None:
        with self._lock:
            if digest in self._documents:
                self._documents.move_to_end(digest)
            return self._documents.get(digest)

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
        if before and before.is_of(row.revision if row else "", today) and not self._is_due(before):
            before.checked_at = time.monotonic()
            return before
        if row is None or row.shown is None:
            return Shown(row.revision if row else "", None, None, today, time.monotonic())
        frozen = self._kept(row.shown.digest) or self._checked(row.shown, row.data)
        return Shown(row.revision, row.shown, frozen, today, time.monotonic())

    def _is_due(self, shown: Shown) -> bool:
        """Whether a damaged edition should be looked at again: it may have been restored, without a new revision."""
        return shown.is_damaged and time.monotonic() - shown.read_at >= 20 * CHECK_EVERY

    def _checked(self, shown: Edition, data: str | None) -> Document | None:
        """The Document of the shown edition; None where it is damaged."""
        try:
            return self._keep(shown.digest, shown.checked(data), shown=shown.digest)
        except EditionDamaged:
            return None

    def _keep(self, digest: str, data: str, *, shown: str) -> Document:
        """Keep a Document beside the shown one; the one that was read longest ago goes."""
        document = Document.from_json(data)
        with self._lock:
            self._documents[digest] = document
            others = [each for each in self._documents if each not in (shown, digest)]
            for oldest in others[: max(0, len(self._documents) - DOCUMENTS)]:
                del self._documents[oldest]
        return document


library = Library()
