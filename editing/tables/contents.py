"""What the rows of a table say, checked field by field and by the rules of their models. Nothing is written."""

import re
from collections.abc import Iterable, Mapping
from copy import copy
from functools import cached_property
from itertools import islice
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext as _

from editing.tables.cells import CellReader, Unreadable, as_text, still_says
from editing.tables.columns import FOR_INFORMATION, LEVEL, PARENT, UID, VERSION, fields_by_name
from editing.tables.findings import TableFindings
from editing.tables.identities import Item
from editing.tables.sheet import Sheet
from editing.tables.spoiled import suspicion
from strategy.history.models import contents_at
from strategy.importing.model_checks import ModelChecks
from strategy.importing.node_rows import NodeWrite
from strategy.importing.tree_state import TreeState
from strategy.text.slugs import next_slug, slug_base
from strategy.tree.content import Content, differences
from strategy.tree.fields import Field, FieldError
from strategy.tree.kept_slugs import KeptSlug
from strategy.tree.kinds import Kind
from strategy.tree.levels import level_of


class Contents:
    """Reads what rows say. `changed` holds, by key, only the fields that differ from the working tree; `contested`
    those of them that somebody else has changed, too, since the table was downloaded. `warnings` are the cells of
    changed fields that a spreadsheet may have spoiled.
    """

    def __init__(self, sheet: Sheet, tree: TreeState, findings: TableFindings) -> None:
        self.sheet, self.tree, self.findings = sheet, tree, findings
        self.warnings = TableFindings()
        self.changed: dict[str, Content] = {}
        self.contested: dict[str, list[Field]] = {}
        self._before: dict[str, Content] = {}
        self._wrong_items: set[str] = set()
        self._reader = CellReader(sheet.departments)

    @cached_property
    def _kept(self) -> dict[str, KeptSlug]:
        """The addresses that belong to nodes of public editions."""
        return {each.slug: each for each in KeptSlug.objects.all()}

    def read(self, items: Iterable[Item]) -> None:
        """Read every item; what is wrong goes into the findings."""
        items = list(items)
        self._before = contents_at(self._old_versions(items))
        for item in items:
            content = self._of_new(item) if item.is_new else self._of_existing(item)
            if item.is_new or content:
                self.changed[item.key] = content
            self._warn(item, content)
        self._check_slugs(items)
        self._name_new(items)

    def _of_existing(self, item: Item) -> Content:
        old, model = self.tree.content(item.key), level_of(item.kind).model
        fields = fields_by_name(item.kind)
        self._refuse_others(item)
        new = {
            name: value
            for name, field in fields.items()
            if name in item.row.cells and not still_says(as_text_of(item, name), field, old[name], model)
            for value in self._values(item, name)
        }
        changed = differences(item.kind, old, new)
        if before := self._before.get(item.key):
            # What the table has as it was downloaded, others have changed since: that stays.
            typed = differences(item.kind, before, new)
            changed = [field for field in changed if field in typed]
            others = differences(item.kind, before, old)
            self.contested[item.key] = [field for field in changed if field in others]
        return {field.name: new[field.name] for field in changed}

    def _old_versions(self, items: Iterable[Item]) -> dict[str, int]:
        """The versions of those nodes that were downloaded in another one than they have now."""
        versions = {}
        for item in items:
            if item.is_new or not (text := as_text_of(item, VERSION).strip()):
                continue
            if not re.fullmatch("[0-9]{1,9}", text):
                self._wrong(
                    item, VERSION, _("Please leave this column as it was downloaded, or empty the cell.")
                )
            elif int(text) != self.tree.nodes[item.key].version:
                versions[item.key] = int(text)
        return versions

    def _of_new(self, item: Item) -> Content:
        self._refuse_others(item)
        names = [
            name for name in fields_by_name(item.kind) if name == "title" or as_text_of(item, name).strip()
        ]
        return {name: value for name in names for value in self._values(item, name)}

    def _values(self, item: Item, name: str) -> list[Any]:
        """The value of a cell, as a list; [] with a finding where there is none."""
        field = fields_by_name(item.kind)[name]
        try:
            return [self._reader.read(field, item.row.cells[name], level_of(item.kind).model)]
        except FieldError as error:
            self._wrong(item, name, str(error))
            return []

    def _warn(self, item: Item, names: Iterable[str]) -> None:
        fields = fields_by_name(item.kind)
        for name in names:
            if says := suspicion(fields[name], item.row.cells[name]):
                self.warnings.cell(self.sheet.address(item.row, name), says)

    def _wrong(self, item: Item, name: str, says: str) -> None:
        self._wrong_items.add(item.key)
        self.findings.cell(self.sheet.address(item.row, name), says)

    def _refuse_others(self, item: Item) -> None:
        """A field that this level does not have is left empty."""
        fields = fields_by_name(item.kind)
        others = [name for name in self.sheet.places if name not in fields and name not in _NOT_FIELDS]
        for name in others:
            if as_text_of(item, name).strip():
                says = _("A %(level)s does not have this field; please empty the cell.")
                self._wrong(item, name, says % {"level": str(Kind(item.kind).label)})

    def _check_slugs(self, items: Iterable[Item]) -> None:
        """No two nodes may have one address in the end, and none gets that of a node of a public edition."""
        by_slug: dict[str, Item] = {}
        for item in items:
            slug = self.changed.get(item.key, {}).get("slug")
            if slug is None:
                continue
            owner = self.tree.slugs.get(slug)
            if slug in by_slug:
                place = self.sheet.address(by_slug[slug].row, "slug")
                self._wrong(item, "slug", _("Cell %(place)s gives the same address.") % {"place": place})
            elif owner and "slug" not in self.changed.get(owner, {}):
                says = _("“%(title)s” has this address already.")
                self._wrong(item, "slug", says % {"title": self.tree.title(owner)})
            elif (kept := self._kept.get(slug)) and str(kept.uid) != item.key:
                self._wrong(item, "slug", kept.refusal)
            by_slug.setdefault(slug, item)

    def _name_new(self, items: Iterable[Item]) -> None:
        """New nodes without an address get one that nobody has, or will have."""
        contents = [self.changed.get(item.key, {}) for item in items if item.is_new]
        unnamed = [each for each in contents if "slug" not in each and each.get("title")]
        if not unnamed:
            return
        given = (content["slug"] for content in self.changed.values() if "slug" in content)
        taken = {*self.tree.slugs, *self._kept, *given}
        for content in unnamed:
            content["slug"] = next_slug(slug_base(content["title"]), taken)[0]
            taken.add(content["slug"])

    def check(self, items: Iterable[Item], *, most: int) -> None:
        """Have the models check, as when it is written, what is right so far; of at most this many rows."""
        right = (item for item in items if item.key in self.changed and item.key not in self._wrong_items)
        wanted = list(islice(right, most))
        checks = ModelChecks()
        for item in wanted:
            node = level_of(item.kind).model() if item.is_new else copy(self.tree.nodes[item.key])
            for name, value in NodeWrite.of_content(
                item.key, item.kind, self.changed[item.key]
            ).values.items():
                setattr(node, name, value)
            try:
                checks.full_clean(node, None if item.is_new else self.changed[item.key])
            except ValidationError as error:
                self._report(item, error)

    def _report(self, item: Item, error: ValidationError) -> None:
        by_field: Mapping[str, list[str]] = error.message_dict
        for name, messages in by_field.items():
            if name != NON_FIELD_ERRORS and name in self.sheet.places:
                self._wrong(item, name, " ".join(messages))
            else:
                self.findings.row(item.row.number, " ".join(messages))


_NOT_FIELDS = {UID, LEVEL, PARENT, *FOR_INFORMATION}


def as_text_of(item: Item, name: str) -> str:
    """The cell of a row as text; what is no value counts as one that differs from every other."""
    cell = item.row.cells.get(name)
    return "\x00" if isinstance(cell, Unreadable) else as_text(cell)
