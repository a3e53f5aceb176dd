"""The blackened copy of an edition: made first, then kept in place of the text that was frozen."""

import copy
import datetime
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from council import redacted_files
from strategy.document.data import Plain, canonical_json, digest_of
from strategy.document.document import Document
from strategy.editions.models import Edition, EditionContent
from strategy.editions.redaction.blackening import Spot, edition_blackened
from strategy.editions.redaction.orders import RedactedEdition, RedactionOrder, RedactionPassage
from strategy.editions.redaction.places import EDITION


@dataclass(frozen=True)
class RedactedCopy:
    """An edition as it will be. `before` is the one that is kept until then; `files` are those that the council had."""

    before: Edition
    data: Mapping[str, Plain]
    note: str
    suffix: str
    files: dict[str, bytes] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """Its JSON."""
        return canonical_json(self.data)

    @property
    def after(self) -> Edition:
        """The edition with its new digest, and the note in its place."""
        edition = copy.copy(self.before)
        edition.digest = digest_of(self.text)
        edition.title = self.data["meta"]["edition"]["title"]
        edition.redaction_note = f"{edition.redaction_note} {self.note}".strip()
        return edition

    def make_files(self, originals: Mapping[str, bytes | None]) -> None:
        """Make the files anew that the council had. `originals` are blackened ones in place of uploaded files, by the
        edition's address; None where it goes."""
        document = Document.from_json(self.text)
        self.files.update(redacted_files.made_anew(self.after, document, suffix=self.suffix))
        if original := originals.get(self.before.slug):
            self.files[redacted_files.Form.ORIGINAL.value] = original

    def keep(self, order: RedactionOrder) -> None:
        """Put it in the place of the text that was frozen. In the caller's transaction, without the triggers."""
        after = self.after
        RedactedEdition.objects.create(
            order=order,
            edition=self.before,
            digest_before=self.before.digest,
            digest_after=after.digest,
            files_before=redacted_files.digests_of(self.before),
        )
        EditionContent.objects.filter(pk=after.pk).update(data=self.text, digest=after.digest)
        Edition.objects.filter(pk=after.pk).update(
            digest=after.digest, title=after.title, redaction_note=after.redaction_note
        )
        redacted_files.replace(self.before, self.files, suffix=self.suffix)


def redacted_copies(order: RedactionOrder, *, on: datetime.date) -> list[RedactedCopy]:
    """The copies of all editions that an order is about; without the files."""
    passages: dict[Edition, list[RedactionPassage]] = {}
    for passage in order.passages.filter(source=EDITION, stays=False).select_related("edition"):
        if passage.edition:
            passages.setdefault(passage.edition, []).append(passage)
    return [_copy(order, edition, of_edition, on) for edition, of_edition in passages.items()]


def _copy(
    order: RedactionOrder, edition: Edition, passages: Iterable[RedactionPassage], on: datetime.date
) -> RedactedCopy:
    data = json.loads(edition.frozen_text)
    spots = [(Spot(str(each.uid or ""), each.field), each.words) for each in passages]
    blackened = edition_blackened(data, spots)
    return RedactedCopy(edition, blackened, _note(order, len(spots), on), f", geschwärzt am {on:%d.%m.%Y}")


def _note(order: RedactionOrder, count: int, on: datetime.date) -> str:
    """What every reader of the edition is told; kept, so in German whatever the catalogue says."""
    be, passages = ("wurde", "eine Stelle") if count == 1 else ("wurden", f"{count} Stellen")
    basis = RedactionOrder.Basis(order.basis).label
    return (
        f"In dieser Fassung {be} am {on:%d.%m.%Y} auf Anordnung {passages} geschwärzt. Grundlage: {basis}. Die "
        "Prüfsumme ist seitdem eine andere als auf früheren Ausdrucken."
    )
