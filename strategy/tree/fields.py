"""The kinds of field that a level can declare: how one is read from a node, parsed from a file, shown."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from strategy.document.data import Plain
from strategy.document.declaration import DeclaredField
from strategy.text.lazy_text import LazyText
from strategy.text.numbers import in_german


class FieldError(ValueError):
    """A value from a file does not fit its field. `str()` of it is a German sentence."""


@dataclass(frozen=True)
class Field:
    """One field of a level, declared once: pages, comparison, files and exports all read this.

    `name` is the model field's and the key in the edition's JSON. `label` is shown before the value; as both go into
    editions, it is German in the source (docs/adr/0002).
    """

    name: str
    label: LazyText
    template: str = "text"
    kind = "line"  # as strategy.document.declaration.DeclaredField has it
    unit = ""
    is_many = False
    is_loaded = True
    is_derived = False

    def read(self, node: models.Model) -> Plain:
        """The value as plain JSON, as it goes into an edition. Empty is "", None or []."""
        return getattr(node, self.name)

    def raw(self, value: Plain) -> Any:
        """A plain value as a file would say it, as `parse` takes it."""
        return value

    def parse(self, raw: object, model: type[models.Model]) -> Any:
        """The model's value for a raw one from a file; FieldError with a German sentence otherwise."""
        field = model._meta.get_field(self.name)
        if raw is not None and not isinstance(raw, str):
            raise FieldError("Hier wird ein Text erwartet; setzen Sie den Wert in Anführungszeichen.")
        try:
            return field.clean(raw or "", None)  # type: ignore[union-attr]
        except ValidationError as error:
            raise FieldError(" ".join(error.messages)) from error

    def lines(self, value: Plain) -> list[str]:
        """The value in words, as lines to show; [] where it is empty."""
        return [str(value)] if value not in ("", None) else []

    def said(self, values: Mapping[str, Plain]) -> list[str]:
        """What a node's values say in this field, in words; [] where they say nothing."""
        return self.lines(values[self.name]) if self.name in values else []

    @property
    def declared(self) -> DeclaredField:
        """The field as an edition declares it."""
        return DeclaredField(self.name, str(self.label), self.kind, self.template, self.unit)


@dataclass(frozen=True)
class Text(Field):
    """A text in Markdown."""

    template: str = "markdown"
    kind = "markdown"


@dataclass(frozen=True)
class Lines(Field):
    """A list kept as text, an entry a line."""

    template: str = "list"
    kind = "list"

    def read(self, node: models.Model) -> Plain:
        return [line.strip() for line in getattr(node, self.name).split("\n") if line.strip()]

    def parse(self, raw: object, model: type[models.Model]) -> Any:
        if isinstance(raw, list):
            if not all(isinstance(line, str) for line in raw):
                raise FieldError("Hier wird eine Liste von Texten erwartet.")
            raw = "\n".join(raw)
        return super().parse(raw, model)

    def lines(self, value: Plain) -> list[str]:
        return list(value)


@dataclass(frozen=True)
class Number(Field):
    """A whole number, such as a year or an amount in whole euros.

    In a form `prefixes` may be typed before it, as they say no more than its label; what else is said about it
    belongs into the field of the level that `rest_goes_to` names, or into the text.
    """

    unit: str = ""
    grouped: bool = False
    prefixes: tuple[str, ...] = ()
    rest_goes_to: str = ""
    kind = "number"

    def parse(self, raw: object, model: type[models.Model]) -> Any:
        if raw is None:
            return None
        if isinstance(raw, bool) or not isinstance(raw, int):
            raise FieldError(f"„{raw}“ ist keine ganze Zahl.")
        try:
            return model._meta.get_field(self.name).clean(raw, None)  # type: ignore[union-attr]
        except ValidationError as error:
            raise FieldError(" ".join(error.messages)) from error

    def lines(self, value: Plain) -> list[str]:
        if value is None:
            return []
        shown = in_german(value) if self.grouped else str(value)
        return [f"{shown}\u00a0{self.unit}".rstrip("\u00a0")]


