"""The form in which a department says how far a measure is: a row of its page, to be saved as a draft."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editing.reporting.standing import Asked
from measures.models import Measure
from measures.progress import Progress, Report
from measures.reporting import CHANGE
from measures.reporting_rounds import ReportDraft, ReportingRound
from strategy.forms.concurrent_forms import MergingForm, in_words
from strategy.forms.mistakes import Mistake, mistakes_of
from strategy.forms.months import MonthField
from strategy.people import AnyUser


@dataclass(frozen=True)
class Row:
    """A measure of a department’s page: what is public of it, what is saved, and its report in this round."""

    asked: Asked
    name: str
    measure: Measure
    public: Progress | None
    draft: ReportDraft | None
    report: Report | None
    may_report: bool

    @property
    def is_open(self) -> bool:
        """Whether it can be filled in."""
        return self.may_report and self.report is None

    @property
    def can_be_unchanged(self) -> bool:
        """Whether something is public that could have stayed as it is."""
        return bool(self.public and self.public.state)


class DraftForm(MergingForm):
    """What is new on a measure, beginning with what is public or was saved; or that nothing is.

    A row that says what is public, and is not ticked as unchanged, is no draft.
    """

    CONTENT: ClassVar = ("state", "note", "next_step", "next_step_month", "obstacle", "decision_needed")
    next_step_month = MonthField(label=gettext_lazy("month of the next step"), required=False)

    class Meta:
        model = ReportDraft
        fields = (
            "is_unchanged",
            "state",
            "note",
            "next_step",
            "next_step_month",
            "obstacle",
            "decision_needed",
        )
        widgets: ClassVar = {"note": forms.Textarea({"rows": 3}), "obstacle": forms.Textarea({"rows": 2})}

    def __init__(self, row: Row, asked: ReportingRound, data: QueryDict | None = None) -> None:
        self.row = row
        draft = row.draft or ReportDraft(round=asked, uid=row.asked.uid)
        if row.draft is None and row.public:
            for name, value in row.public.says.items():
                setattr(draft, name, value)
        draft.reported_on = asked.reports_on
        prefix = f"m{row.asked.pk}"
        was_sent = data is not None and f"initial-{prefix}-state" in data
        super().__init__(data if was_sent else None, instance=draft, prefix=prefix)
        for name, field in self.fields.items():
            field.show_hidden_initial = not self.is_bound or self._was_opened_with(name)
        if not row.can_be_unchanged:
            self.fields["is_unchanged"].disabled = True
        if self.is_bound:
            self.full_clean()  # takes over what others saved: only then is it known what this person changed

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("is_unchanged"):
            if self.says_something_new:  # typed now, or saved or handed in before: that would be gone
                self.add_error(
                    "is_unchanged",
                    _("“Unchanged” is ticked, and something else is typed. Please take one of both away."),
                )
        elif self.says_something_new and not said.get("state") and "state" not in self.errors:
            self.add_error("state", _("Please choose a state."))
        elif self.says_something_new and not self.errors:
            self._refuse_what_cannot_be_public(said)
        return said

    def _refuse_what_cannot_be_public(self, said: dict[str, Any]) -> None:
        try:
            Progress(**{name: said[name] for name in self.CONTENT}).clean()
        except ValidationError as error:
            self.add_error(None, error)

    @property
    def says_something_new(self) -> bool:
        """Whether what stands in it differs from what is public."""
        public = self.row.public or Progress()
        return any(self.cleaned_data.get(name) != getattr(public, name) for name in self.CONTENT)

    @property
    def is_touched(self) -> bool:
        """Whether it was filled in otherwise than it was opened."""
        return self.is_bound and (self.has_changed() or bool(self.conflicts))

    @property
    def drafted(self) -> ReportDraft | None:
        """What is to be saved; None where it says nothing new."""
        is_draft = self.cleaned_data["is_unchanged"] or self.says_something_new
        return self.instance if is_draft else None

    @property
    def unsaved(self) -> list[tuple[str, str]]:
        """What was typed where nothing can be reported any more, by label."""
        return typed_in(self.data, str(self.prefix)) if self.is_bound and not self.row.is_open else []

    @property
    def is_unfolded(self) -> bool:
        """Whether its fields are to be seen at once."""
        draft = self.row.draft
        is_open = draft is not None and not draft.is_unchanged and not draft.handed_in_at
        return is_open or self.is_touched

    @property
    def mistakes(self) -> list[Mistake]:
        """What is wrong with it, each beginning with the measure."""
        return [
            Mistake(
                each.message, f"{self.row.name}: {each.label}" if each.label else self.row.name, each.field_id
            )
            for each in mistakes_of(self)
        ]


@dataclass(frozen=True)
class Lost:
    """What was typed, by label, on a measure that is reported on elsewhere by now."""

    name: str
    typed: list[tuple[str, str]]


def sent_rows(data: Mapping[str, Any]) -> list[int]:
    """The keys of the rows that a form was sent with."""
    return [int(match[1]) for key in data if (match := re.fullmatch(r"initial-m([0-9]{1,15})-state", key))]


def typed_in(data: Mapping[str, Any], prefix: str) -> list[tuple[str, str]]:
    """What was typed in a row, by label, as it was sent."""
    typed = []
    for name in DraftForm.CONTENT:
        now, before = (
            str(data.get(each) or "").replace("\r\n", "\n")
            for each in (f"{prefix}-{name}", f"initial-{prefix}-{name}")
        )
        if now != before:
            field = DraftForm.base_fields[name]
            typed.append((str(field.label), in_words(field, now)))
    return typed


def rows_of(asked: ReportingRound, measures: list[Asked], names: dict[str, str], user: AnyUser) -> list[Row]:
    """These measures with all that a page says of them. Four queries."""
    uids = [each.uid for each in measures]
    there = {each.uid: each for each in Measure.objects.filter(uid__in=uids)}
    public = {each.uid: each for each in Progress.objects.filter(uid__in=uids)}
    drafts = {each.uid: each for each in asked.drafts.filter(uid__in=uids)}
    reports = {each.uid: each for each in asked.reports.filter(uid__in=uids).order_by("pk")}
    return [
        Row(
            each,
            names[str(each.uid)],
            there[each.uid],
            public.get(each.uid),
            drafts.get(each.uid),
            reports.get(each.uid),
            asked.is_open and user.has_perm(CHANGE, there[each.uid]),
        )
        for each in measures
    ]
