"""Every character of a file's data as the print fonts can set it: one that they lack would stop the whole file."""

import unicodedata
from collections.abc import Mapping

from strategy.document.data import Plain
from strategy.text.rules import RANGES

MISSING = "▯"  # stands for a character that cannot be set; Fira Sans has it

AS_IT_IS = ("href", "qr")  # addresses and drawings, which are not set as text
_OWN = {"\n", MISSING, "…"}
_SETTABLE = {chr(code) for first, last in RANGES for code in range(first, last + 1)} | _OWN
_SPACES = {"\t": " ", "\u202f": "\u00a0", "\u2011": "-", "\u2028": "\n", "\u2029": "\n", "\r": "\n"}


def settable(data: Mapping[str, Plain]) -> dict[str, Plain]:
    """The same plain data, every text in it (not the names of its parts) made settable."""
    return {
        name: value if name in AS_IT_IS and isinstance(value, str) else _settable(value)
        for name, value in data.items()
    }


def _settable(value: Plain) -> Plain:
    if isinstance(value, str):
        return settable_text(value)
    if isinstance(value, list | tuple):
        return [_settable(each) for each in value]
    return settable(value) if isinstance(value, dict) else value


def settable_text(text: str) -> str:
    """The text without invisible characters; what the fonts lack shows as ▯."""
    if not _SETTABLE.issuperset(text):
        text = unicodedata.normalize("NFC", text)
        text = "".join(_shown(char) for char in text)
    return text


def _shown(char: str) -> str:
    if char in _SETTABLE:
        return char
    if char in _SPACES:
        return _SPACES[char]
    category = unicodedata.category(char)
    if category == "Zs":
        return " "
    return "" if category in ("Cc", "Cf", "Mn", "Me") else MISSING
