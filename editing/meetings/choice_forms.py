"""The form of one entry on an agenda: what is to become of it, and why. A page has one for each entry."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from editing.meetings.meeting_actions import OFF, Chosen
from editing.meetings.models import AgendaItem, Choice, stamp_of
from editing.tree.presented import Presented
from strategy.forms.pasted_texts import PastedTextForm
from strategy.tree.review import Review
from strategy.tree.tree_rows import TreeRow
from strategy.validators import CleanTextField


class ChoiceForm(PastedTextForm, forms.Form):
    """What is to become of an entry. It carries what it was opened with, so that it tells what this person changed:
    the mark of the entry, the stamp of the stored choice, and that of what the form showed."""

    choice = forms.ChoiceField(required=False)
    reason = CleanTextField(label=_("why it is deferred"), one_line=True, max_length=500, required=False)
    opened = forms.CharField(widget=forms.HiddenInput, max_length=100)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("still open")), *Choice.choices, (OFF, _("take off the agenda"))]
        self.fields["choice"].choices = choices  # type: ignore[attr-defined]

    def clean_opened(self) -> list[str]:
        """Its three parts."""
        parts: list[str] = self.cleaned_data["opened"].split("|")
        if len(parts) != 3:
            raise forms.ValidationError(gettext("Please open this page again."))
        return parts

    def clean(self) -> None:
        said = self.cleaned_data
        if said.get("choice") == Choice.DEFERRED and said.get("reason") == "":
            self.add_error("reason", gettext("Please say in a sentence why it is deferred."))

    @property
    def is_changed(self) -> bool:
        """Whether it says something else than when it was opened."""
        return self._says != self.cleaned_data["opened"][2]

    @property
    def _says(self) -> str:
        return stamp_of(self.cleaned_data["choice"], self.cleaned_data["reason"])

    @property
    def chosen(self) -> Chosen:
        """What somebody wants. Why something is deferred is kept only for what is deferred."""
        said = self.cleaned_data
        reason = said["reason"] if said["choice"] == Choice.DEFERRED else ""
        return Chosen(said["choice"], reason, *said["opened"][:2])


@dataclass(frozen=True)
class Line:
    """An entry on the page: its row in the tree (None: it was deleted), what it says, and its form.

    `is_stale` says that it has changed since it was noted as agreed, which counts no more.
    """

    item: AgendaItem
    row: TreeRow | None
    entry: Presented | None
    form: ChoiceForm
    is_stale: bool
    may_agree: bool

    @property
    def is_agreed(self) -> bool:
        """Whether it has been agreed meanwhile, and nothing is to be chosen."""
        return self.row is not None and self.row.review == Review.AGREED

    @property
    def options(self) -> list[tuple[str, Any, bool]]:
        """What can be chosen: its key, its words, and whether it is chosen."""
        value = self.form["choice"].value() or ""
        offered: Iterable[tuple[str, Any]] = self.form.fields["choice"].choices  # type: ignore[attr-defined]
        return [
            (key, words, key == value)
            for key, words in offered
            if (key != Choice.AGREED or self.may_agree) and (key in ("", OFF) or not self.is_gone)
        ]

    @property
    def is_gone(self) -> bool:
        """Whether the entry has been deleted."""
        return self.row is None


def choice_form(item: AgendaItem, mark: str, data: QueryDict | None) -> ChoiceForm:
    """The form of an item whose entry has this mark now. What was agreed as something else is to be chosen again."""
    choice = "" if is_stale(item, mark) else item.choice
    opened = "|".join([mark, item.stamp, stamp_of(choice, item.reason)])
    initial = {"choice": choice, "reason": item.reason, "opened": opened}
    return ChoiceForm(data, prefix=str(item.pk), initial=initial)


def is_stale(item: AgendaItem, mark: str) -> bool:
    """Whether the entry is no longer as it was when it was noted as agreed."""
    return item.choice == Choice.AGREED and item.seen_mark != mark