@dataclass(frozen=True)
class DecimalNumber(Field):
    """A decimal number, in an edition as text such as "12.50" so that it never loses a digit, nor a zero.

    What else is said about it belongs into the field of the level that `rest_goes_to` names, or into the text.
    """

    rest_goes_to: str = ""
    kind = "decimal"

    def read(self, node: models.Model) -> Plain:
        value = getattr(node, self.name)
        return None if value is None else f"{Decimal(value):f}"

    def parse(self, raw: object, model: type[models.Model]) -> Any:
        if raw is None:
            return None
        try:
            if isinstance(raw, bool):
                raise InvalidOperation
            return model._meta.get_field(self.name).clean(Decimal(str(raw)), None)  # type: ignore[union-attr]
        except InvalidOperation as error:
            raise FieldError(f"„{raw}“ ist keine Zahl.") from error
        except ValidationError as error:
            raise FieldError(" ".join(error.messages)) from error

    def lines(self, value: Plain) -> list[str]:
        return [] if value is None else [in_german(Decimal(str(value)))]


@dataclass(frozen=True)
class YesNo(Field):
    """True or false."""

    kind = "yes_no"

    def parse(self, raw: object, model: type[models.Model]) -> Any:
        if not isinstance(raw, bool):
            raise FieldError(f"„{raw}“ ist weder true noch false.")
        return raw

    def lines(self, value: Plain) -> list[str]:
        return ["ja"] if value else ["nein"]


@dataclass(frozen=True)
class Choice(Field):
    """One of a fixed list: in an edition {"key", "name"}, so that the words of that day stay.

    The words are German in the source: what is frozen depends on no catalogue of translations (docs/adr/0002).
    """

    kind = "choice"

    def read(self, node: models.Model) -> Plain:
        key = getattr(node, self.name)
        return {"key": str(key), "name": _labels(type(node), self.name)[key]} if key else None

    def in_todays_words(self, value: Plain, model: type[models.Model]) -> Plain:
        """A value that was kept, such as in the history, with the words that its key has today."""
        return value and {**value, "name": _labels(model, self.name).get(value["key"], value["name"])}

    def raw(self, value: Plain) -> Any:
        return value["key"] if value else None

    def parse(self, raw: object, model: type[models.Model]) -> Any:
        keys = [key for key, _label in model._meta.get_field(self.name).flatchoices]  # type: ignore[union-attr]
        if raw is None:
            return ""
        if raw not in keys:
            raise FieldError(f"„{raw}“ gibt es hier nicht; möglich ist: {', '.join(filter(None, keys))}.")
        return raw

    def lines(self, value: Plain) -> list[str]:
        return [value["name"]] if value else []


@dataclass(frozen=True)
class Snapshot(Choice):
    """A live value as it stood at freezing: `Level.prepare` attaches it. No file or form sets it."""

    is_loaded = False

    def read(self, node: models.Model) -> Plain:
        return getattr(node, self.name)

    def in_todays_words(self, value: Plain, model: type[models.Model]) -> Plain:
        return value


@dataclass(frozen=True)
class Derived(Field):
    """Several fields said in one: only shown, from the values of the others. In no edition and no file.

    `combines` names these others: a Synopse shows it in their place.
    """

    of: Callable[[Mapping[str, Plain]], list[str]] = lambda values: []
    combines: tuple[str, ...] = ()
    kind = "derived"
    is_loaded = False
    is_derived = True

    def said(self, values: Mapping[str, Plain]) -> list[str]:
        return self.of({name: values.get(name) for name in self.combines})

    @property
    def declared(self) -> DeclaredField:
        return replace(super().declared, combines=self.combines)


@cache
def _labels(model: type[models.Model], name: str) -> dict[str, str]:
    """The words for the choices of a model's field, by key."""
    return {str(key): str(label) for key, label in model._meta.get_field(name).flatchoices}  # type: ignore[union-attr]


def plain_values(fields: Iterable[Field], node: models.Model) -> dict[str, Plain]:
    """What goes into an edition of these fields of a node, by name."""
    return {field.name: field.read(node) for field in fields if not field.is_derived}


# What every node says, whatever its level.
COMMON = (
    Field("title", "Titel"),
    Text("text", "Text"),
    Text("easy_text", "Text in Leichter Sprache"),
    Field("slug", "Adresse"),
)
