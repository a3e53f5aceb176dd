"""Which nodes were made from which, where somebody said so. Plain Python, no Django."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from strategy.document.document import Entry
from strategy.document.pairing import Pairing


class Lineage:
    """Old entries and the new ones that they went into. What the two Documents lack is left out."""

    def __init__(self, pairing: Pairing, origins: Mapping[str, Collection[str]]) -> None:
        self._kept = pairing.kept
        self._origins: dict[str, list[Entry]] = {}
        self._successors: dict[str, list[Entry]] = defaultdict(list)
        places = {uid: place for place, uid in enumerate(pairing.old.by_uid)}
        for uid in [uid for uid in pairing.new.by_uid if uid in origins]:
            known = sorted(
                (each for each in origins[uid] if each in places and each != uid), key=places.__getitem__
            )
            self._origins[uid] = [pairing.old.by_uid[each] for each in known]
            for each in known:
                self._successors[each].append(pairing.new.by_uid[uid])

    def origins(self, new: Entry) -> tuple[Entry, ...]:
        """The old entries that this one came from, itself left out. In the order of the old Document."""
        return tuple(self._origins.get(new.uid, ()))

    def successors(self, old: Entry) -> tuple[Entry, ...]:
        """The new entries that this one went into, itself left out. In the order of the new Document."""
        return tuple(self._successors.get(old.uid, ()))

    def was_merged(self, old: Entry) -> bool:
        """Whether one that is gone went into an entry that has other origins too, or was there before."""
        return any(len(self.origins(new)) + (new.uid in self._kept) > 1 for new in self.successors(old))

    def was_split(self, new: Entry) -> bool:
        """Whether a new one came from an entry that went into others too, or is still there."""
        return any(len(self.successors(old)) + (old.uid in self._kept) > 1 for old in self.origins(new))
