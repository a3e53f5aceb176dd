"""What can go on an agenda: all that is not agreed, by theme, review state, words, or what was done in one go."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django import forms
from django.db.models import Count, Max
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from editing.tree.tree_filter import containing
from strategy.history.models import HistoryRecord
from strategy.history.operations import Operation
from strategy.people import name_of
from strategy.tree.kinds import Kind
from strategy.tree.paths import root_path
from strategy.tree.review import Review
from strategy.tree.tree_rows import TreeRow

Action = HistoryRecord.Action
BOTH = "beides"
LATELY = 12  # how many imports and bulk changes are offered
WRITING = (Action.ADDED, Action.CHANGED, Action.MOVED, Action.RESTORED)


class AgendaFilter(forms.Form):
    """Which of the entries that are not agreed are meant. Nothing chosen means every theme."""

    themenfelder = forms.MultipleChoiceField(
        label=_("themes"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: all."),
    )
    stand = forms.ChoiceField(
        label=_("Review state"),
        required=False,
        choices=[
            (Review.OPEN.value, Review.OPEN.label),
            (Review.DRAFT.value, _("drafts")),
            (BOTH, _("both")),
        ],
    )
    vorgang = forms.ChoiceField(label=_("everything new from"), required=False)
    q = forms.CharField(label=_("with these words"), required=False, max_length=200)

    def __init__(self, rows: list[TreeRow], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found = [row for row in rows if row.review != Review.AGREED]
        inside = {root_path(row.path) for row in self.found}
        self.themes = {str(row.pk): row for row in rows if row.kind == Kind.THEME and row.path in inside}
        themes = [(pk, row.name) for pk, row in self.themes.items()]
        self.fields["themenfelder"].choices = themes  # type: ignore[attr-defined]
        done = list(lately(self.found))
        self.fields["vorgang"].choices = [("", _("(any)")), *done]  # type: ignore[attr-defined]
        if not done:
            del self.fields["vorgang"]

    def matches(self) -> list[TreeRow]:
        """The entries that are meant, in the order of the tree; none where the filter makes no sense."""
        if not self.is_valid():
            return []
        wanted = self.cleaned_data
        paths = tuple(self.themes[pk].path for pk in wanted["themenfelder"])
        states = {Review.DRAFT, Review.OPEN} if wanted["stand"] == BOTH else {wanted["stand"] or Review.OPEN}
        matching = [
            row for row in self.found if row.review in states and (not paths or row.path.startswith(paths))
        ]
        if wanted.get("vorgang"):
            batch = HistoryRecord.objects.order_by().filter(batch=wanted["vorgang"])
            uids = {str(uid) for uid in batch.values_list("uid", flat=True)}
            matching = [row for row in matching if row.uid in uids]
        return containing(matching, wanted["q"]) if wanted["q"] else matching

    def clean_stand(self) -> str:
        """What is up for agreement where nothing is said."""
        return self.cleaned_data["stand"] or Review.OPEN

    @property
    def found_nothing(self) -> str:
        """What is said where nothing matches."""
        return gettext("Nothing of this is waiting to be agreed on. Please choose something else.")


def lately(rows: list[TreeRow]) -> Iterator[tuple[str, str]]:
    """What was done in one go to several nodes of which some are not agreed, the newest first: its batch, and what it
    is called. A fixed number of queries."""
    waiting = {row.uid for row in rows}
    batches = HistoryRecord.objects.order_by().filter(action__in=WRITING).values_list("batch")
    several = batches.annotate(n=Count("uid", distinct=True), newest=Max("pk")).filter(n__gt=1)
    newest = [pk for _batch, _n, pk in several.order_by("-newest")[: 2 * LATELY]]
    last = {
        record.batch: record for record in HistoryRecord.objects.filter(pk__in=newest).select_related("by")
    }
    names = {done.uid: str(done) for done in Operation.objects.filter(uid__in=last)}
    done_to = HistoryRecord.objects.order_by().filter(batch__in=last, action__in=WRITING)
    counts = Counter(batch for batch, uid in set(done_to.values_list("batch", "uid")) if str(uid) in waiting)
    shown = [record for batch, record in last.items() if counts[batch]]
    for record in shown[:LATELY]:
        name = names.get(record.batch) or record.reason[:60]
        yield str(record.batch), _name(record, name, counts[record.batch])


def _name(record: HistoryRecord, name: str, count: int) -> str:
    day = f"{timezone.localtime(record.at):%d.%m.%Y, %H:%M}"
    entries = ngettext("%(n)s entry", "%(n)s entries", count) % {"n": count}
    return " · ".join(filter(None, [day, name, entries, name_of(record.by)]))
