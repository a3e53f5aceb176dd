"""Finding something in the history: by name, by what was done, by who did it; and what was deleted with what."""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from strategy.editions.cited_codes import cited_codes
from strategy.history.models import HistoryRecord
from strategy.history.operations import Operation
from strategy.people import name_of
from strategy.text.letters import sort_key
from strategy.text.rules import folded
from strategy.tree.models import Node
from strategy.tree.tree_rows import both_codes, tree_rows

Action = HistoryRecord.Action
PROGRAM = "0"  # as a choice of a person: nobody


class HistoryFilter(forms.Form):
    """What the history is narrowed to; `vorgang` is what was done in one go. What makes no sense is left aside."""

    q = forms.CharField(label=_("Search"), required=False, max_length=200)
    art = forms.ChoiceField(label=_("What was done"), required=False)
    person = forms.ChoiceField(label=_("Who"), required=False)
    vorgang = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["art"].choices = [("", _("all")), *Action.choices]  # type: ignore[attr-defined]
        self.fields["person"].choices = [("", _("all")), *_people()]  # type: ignore[attr-defined]

    @property
    def is_set(self) -> bool:
        """Whether anything is asked for."""
        return any(self.data.get(name) for name in self.fields)

    @property
    def batch(self) -> uuid.UUID | None:
        """What was done in one go, where that is what is asked for."""
        return self.cleaned_data["vorgang"] if self.is_valid() else None

    def matches(self, records: QuerySet[HistoryRecord]) -> QuerySet[HistoryRecord]:
        """The newest first, of a deletion only the topmost node, of an operation only its first record. What was done
        in one go is listed whole, as it was done, and so is whatever a title is searched for in."""
        if not self.is_valid():
            return _one_of_an_operation(_without_what_went_along(records))
        wanted = self.cleaned_data
        if wanted["vorgang"]:
            records = records.filter(batch=wanted["vorgang"]).order_by("pk")
        if wanted["art"]:
            records = records.filter(action=wanted["art"])
        if wanted["person"]:
            records = _of_person(records, wanted["person"])
        if wanted["q"]:
            return records.filter(uid__in=_named(wanted["q"]))
        if not self.lists_operations:
            return records if wanted["vorgang"] else _without_what_went_along(records)
        return _one_of_an_operation(_without_what_went_along(records))

    @property
    def lists_operations(self) -> bool:
        """Whether what was done in one operation is one line; not where one looks for single things."""
        return not self.is_valid() or not any(self.cleaned_data[name] for name in ("vorgang", "art", "q"))


def _people() -> Iterator[tuple[str, Any]]:
    users = get_user_model().objects.filter(
        Q(pk__in=HistoryRecord.objects.order_by().values("by"))
        | Q(pk__in=HistoryRecord.objects.order_by().values("proposed_by"))
    )
    yield from sorted(((str(user.pk), name_of(user)) for user in users), key=lambda each: sort_key(each[1]))
    yield PROGRAM, _("the program")


def _of_person(records: QuerySet[HistoryRecord], person: str) -> QuerySet[HistoryRecord]:
    if person == PROGRAM:
        return records.filter(by=None)
    return records.filter(Q(by=person) | Q(proposed_by=person))


def _named(text: str) -> list[uuid.UUID]:
    """The nodes with every word of this text in a title that they have ever had, or in their codes of today."""
    words = folded(text).split()
    codes = codes_by_uid()
    titles = HistoryRecord.objects.order_by().values_list("uid", "title").distinct()
    return list(
        {
            uid
            for uid, title in titles
            if all(word in folded(f"{codes.get(str(uid), '')} {title}") for word in words)
        }
    )


def codes_by_uid() -> dict[str, str]:
    """The codes of every node: that of the working tree, and that by which the public cites it where it is another.

    Nodes that are gone have those by which the public still cites them. Two queries.
    """
    cited = cited_codes()
    gone = {uid: both_codes("", code) for uid, code in cited.items()}
    return gone | {row.uid: row.codes for row in tree_rows(cited=cited)}


def _without_what_went_along(records: QuerySet[HistoryRecord]) -> QuerySet[HistoryRecord]:
    above = HistoryRecord.objects.filter(
        batch=OuterRef("batch"), action=Action.DELETED, pk__lt=OuterRef("pk")
    )
    return records.exclude(Exists(above), action=Action.DELETED)


def _one_of_an_operation(records: QuerySet[HistoryRecord]) -> QuerySet[HistoryRecord]:
    earlier = HistoryRecord.objects.filter(batch=OuterRef("batch"), pk__lt=OuterRef("pk"))
    named = Operation.objects.filter(uid=OuterRef("batch"))
    return records.exclude(Exists(named), Exists(earlier))


@dataclass(frozen=True)
class Deletion:
    """What was deleted in one go: the topmost node's record, and how many nodes."""

    pk: int
    title: str
    count: int

    @property
    def others(self) -> int:
        """How many nodes went with the topmost one."""
        return self.count - 1


def deletions(records: Iterable[HistoryRecord]) -> dict[uuid.UUID, Deletion]:
    """The deletions to which these records belong, by batch; of those of a single node there is none. One query."""
    batches = {record.batch for record in records if record.action == Action.DELETED}
    gone = HistoryRecord.objects.filter(batch__in=batches, action=Action.DELETED).order_by("pk")
    members: dict[uuid.UUID, list[tuple[int, str]]] = {}
    for batch, pk, title in gone.values_list("batch", "pk", "title"):
        members.setdefault(batch, []).append((pk, title))
    return {batch: Deletion(*each[0], len(each)) for batch, each in members.items() if len(each) > 1}


def to_be_restored_first(record: HistoryRecord) -> HistoryRecord | None:
    """The deletion in whose way it stands that this record cannot be restored: of its node, or of its old parent."""
    uids = [str(record.uid)] if record.action != Action.DELETED else []
    if record.before and record.before["parent"]:
        uids.append(record.before["parent"])
    for uid in uids:
        if not Node.objects.filter(uid=uid).exists():
            last = HistoryRecord.objects.of(uid).filter(action=Action.DELETED).first()
            return last and HistoryRecord.objects.filter(batch=last.batch, action=Action.DELETED).last()
    return None
