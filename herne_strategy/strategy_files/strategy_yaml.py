"""YAML in which every value knows its line, and what is wrong with a file, collected. No Django.

Of YAML a strategy needs mappings, lists, texts, whole and decimal numbers, true/false and dates. Anchors,
aliases, tags and a second document are refused: they surprise, and a few lines of them can fill the memory.
"""

import datetime
import difflib
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

# The same on every machine: libyaml where PyYAML has it (ten times as fast), its Python twin otherwise.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MAX_DEPTH = 30

_WORDS: dict[str, Any] = dict.fromkeys(["", "~", "null", "Null", "NULL"])
_WORDS |= {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INTEGER = re.compile(r"[-+]?[0-9]{1,40}")
_DECIMAL = re.compile(r"[-+]?(\.[0-9]{1,40}|[0-9]{1,40}\.[0-9]{0,40})([eE][-+]?[0-9]{1,3})?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_UNPRINTABLE = yaml.reader.Reader.NON_PRINTABLE

_INDENTED_OTHERWISE = (
    "Die Einrückung passt nicht zu den Zeilen davor, oder hinter dem Anführungszeichen folgt noch Text."
)
# What PyYAML says, in either of its parsers, and what helps.
_HINTS = {
    "mapping values are not allowed": "Hier kann kein Doppelpunkt stehen; setzen Sie den Text in Anführungszeichen.",
    "could not find expected ':'": "Nach einem Schlüssel fehlt der Doppelpunkt.",
    "cannot start any token": "Mit diesem Zeichen kann kein Wert beginnen; setzen Sie ihn in Anführungszeichen.",
    "end of stream": "Ein Anführungszeichen wird nicht geschlossen.",
    "',' or '": "Eine Klammer wird nicht geschlossen, oder ein Komma fehlt.",
    "expected key": _INDENTED_OTHERWISE,
    "<block end>": _INDENTED_OTHERWISE,
    "'-' indicator": _INDENTED_OTHERWISE,
    "block sequence entries": "Hier kann keine Liste beginnen; prüfen Sie die Einrückung.",
}
_OTHERWISE = "Bitte prüfen Sie Einrückung, Doppelpunkte und Anführungszeichen."


class FileError(Exception):
    """A file cannot be used. `messages` are German sentences, each with file and line."""

    def __init__(self, messages: list[str]) -> None:
        super().__init__("\n".join(messages))
        self.messages = messages


class FileFindings:
    """What is wrong with a file: sentences with their lines."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._found: list[tuple[int, str]] = []

    def add(self, line: int, sentence: str) -> None:
        """Note what is wrong in a line, once."""
        if (line, sentence) not in self._found:
            self._found.append((line, sentence))

    def stop(self) -> None:
        """Raise FileError if anything was found, sorted by line."""
        if self._found:
            raise FileError([self.sentence(*each) for each in sorted(self._found)])

    def sentence(self, line: int, text: str) -> str:
        """A finding as it is printed: with file and line."""
        return f"{self.name}, Zeile {line}: {text}"


@dataclass(frozen=True, slots=True)
class Located:
    """A value of a file: a scalar, a list of Located, or a mapping of text to Located."""

    line: int
    value: Any
    key_lines: Mapping[str, int] = field(default_factory=dict)

    def plain(self) -> Any:
        """The value without its lines."""
        if isinstance(self.value, list):
            return [each.plain() for each in self.value]
        if isinstance(self.value, dict):
            return {key: each.plain() for key, each in self.value.items()}
        return self.value


def read_text(path: Path) -> str:
    """The text of a file. FileError where it is missing, empty or not UTF-8."""
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise FileError([f"{path.name}: Diese Datei gibt es nicht."]) from error
    except IsADirectoryError as error:
        raise FileError([f"{path.name}: Das ist ein Ordner, keine Datei."]) from error
    except PermissionError as error:
        raise FileError([f"{path.name}: Zum Lesen der Datei fehlt die Berechtigung."]) from error
    except OSError as error:
        raise FileError([f"{path.name}: Die Datei lässt sich nicht lesen."]) from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise FileError([f"{path.name}, Zeile {line}: Die Datei ist nicht in UTF-8 gespeichert."]) from error
    if not text.strip():
        raise FileError([f"{path.name}: Die Datei ist leer."])
    return text


def read_yaml(text: str, findings: FileFindings) -> Located:
    """The one document of a YAML text. What is refused goes into `findings`; FileError where it is broken."""
    if unprintable := _UNPRINTABLE.search(text):
        line = text.count("\n", 0, unprintable.start()) + 1
        findings.add(
            line, f"Das Zeichen U+{ord(unprintable.group()):04X} ist in einer Textdatei nicht erlaubt."
        )
        findings.stop()
    try:
        documents = list(_documents(yaml.parse(text, Loader=LOADER), findings))
    except yaml.MarkedYAMLError as error:
        findings.add(*_broken(error, text))
        findings.stop()
    return documents[0] if documents else Located(1, None)


def _documents(events: Iterator[Any], findings: FileFindings) -> Iterator[Located]:
    is_first = True
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            if not is_first:
                line = event.start_mark.line + 1  # type: ignore[union-attr]
                findings.add(line, "Hier beginnt ein zweites Dokument; erlaubt ist eines.")
            is_first = False
            yield _read(next(events), events, findings, 1)


def _broken(error: yaml.MarkedYAMLError, text: str) -> tuple[int, str]:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    problem = error.problem or ""
    hint = next((hint for part, hint in _HINTS.items() if part in problem), _OTHERWISE)
    if "\t" in text.split("\n")[line][: column + 1]:
        hint = "Einrückungen bestehen aus Leerzeichen, nicht aus Tabulatoren."
    return line + 1, f"Spalte {column + 1}: Das ist kein gültiges YAML. {hint}"


def _line(event: Any) -> int:
    return event.start_mark.line + 1


def _read(event: Any, events: Iterator[Any], findings: FileFindings, depth: int) -> Located:
    line = _line(event)
    if isinstance(event, yaml.AliasEvent) or event.anchor:
        findings.add(line, "Anker (&) und Verweise (*) sind nicht erlaubt; schreiben Sie den Wert aus.")
    if isinstance(event, yaml.AliasEvent):
        return Located(line, None)
    if event.tag:
        findings.add(
            line, "YAML-Typangaben (!) sind nicht erlaubt; setzen Sie den Wert in Anführungszeichen."
        )
    if isinstance(event, yaml.ScalarEvent):
        return Located(line, _scalar(event.value) if event.implicit[0] and not event.style else event.value)
    if depth > MAX_DEPTH:
        findings.add(line, f"Die Datei ist tiefer als {MAX_DEPTH} Ebenen geschachtelt.")
        findings.stop()
    if isinstance(event, yaml.SequenceStartEvent):
        items = []
        while not isinstance(following := next(events), yaml.SequenceEndEvent):
            items.append(_read(following, events, findings, depth + 1))
        return Located(line, items)
    return _mapping(line, events, findings, depth)


def _mapping(line: int, events: Iterator[Any], findings: FileFindings, depth: int) -> Located:
    values: dict[str, Located] = {}
    lines: dict[str, int] = {}
    while not isinstance(following := next(events), yaml.MappingEndEvent):
        key = _read(following, events, findings, depth + 1)
        value = _read(next(events), events, findings, depth + 1)
        if isinstance(key.value, (list, dict)):
            findings.add(key.line, "Ein Schlüssel ist hier ein einzelnes Wort.")
            continue
        name = str(following.value)
        if name in lines:
            findings.add(key.line, f"Der Schlüssel „{name}“ steht schon in Zeile {lines[name]}.")
            continue
        values[name], lines[name] = value, key.line
    return Located(line, values, lines)


def _scalar(text: str) -> Any:
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return Decimal(text)
    return _date(text) if _DATE.fullmatch(text) else text


def _date(text: str) -> datetime.date | str:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return text


def entries(
    located: Located,
    findings: FileFindings,
    *,
    allowed: Collection[str],
    required: Collection[str] = (),
    of: str,
) -> dict[str, Located]:
    """The values of a mapping by key. Unknown and missing keys go into `findings`."""
    if not isinstance(located.value, dict):
        findings.add(located.line, f"{of}: Hier werden Schlüssel mit Werten erwartet.")
        return {}
    for key in located.value:
        if key not in allowed:
            near = difflib.get_close_matches(key, allowed, n=1)
            hint = f"meinten Sie „{near[0]}“?" if near else f"möglich ist: {', '.join(allowed)}."
            findings.add(located.key_lines[key], f"{of}: Den Schlüssel „{key}“ gibt es hier nicht; {hint}")
    for key in required:
        if key not in located.value:
            findings.add(located.line, f"{of}: Der Schlüssel „{key}“ fehlt.")
    return {key: value for key, value in located.value.items() if key in allowed}


def items(located: Located | None, findings: FileFindings, *, of: str) -> list[Located]:
    """The items of a list; [] where it is left out or empty."""
    if located is None or located.value is None:
        return []
    if not isinstance(located.value, list):
        findings.add(located.line, f"{of}: Hier wird eine Liste erwartet (Zeilen, die mit „- “ beginnen).")
        return []
    return located.value
