"""Invented German texts, the same on every run, machine and version of Python. They mean nothing.

Words are made of parts (bench/german_words.py); few are frequent and most are rare, as in any language. Of the random
generator only `random()` is used: Python promises the same numbers for good only there.
"""

from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from random import Random
from typing import Generic, NamedTuple, TypeVar

from bench import german_words as words
from bench.german_grammar import ARTICLES, CASES, PHRASES

T = TypeVar("T")


class Noun(NamedTuple):
    """With its gender ("m", "f" or "n"), on which article and adjective depend."""

    gender: str
    singular: str
    plural: str


class Verb(NamedTuple):
    """Its three forms that sentences use; of a verb with a prefix that stands apart, no present."""

    infinitive: str
    present: str
    participle: str


class Ranked(Generic[T]):
    """Things of which the first are frequent and the last are rare (Zipf's law, its head cut off)."""

    def __init__(self, things: Sequence[T], offset: float) -> None:
        self.things = things
        self._sums = list(accumulate(1 / (rank + offset) for rank in range(len(things))))

    def pick(self, random: Random) -> T:
        """One of them, by its frequency."""
        return self.things[bisect(self._sums, random.random() * self._sums[-1], hi=len(self._sums) - 1)]


class Vocabulary:
    """All words, in an order that is the same everywhere: simple ones before compounds."""

    @cached_property
    def nouns(self) -> Ranked[Noun]:
        simple = [Noun(*each.split()) for each in words.NOUNS]
        compounds = [
            Noun(noun.gender, first + noun.singular.lower(), first + noun.plural.lower())
            for noun in simple
            for first in words.FIRST
        ]
        return Ranked(_mixed(simple) + _mixed(compounds), offset=25)

    @cached_property
    def adjectives(self) -> Ranked[str]:
        compounds = [first.lower() + end for first in words.FIRST for end in words.ADJECTIVE_ENDS]
        return Ranked(_mixed(words.ADJECTIVES) + _mixed(compounds), offset=25)

    @cached_property
    def verbs(self) -> Ranked[Verb]:
        return Ranked(_mixed([Verb(*each.split()) for each in words.VERBS]), offset=12)

    @cached_property
    def all_verbs(self) -> Ranked[Verb]:
        """Also those whose prefix would stand apart in the present."""
        pairs = [each.split() for each in words.SEPARABLE]
        separable = [Verb(prefix + a, "", prefix + b) for prefix in words.PREFIXES for a, b in pairs]
        return Ranked([*self.verbs.things, *_mixed(separable)], offset=12)


VOCABULARY = Vocabulary()


def _mixed(things: list[T]) -> list[T]:
    random = Random(1)
    return [things[place] for _key, place in sorted((random.random(), place) for place in range(len(things)))]


@dataclass(frozen=True)
class Writer:
    """Writes titles and texts out of one random generator."""

    random: Random

    def title(self) -> str:
        """Three to ten words."""
        while not 3 <= len((title := self._value("TITEL")).split()) <= 10:
            pass
        return title[0].upper() + title[1:]

    def text(self, least: int, most: int) -> str:
        """Paragraphs, and now and then a list, of so many words; short ones are more frequent than long ones."""
        left = least + int((most - 35 - least) * self.random.random() ** 2)
        blocks = [self._list()] if left > 70 and self._happens(0.3) else []
        left -= sum(len(block.replace("- ", "").split()) for block in blocks)
        while left > 0:
            blocks.insert(0, self._paragraph(left))
            left -= len(blocks[0].split())
        return "\n\n".join(blocks)

    def _paragraph(self, left: int) -> str:
        """Two to five sentences, fewer where so many words are reached before."""
        sentences: list[str] = []
        for _ in range(self._number(2, 5)):
            sentence = self._value("SATZ")
            sentences.append(sentence[0].upper() + sentence[1:])
            left -= len(sentence.split())
            if left <= 0:
                break
        return " ".join(sentences)

    def _list(self) -> str:
        entries = [f"- {self._value('PUNKT')}" for _ in range(self._number(3, 5))]
        return "\n".join([self._value("LISTE"), "", *entries])

    def _filled(self, template: str) -> str:
        return " ".join(self._word(word) for word in template.split())

    def _word(self, slot: str) -> str:
        """What stands for a slot, with the signs around it; any other word as it is."""
        name = slot.strip(".,;:*e")
        if not name.isupper():
            return slot
        return slot.replace(name, self._value(name))

    def _value(self, name: str) -> str:
        if name in PHRASES:
            return self._filled(self._one_of(PHRASES[name]))
        if name in CASES:
            return self._phrase(name)
        return {
            "N": lambda: VOCABULARY.nouns.pick(self.random).singular,
            "NP": lambda: VOCABULARY.nouns.pick(self.random).plural,
            "ADJ": lambda: VOCABULARY.adjectives.pick(self.random),
            "PRES": lambda: VOCABULARY.verbs.pick(self.random).present,
            "PLUR": lambda: VOCABULARY.verbs.pick(self.random).infinitive,
            "INF": lambda: VOCABULARY.all_verbs.pick(self.random).infinitive,
            "PART": lambda: VOCABULARY.all_verbs.pick(self.random).participle,
            "JAHR": lambda: str(self._number(2026, 2040)),
            "ZAHL": lambda: str(self._number(2, 60) * 10 ** self._number(0, 1)),
        }[name]()

    def _phrase(self, case: str) -> str:
        """A noun in this case with its article, and in half of all cases an adjective."""
        noun = VOCABULARY.nouns.pick(self.random)
        forms = self._one_of(ARTICLES)[case]
        gender = "p" if case != "NOM" and self._happens(0.3) else noun.gender
        article, ending = forms[gender].split(" -")
        adjective = f"{VOCABULARY.adjectives.pick(self.random)}{ending} " if self._happens(0.25) else ""
        return f"{article} {adjective}{_in_case(noun, case, gender)}"

    def _one_of(self, things: Sequence[T]) -> T:
        return things[int(self.random.random() * len(things))]

    def _number(self, first: int, last: int) -> int:
        return first + int(self.random.random() * (last + 1 - first))

    def _happens(self, chance: float) -> bool:
        return self.random.random() < chance


def _in_case(noun: Noun, case: str, gender: str) -> str:
    if gender == "p":
        return noun.plural + ("n" if case == "DAT" and noun.plural[-1] not in "ns" else "")
    if case == "GEN" and gender in "mn":
        return noun.singular + ("es" if noun.singular[-1] in "szß" else "s")
    return noun.singular
