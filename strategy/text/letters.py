"""European letters as plain ones, for the order of names and for addresses. Plain Python."""

import unicodedata

# What no accent makes of another letter.
_OTHERS = {"ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "þ": "th", "Þ": "TH"}
_OTHERS |= {
    "ø": "o",
    "Ø": "O",
    "đ": "d",
    "Đ": "D",
    "ð": "d",
    "Ð": "D",
    "ł": "l",
    "Ł": "L",
    "ħ": "h",
    "Ħ": "H",
}
_OTHERS |= {"ı": "i", "ĸ": "k", "ŋ": "n", "Ŋ": "N", "ŧ": "t", "Ŧ": "T", "ſ": "s"}


def _without_accents() -> dict[str, str]:
    """Every accented letter of Latin-1 and of Latin Extended-A, B and Additional that has a plain one below it."""
    letters = map(chr, (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)))
    plain = {letter: unicodedata.normalize("NFD", letter)[0] for letter in letters}
    return {letter: below for letter, below in plain.items() if below != letter and below.isascii()}


PLAIN = {**_without_accents(), **_OTHERS}
_TABLE = str.maketrans(PLAIN)


def plain_letters(text: str) -> str:
    """The text in plain Latin letters: "Łódź" is "Lodz", "Straße" is "Strasse"; an ä is an a."""
    return text.translate(_TABLE)


def sort_key(name: str) -> str:
    """Where a name stands among others in German (DIN 5007-1): ä like a, ß like ss, large and small letters alike.

    For rows in memory; for those of a query strategy.german_order says the same.
    """
    return plain_letters(name).lower()
