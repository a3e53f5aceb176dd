"""Whether editions, and what is kept with them for ever, are still what they were."""

import json
from collections.abc import Callable, Iterable, Iterator

from django.utils.translation import gettext as _

from strategy.document.data import FORMAT, digest_of, upgraded
from strategy.editions.models import Edition, EditionContent
from strategy.editions.redaction.orders import RedactedEdition

Check = Callable[[Edition], list[str]]
Kept = Callable[[], Iterable[tuple[str, list[str]]]]
_further: list[Check] = []
_kept: list[Kept] = []


def register(check: Check) -> None:
    """Have more asked of each edition: whoever keeps something with it says here what is wrong with that."""
    _further.append(check)


def register_kept(kept: Kept) -> None:
    """Have more verified than editions: what is frozen as they are, by its name, with what is wrong with it."""
    _kept.append(kept)


def damage_of_kept() -> Iterator[tuple[str, list[str]]]:
    """All that is frozen beside editions, by its name, with what is wrong with it; [] where nothing is."""
    for kept in _kept:
        yield from kept()


def damage(edition: Edition) -> list[str]:
    """What is wrong with a frozen edition, a sentence each; [] where it is as it was frozen."""
    return [
        sentence for check in (_content_damage, _redaction_damage, *_further) for sentence in check(edition)
    ]


def _content_damage(edition: Edition) -> list[str]:
    content = EditionContent.objects.filter(pk=edition.pk).first()
    if content is None:
        return [_("The content is missing.")]
    wrong = []
    if digest_of(content.data) != content.digest:
        wrong.append(_("The content does not match its digest: it was changed after freezing."))
        return wrong
    if content.format > FORMAT:
        message = _("It was frozen in format %(format)s, which this program does not know yet.")
        return [message % {"format": content.format}]
    data = upgraded(json.loads(content.data))
    if content.digest != edition.digest:
        wrong.append(_("The edition names another digest than its content."))
    if data["meta"]["edition"]["title"] != edition.title or data["meta"]["has_sample"] != edition.has_sample:
        wrong.append(_("Title or origin differ from what was frozen."))
    if (edition.state != Edition.State.WORKING) and not content.is_sealed:
        wrong.append(_("The edition was before the council, but is not sealed against deletion."))
    return wrong


def _redaction_damage(edition: Edition) -> list[str]:
    """The note on what was blackened, and the record of it, belong together."""
    last = RedactedEdition.objects.filter(edition=edition).last()
    if (last.digest_after if last else "") == (edition.digest if edition.is_redacted else ""):
        return []
    return [_("What is recorded of its blackening does not fit the edition.")]
