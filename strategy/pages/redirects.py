"""Which node has an address in another public edition. Small indexes, made once an edition and process."""

import threading
from dataclasses import dataclass

from strategy.document.document import Document
from strategy.editions.models import Edition, EditionContent, EditionDamaged

Key = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Former:
    """What another edition has at an address."""

    uid: str
    title: str
    path: str
    edition_slug: str
    edition_title: str


class FormerAddresses:
    """The addresses of all public editions. Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.forget()

    def forget(self) -> None:
        """Start anew, as a fresh process would."""
        self._indexes: dict[Key, dict[str, Former]] = {}

    def find(self, path: str, *, before: Edition | None) -> Former | None:
        """The node that had this address in an edition older than `before` (None: in any), as the newest such
        edition knows it."""
        editions = Edition.objects.public().filter(withheld_on=None).newest_first()
        if before:
            editions = editions.filter(frozen_at__lt=before.frozen_at)
        indexes = self._known(list(editions))
        for index in indexes:
            if node := index.get(path):
                return next(each for one in indexes for each in one.values() if each.uid == node.uid)
        return None

    def _known(self, editions: list[Edition]) -> list[dict[str, Former]]:
        with self._lock:
            new = {edition.pk: edition for edition in editions if _key(edition) not in self._indexes}
            contents = EditionContent.objects.filter(pk__in=new).values_list("pk", "data")
            for pk, data in contents.iterator() if new else ():
                self._indexes[_key(new[pk])] = _index(new[pk], data)
            return [self._indexes[_key(each)] for each in editions if _key(each) in self._indexes]


def _key(edition: Edition) -> Key:
    """Another one once passages of the edition are blackened."""
    return edition.pk, edition.digest


def _index(edition: Edition, data: str) -> dict[str, Former]:
    """The addresses of an edition; none of one that is damaged, which nobody is led to."""
    try:
        entries = Document.from_json(edition.checked(data)).by_path
    except EditionDamaged:
        return {}
    return {
        path: Former(entry.uid, entry.title, path, edition.slug, edition.title)
        for path, entry in entries.items()
    }


former_addresses = FormerAddresses()
