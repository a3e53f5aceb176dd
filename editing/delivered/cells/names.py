"""Which row or choice a cell names, however it is written: by key, by name, shortened, with a typing error.

Plain Python: what can be named comes in as keys and names.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from editing.delivered.cells.words import key, says_nothing, words

LONGEST = 150  # characters of a name
_FILLING = set(
    [
        "beispiel",
        "fachbereich",
        "fachbereiche",
        "fachber",
        "fb",
        "fachdienst",
        "fd",
        "amt",
        "aemter",
        "abteilung",
        "abt",
        "stadt",
        "herne",
        "dezernat",
        "dez",
        "stab",
        "stabsstelle",
        "stabstelle",
        "referat",
        "ref",
        "team",
        "bereich",
        "buero",
        "stadtbezirk",
        "bezirk",
        "stadtteil",
        "ortsteil",
        "bez",
        "der",
        "die",
        "das",
        "des",
        "den",
        "fuer",
        "fur",
        "u",
        "und",
        "im",
        "in",
        "mit",
        "von",
        "sdg",
        "sdgs",
        "ziel",
        "fb.",
        "agenda",
        "nachhaltigkeitsziel",
    ]
)
_SPLIT = re.compile(r"\s*[,;/\n|+&•]\s*|\s+und\s+|\s+sowie\s+")
_SPLIT_HARD = re.compile(
    r"\s*[;/\n|+•]\s*|,\s*(?=(?:FB|Fachbereich|Amt|Abt|Stab|Dez)\b)|\s+(?:und|u\.|&)\s+(?=(?:FB|Fachbereich|Amt)\b)"
)
_PERSON = re.compile(r"(Herrn?|Frau|Hr\.|Fr\.|Dr\.) ")
_SDG = re.compile(r"(?<![\d.])(1[0-7]|[1-9])(?!\d)")


@dataclass(frozen=True)
class Named:
    """What can be named: its key, its name, other words for it."""

    key: str
    name: str
    aliases: tuple[str, ...] = ()


class Names:
    """Finds what is named. `answers` are spellings that a person has decided: the key, or "" for nothing."""

    def __init__(self, named: Sequence[Named], answers: Mapping[str, str] | None = None) -> None:
        self.named = named
        self.answers = dict(answers or {})
        self._found: dict[str, str | None] = {}

    def key_of(self, text: str) -> str | None:
        """The key of what this text names; "" where it is to name nothing, None where that isn't known."""
        if text not in self._found:
            self._found[text] = self._key_of(text) if len(text) <= LONGEST else None
        return self._found[text]

    def _key_of(self, text: str) -> str | None:
        said = key(text)
        if said in self.answers:
            return self.answers[said]
        if says_nothing(text) or not said:
            return ""
        if said in self._exact:
            return self._exact[said]
        return self._by_words(text) or self._similar(said)

    def keys_in(self, text: str) -> tuple[list[str], list[str]]:
        """The keys of all that a cell names, and the words that name nothing known."""
        whole = self.key_of(text)
        if whole is not None:
            return ([whole] if whole else []), []
        found: list[str] = []
        unknown: list[str] = []
        for part in filter(None, (each.strip() for each in _SPLIT.split(text))):
            keys = self._hyphenated(part)
            if None in keys:
                unknown.append(part)
            found += [each for each in keys if each and each not in found]
        return found, unknown

    def _hyphenated(self, text: str) -> list[str | None]:
        """What a text names, or both of what it joins by a hyphen: "Wanne-Eickel"."""
        whole = self.key_of(text)
        parts = [self.key_of(part) for part in text.split("-")] if whole is None and "-" in text else [whole]
        return parts if all(parts) else [whole]

    def share(self, texts: Iterable[str]) -> float:
        """How many of these cells, from 0 to 1, name only what is known."""
        texts = [text for text in texts if not says_nothing(text)]
        known = sum(bool(found) and not unknown for found, unknown in map(self.keys_in, texts))
        return known / len(texts) if texts else 0.0

    @cached_property
    def _exact(self) -> dict[str, str]:
        pairs = [
            (key(word), each.key) for each in self.named for word in (*each.aliases, each.name, each.key)
        ]
        return {word: named for word, named in pairs if word}

    def _by_words(self, text: str) -> str | None:
        said = significant(text)
        if not said:
            return None
        same = {each.key for each, own in self._words if own == said}
        if len(same) == 1:
            return same.pop()
        within = {each.key for each, own in self._words if own and _all_begin(said, own)}
        if len(within) == 1:
            return within.pop()
        short = {each.key for each in self.named if len(said) == 1 and initials(each.name) == min(said)}
        if len(short) == 1:
            return short.pop()
        around = {each.key for each, own in self._words if own and own < said and len(said) - len(own) < 2}
        return around.pop() if len(around) == 1 and not within else None

    @cached_property
    def _words(self) -> list[tuple[Named, frozenset[str]]]:
        return [(each, significant(word)) for each in self.named for word in {each.name, *each.aliases}]

    def _similar(self, said: str) -> str | None:
        if len(said) < 6:
            return None
        rated = sorted(
            ((SequenceMatcher(None, said, word).ratio(), named) for word, named in self._exact.items()),
            reverse=True,
        )
        return rated[0][1] if rated and rated[0][0] >= 0.88 else None


