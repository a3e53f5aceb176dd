"""The text rules that hold from the first edition on, for forms, YAML and imports alike. Plain Python."""

import unicodedata

from strategy.text import pasting

MAX_LENGTH = 20_000
LISTED, PLACES = 20, 3  # characters that a refusal names, and places of each

# What the print font (Fira Sans) can set, in code points, first and last: Latin, Greek, Cyrillic,
# typography, currencies, fractions, arrows, mathematics. tests/strategy/text/test_rules.py compares it with the
# font. Left out on purpose, though the font has them: control, format and direction characters.
_SETTABLE = (
    "20-7E A0-AC AE-2B2 300-304 306-30D 311-312 323-328 370-377 37A-37F 384-38A 38C-38C 38E-3A1 3A3-3E1 "
    "3F0-479 48A-52F 1E02-1E05 1E0A-1E0F 1E80-1E85 1E9E-1E9E 1EA0-1EF9 2007-2008 2012-2016 2018-201A "
    "201C-201E 2020-2022 2026-2026 2030-2030 2039-203A 2044-2044 2070-2070 2074-208E 20A9-20AC 20B4-20B4 "
    "20B9-20BA 20BD-20BD 2113-2113 2116-2116 2122-2122 2126-2126 2153-215E 2190-2193 2202-2202 2205-2206 "
    "220F-220F 2211-2212 2215-2215 2219-221A 221E-221E 222B-222B 2248-2248 2260-2260 2264-2265 22C5-22C5 "
    "25CA-25CA"
)
RANGES = [tuple(int(end, 16) for end in pair.split("-")) for pair in _SETTABLE.split()]
_ALLOWED = {"\n"} | {chr(code) for first, last in RANGES for code in range(first, last + 1)}

_NAMES = {
    "\t": "Tabulator",
    "\u00ad": "weiches Trennzeichen",
    "\u200b": "Leerzeichen ohne Breite",
    "\u200d": "unsichtbares Verbindungszeichen",
    "\u202f": "schmales geschütztes Leerzeichen",
    "\u2011": "geschützter Bindestrich",
    "\u202e": "Umkehr der Schreibrichtung",
    "\ufe0f": "Emoji-Kennzeichen",
    "\ufeff": "Bytereihenfolge-Marke",
    "\x00": "Nullzeichen",
}


class TextError(ValueError):
    """A text breaks a rule. `str()` of it is a German sentence naming the characters and their places."""


def clean_text(value: str, *, max_length: int = MAX_LENGTH, one_line: bool = False) -> str:
    """The text in NFC with LF line ends. TextError where a character or the length is not allowed."""
    text = unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n"))
    allowed = _ALLOWED - {"\n"} if one_line else _ALLOWED
    if not allowed.issuperset(text):
        raise TextError(_refusal(text, allowed))
    if len(text) > max_length:
        raise TextError(
            f"Der Text hat {_number(len(text))} Zeichen; erlaubt sind höchstens {_number(max_length)}. "
            "Bitte kürzen Sie ihn."
        )
    return text


def _refusal(text: str, allowed: set[str]) -> str:
    """All that is not allowed, each with its places."""
    places: dict[str, list[str]] = {}
    for line, words in enumerate(text.split("\n"), start=1):
        for column, char in enumerate(words, start=1):
            if char not in allowed:
                places.setdefault(char, []).append(f"Zeile {line}, Zeichen {column}")
    if "\n" in text and "\n" not in allowed:
        return _about_line_breaks(text, places)
    if sum(map(len, places.values())) == 1:
        ((char, (place,)),) = places.items()
        return (
            f"{place}: Das Zeichen {_name(char)} ist nicht erlaubt, weil es im Druck nicht gesetzt werden kann. "
            "Bitte löschen oder ersetzen Sie das Zeichen."
        )
    return (
        f"Diese Zeichen sind nicht erlaubt, weil sie im Druck nicht gesetzt werden können: {_listed(places)}. "
        "Bitte löschen oder ersetzen Sie die Zeichen."
    )


def _about_line_breaks(text: str, places: dict[str, list[str]]) -> str:
    others = f" Nicht erlaubt sind auch: {_listed(places)}." if places else ""
    return (
        f"Zeile 1, Zeichen {text.index(chr(10)) + 1}: Hier ist kein Zeilenumbruch möglich. "
        f"Bitte schreiben Sie den Text in eine Zeile.{others}"
    )


def _listed(places: dict[str, list[str]]) -> str:
    """Each character once, with its first places; of very many different ones the first."""
    listed = [f"{_name(char)}: {_places(found)}" for char, found in places.items()]
    rest = len(listed) - LISTED
    return "; ".join(listed[:LISTED]) + (f"; und {rest} weitere" if rest > 0 else "")


def _places(found: list[str]) -> str:
    rest = len(found) - PLACES
    more = f" und {_number(rest)} weitere {'Stelle' if rest == 1 else 'Stellen'}" if rest > 0 else ""
    return " / ".join(found[:PLACES]) + more


def _name(char: str) -> str:
    """The character itself where it can be seen, its code point, and what it is where that is known in German."""
    category = unicodedata.category(char)
    is_seen = category[0] in "LNPSM" and char != "\ufe0f"
    otherwise = "" if is_seen else "Steuerzeichen" if category.startswith("C") else "unsichtbares Zeichen"
    known = _NAMES.get(char) or pasting.name_of(char) or otherwise
    named = [f"U+{ord(char):04X}", *filter(None, [known])]
    return f"{f'„{char}“ ' if is_seen else ''}({', '.join(named)})"


def _number(value: int) -> str:
    return f"{value:,}".replace(",", ".")


_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


def folded(text: str) -> str:
    """A text as it is searched for: „Ökologie“, „ökologie“ and „OEKOLOGIE“ are the same, on every database."""
    return text.casefold().translate(_UMLAUTS)
