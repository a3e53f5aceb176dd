"""What comes along when somebody pastes from Word, a PDF or a mail, and what stands for it. Plain Python.

The table is that of docs/redaktion.md. It holds only what the text rules refuse: nothing that may stand is changed.
"""

import re
from collections import Counter
from dataclasses import dataclass


@dataclass(frozen=True)
class Replacement:
    """Characters that are pasted unseen (`codes`, first and last in hexadecimal), and what stands for them."""

    name: str
    codes: str
    by: str
    in_one_line: str | None = None

    @property
    def characters(self) -> list[str]:
        """All of them."""
        ends = [[int(end, 16) for end in pair.split("-")] for pair in self.codes.split()]
        return [chr(code) for first, *last in ends for code in range(first, (*last, first)[0] + 1)]


REPLACEMENTS = (
    Replacement("weiches Trennzeichen", "AD", ""),
    Replacement("Zeichen ohne Breite", "200B-200D 2060 FE0E-FE0F FEFF", ""),
    Replacement("Zeichen für die Schreibrichtung", "200E-200F 202A-202E 2066-2069", ""),
    Replacement("Steuerzeichen", "0-8 E-1F 7F-84 86-9F", ""),
    Replacement("Tabulator", "9", " "),
    Replacement("besonderes Leerzeichen", "2000-2006 2009-200A 205F 3000", " "),
    Replacement("schmales geschütztes Leerzeichen", "202F", "\u00a0"),
    Replacement("besonderer Bindestrich", "2010-2011", "-"),
    Replacement("Zeilentrenner", "B 85 2028", "\n", " "),
    Replacement("Absatztrenner", "C 2029", "\n\n", " "),
    Replacement("Aufzählungszeichen", "2023 2043 25AA 25A0 25CF 25E6 F0A7 F0B7 F0D8", "•"),
    Replacement("Ligatur ff", "FB00", "ff"),
    Replacement("Ligatur fi", "FB01", "fi"),
    Replacement("Ligatur fl", "FB02", "fl"),
    Replacement("Ligatur ffi", "FB03", "ffi"),
    Replacement("Ligatur ffl", "FB04", "ffl"),
    Replacement("Ligatur st", "FB05-FB06", "st"),
)
_LINE_END = Replacement("Zeilenumbruch", "A", "\n", " ")
_BY_CHARACTER = {char: each for each in (*REPLACEMENTS, _LINE_END) for char in each.characters}
_PASTED = re.compile("|".join(map(re.escape, _BY_CHARACTER)))


@dataclass(frozen=True)
class Cleaned:
    """A text without what is only pasted; `done` counts what was replaced."""

    text: str
    done: Counter[Replacement]

    def __str__(self) -> str:
        return ", ".join(f"{count} × {_words(each)}" for each, count in self.done.items())


def cleaned(text: str, *, one_line: bool = False) -> Cleaned:
    """The text with every pasted character replaced by what stands for it in the table."""
    done: Counter[Replacement] = Counter()

    def replaced(match: re.Match[str]) -> str:
        each = _BY_CHARACTER[match[0]]
        by = each.in_one_line if one_line and each.in_one_line is not None else each.by
        if by != match[0]:
            done[each] += 1
        return by

    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return Cleaned(_PASTED.sub(replaced, text), done)


def name_of(char: str) -> str:
    """What a character of the table is called; "" for all others."""
    return _BY_CHARACTER[char].name if char in _BY_CHARACTER else ""


def _words(each: Replacement) -> str:
    shown = {
        "": "entfernt",
        " ": "durch ein Leerzeichen ersetzt",
        "\u00a0": "durch ein geschütztes Leerzeichen ersetzt",
    }
    ends = {"\n": "durch ein Zeilenende ersetzt", "\n\n": "durch eine Leerzeile ersetzt"}
    return f"{each.name} {(shown | ends).get(each.by, f'durch „{each.by}“ ersetzt')}"