def significant(text: str) -> frozenset[str]:
    """The words by which departments and the like differ: "FB Umwelt" and "Amt für Umwelt" both say umwelt."""
    return frozenset(word for word in words(text) if word not in _FILLING)


def initials(name: str) -> str:
    """The first letters of the words by which a name differs: "kjf" of Fachbereich Kinder, Jugend und Familie."""
    return "".join(word[0] for word in words(name) if word not in _FILLING)


def _all_begin(said: frozenset[str], own: frozenset[str]) -> bool:
    """Whether each word is the beginning of one of the name: "Stadtentw." of Stadtentwicklung."""
    return all(
        any(word == each or (len(word) >= 4 and each.startswith(word)) for each in own) for word in said
    )


def several(text: str) -> list[str]:
    """The parts of a cell that names several departments; names themselves hold commas and "und"."""
    return [part for each in _SPLIT_HARD.split(text) if (part := each.strip(" ,"))]


def is_person(text: str) -> bool:
    """Whether a cell names a person, who is not to stand in the strategy."""
    return bool(_PERSON.match(text))


def sdg_numbers(text: str) -> list[int] | None:
    """The numbers of the goals of the Agenda 2030 that a cell names; None where it names no goal by its number."""
    without_targets = re.sub(r"(?<!\d)(1[0-7]|[1-9])\.[\da-d]\b", r"\1", text)
    if match := re.fullmatch(
        r"\D*(1[0-7]|[1-9])\s*(?:-|–|bis)\s*(?:SDG ?)?(1[0-7]|[1-9])\D*", without_targets
    ):
        first, last = int(match[1]), int(match[2])
        return list(range(first, last + 1)) if first < last else None
    found = [int(each) for each in _SDG.findall(without_targets)]
    return list(dict.fromkeys(found)) or None


def clusters(texts: Iterable[str]) -> list[list[str]]:
    """Spellings that name the same: the longest first, in the order in which they are first met."""
    groups: dict[frozenset[str], list[str]] = {}
    for text in dict.fromkeys(texts):
        own = significant(text) or frozenset([key(text)])
        same = next((each for each in groups if each == own or _close(each, own)), own)
        groups.setdefault(same, []).append(text)
    return [sorted(group, key=len, reverse=True) for group in groups.values()]


def _close(one: frozenset[str], other: frozenset[str]) -> bool:
    left, right = " ".join(sorted(one)), " ".join(sorted(other))
    if (len(one) == len(other) and _all_begin(one, other)) or (
        _all_begin(other, one) and len(one) == len(other)
    ):
        return True
    return min(len(left), len(right)) >= 6 and SequenceMatcher(None, left, right).ratio() >= 0.88


def full_name(text: str) -> str:
    """A department's name as it is kept: "FB 51" is written out."""
    return re.sub(r"^FB\b\.?\s*", "Fachbereich ", " ".join(text.split()))
