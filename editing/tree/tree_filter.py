"""Which branches of the tree page are open, and which rows a search leaves."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

from editing.tree.since_adopted import SinceAdopted, Standing
from strategy.text.rules import folded
from strategy.tree.kinds import Kind
from strategy.tree.models import Node
from strategy.tree.review import Review
from strategy.tree.tree_rows import TreeRow

OPEN_DEPTH = 2  # themes and guidelines are open at first, so that the goals are seen


class FilterForm(forms.Form):
    """What the tree page can be narrowed to."""

    q = forms.CharField(label=_("Search"), required=False, max_length=200)
    ebene = forms.ChoiceField(label=_("Level"), required=False)
    stand = forms.ChoiceField(label=_("Review state"), required=False)
    seit = forms.ChoiceField(label=_("Since the decision"), required=False)
    vorschlaege = forms.BooleanField(label=_("with open proposals"), required=False)

    def __init__(self, *args: object, standing: Standing | None = None, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.standing = standing
        if standing is None:
            del self.fields["seit"]
        else:
            self.fields["seit"].choices = [("", _("all")), *SinceAdopted.choices]  # type: ignore[attr-defined]
        self.fields["ebene"].choices = [("", _("all")), *Kind.choices]  # type: ignore[attr-defined]
        self.fields["stand"].choices = [("", _("all")), *Review.choices]  # type: ignore[attr-defined]

    @property
    def is_set(self) -> bool:
        """Whether anything is asked for."""
        return self.is_valid() and any(self.cleaned_data.values())

    @property
    def query(self) -> str:
        """What is asked for, as the query of an address."""
        return urlencode({name: self.data[name] for name in self.fields if self.data.get(name)})

    def matches(self, rows: Iterable[TreeRow], proposals: Mapping[str, int]) -> list[TreeRow]:
        """The rows that fit. One query where a text is searched for."""
        wanted = self.cleaned_data
        matching = [
            row
            for row in rows
            if wanted["ebene"] in ("", row.kind)
            and wanted["stand"] in ("", row.review)
            and (not wanted["vorschlaege"] or row.uid in proposals)
            and self._stands_as_asked(row)
        ]
        return containing(matching, wanted["q"]) if wanted["q"] else matching

    def _stands_as_asked(self, row: TreeRow) -> bool:
        asked = self.cleaned_data.get("seit")
        return not asked or self.standing is None or self.standing.of(row.uid) == asked


def containing(rows: list[TreeRow], text: str) -> list[TreeRow]:
    """The rows in whose codes, title or text every word occurs. One query."""
    words = folded(text).split()
    texts = dict(Node.objects.order_by().values_list("pk", "text"))
    return [
        row
        for row in rows
        if all(
            word in folded(f"{row.code} {row.cited} {row.title} {texts.get(row.pk, '')}") for word in words
        )
    ]


@dataclass(frozen=True)
class OpenBranches:
    """The nodes whose children are shown, by pk."""

    pks: frozenset[int]

    @classmethod
    def from_query(cls, query: Mapping[str, str], rows: list[TreeRow]) -> "OpenBranches":
        """`auf`: those that are open; `um` turns one round, `alle` opens a whole branch, `zeige` the way to a node."""
        by_pk = {row.pk: row for row in rows}
        if "auf" in query:
            pks = {pk for pk in _numbers(query["auf"]) if pk in by_pk}
        else:
            pks = {row.pk for row in rows if row.depth <= OPEN_DEPTH}
        for pk in _numbers(query.get("um", "")):
            pks ^= {pk} & by_pk.keys()
        for pk in _numbers(query.get("alle", "")):
            if branch := by_pk.get(pk):
                pks |= {row.pk for row in rows if row.path.startswith(branch.path)}
        for pk in _numbers(query.get("zeige", "")):
            if shown := by_pk.get(pk):
                pks |= {row.pk for row in rows if shown.path.startswith(row.path) and row.pk != pk}
        return cls(frozenset(pk for pk in pks if by_pk[pk].has_children))

    def __str__(self) -> str:
        return ".".join(map(str, sorted(self.pks)))


def _numbers(text: str) -> list[int]:
    return [int(part) for part in text.split(".") if part.isascii() and part.isdigit() and len(part) < 10]
