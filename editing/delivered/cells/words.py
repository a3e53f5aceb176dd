"""Words of lists that people write by hand, made comparable. Plain Python."""

import re
import unicodedata
from collections.abc import Iterable

from strategy.text.pasting import cleaned
from strategy.text.rules import RANGES, folded

_WORD = re.compile(r"[a-z0-9]+")
NOTHING = {
    "",
    "-",
    "--",
    "---",
    "–",
    "—",
    "/",
    ".",
    "k.a.",
    "k. a.",
    "ka",
    "n.n.",
    "n. n.",
    "nn",
    "n.a.",
    "entf.",
    "?",
}
NOTHING |= {
    "entfällt",
    "keine angabe",
    "keine angaben",
    "ohne angabe",
    "offen",
    "unbekannt",
    "noch offen",
    "tbd",
}
TICKS = {"x", "✓", "✔", "●", "•", "ja", "j", "yes", "wahr", "true", "☒", "☑", "■"}
UNTICKED = {"nein", "n", "no", "falsch", "false", "☐", "□"}


def words(text: str) -> list[str]:
    """The words of a text, folded: "Maßnahmen-Nr." is massnahmen, nr."""
    return _WORD.findall(folded(text))


def key(text: str) -> str:
    """A text by which another way of writing the same is found."""
    return " ".join(words(text))


def says_nothing(text: str) -> bool:
    """Whether it only says that nothing is said: a dash, "k. A."."""
    return text.strip().casefold() in NOTHING


def is_tick(text: str) -> bool:
    """Whether a cell is ticked, in a column whose heading says what for."""
    return text.strip().casefold() in TICKS


def begins_with(text: str, beginnings: Iterable[str]) -> bool:
    """Whether the first words of a text are one of these, already folded."""
    said = f"{key(text)} "
    return any(said.startswith(f"{each} ") for each in beginnings)


def printable(text: str) -> str:
    """Without what is pasted unseen, and without signs that cannot be printed."""
    clean = cleaned(unicodedata.normalize("NFC", text)).text
    return "".join(char for char in clean if char == "\n" or _can_be_set(char)).strip()


def _can_be_set(char: str) -> bool:
    return any(first <= ord(char) <= last for first, last in RANGES)
