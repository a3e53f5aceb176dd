"""The same change to many measures: worked out for a preview, then written in one go."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from measures.models import Measure
from strategy.document.data import Plain, canonical_json, digest_of
from strategy.forms.pasted_texts import PastedTextForm
from strategy.history import node_actions
from strategy.history.models import REASON_HELP
from strategy.history.operations import Operation, operation
from strategy.presentation.side_by_side import FieldView, field_views
from strategy.tree.content import Content, differences, fields_of
from strategy.tree.fields import Field
from strategy.tree.kinds import Kind
from strategy.tree.reference_fields import Reference
from strategy.tree.review import Review
from strategy.tree.tree_rows import TreeRow
from strategy.validators import CleanTextField


@dataclass(frozen=True)
class Planned:
    """What would become of a measure: what it says now, what it would say, and why it cannot."""

    row: TreeRow
    measure: Measure
    old: Content
    new: Content
    fields: list[Field]
    refusals: tuple[str, ...]

    @property
    def views(self) -> list[FieldView]:
        """The fields that would change, old and new side by side."""
        return field_views(self.fields, self.old, self.new)

    @property
    def is_agreed(self) -> bool:
        """Whether the measure is agreed: changing it puts it up for agreement again."""
        return self.row.review == Review.AGREED


class BulkChange:
    """What a change would do to these measures: `new` says, of the fields `names`, what comes of what.

    `about` is what else the page tells of the change. The queries do not grow with the number of measures.
    """

    def __init__(
        self,
        rows: Iterable[TreeRow],
        names: Collection[str],
        new: Callable[[Content], Content],
        about: Plain = None,
    ) -> None:
        self.about = about
        self.fields = [field for field in fields_of(Kind.MEASURE) if field.name in names]
        self._refusals: dict[str, tuple[str, ...]] = {}
        self.all = [self._planned(row, measure, new) for row, measure in _attached(rows, self.fields)]

    def _planned(self, row: TreeRow, measure: Measure, change: Callable[[Content], Content]) -> Planned:
        old = {field.name: field.read(measure) for field in self.fields}
        new = change(old)
        changed = differences(Kind.MEASURE, old, new)
        return Planned(row, measure, old, new, changed, self._refused(new) if changed else ())

    def _refused(self, content: Content) -> tuple[str, ...]:
        """Why a measure cannot say this. Looked up once for all measures that would say the same."""
        plain = [field for field in self.fields if not isinstance(field, Reference)]
        key = canonical_json({field.name: content[field.name] for field in plain})
        if key not in self._refusals:
            self._refusals[key] = tuple(refusals(plain, content))
        return self._refusals[key]

    @cached_property
    def changing(self) -> list[Planned]:
        """Those that would change."""
        return [each for each in self.all if each.fields and not each.refusals]

    @cached_property
    def refused(self) -> list[Planned]:
        """Those that would have to change and cannot."""
        return [each for each in self.all if each.refusals]

    @property
    def unchanged(self) -> int:
        """How many say it already."""
        return len(self.all) - len(self.changing) - len(self.refused)

    @property
    def agreed(self) -> int:
        """How many of those that would change are agreed."""
        return sum(each.is_agreed for each in self.changing)

    @cached_property
    def digest(self) -> str:
        """Of everything that the preview shows: another one means that something has changed meanwhile."""
        shown = [
            [each.row.uid, each.row.name, each.row.review, each.old, each.new, list(each.refusals)]
            for each in self.all
        ]
        return digest_of(canonical_json({"about": self.about, "measures": shown}))

    def require(self, seen: str) -> None:
        """ValidationError where the preview with this digest showed something else."""
        if seen != self.digest:
            raise ValidationError(
                _(
                    "Something has changed since the preview. Nothing was written; please look through it again."
                )
            )

    def write(self, *, by: User, reason: str, is_correction: bool = False) -> int:
        """Change the measures as one operation, under the tree's lock; returns how many.

        ValidationError, which names the measure, where one cannot be saved.
        """
        title = ", ".join(str(field.label) for field in self.fields)
        with operation(Operation.Kind.BULK, title=title, by=by):
            self._write(by, reason, is_correction)
        return len(self.changing)

    def _write(self, by: User, reason: str, is_correction: bool) -> None:
        for each in self.changing:
            content = {field.name: each.new[field.name] for field in each.fields}
            is_corrected = is_correction and each.is_agreed
            try:
                node_actions.change(
                    each.measure, content=content, by=by, reason=reason, is_correction=is_corrected
                )
            except ValidationError as error:
                raise ValidationError(f"{each.row.name}: {' '.join(error.messages)}") from error


def refusals(fields: Iterable[Field], content: Content) -> list[str]:
    """Why no measure can say this in these fields, a sentence each; [] where one can."""
    names = {field.name for field in fields}
    measure = Measure(**{name: content[name] for name in names})
    others = {field.name for field in Measure._meta.get_fields()} - names
    try:
        measure.clean_fields(exclude=others)
        measure.validate_constraints(exclude=others)
    except ValidationError as error:
        return error.messages
    return []


def _attached(rows: Iterable[TreeRow], fields: list[Field]) -> list[tuple[TreeRow, Measure]]:
    """The measures of these rows, with all at hand that the fields refer to."""
    wanted = {row.pk: row for row in rows}
    measures = [measure for measure in Measure.objects.order_by("path") if measure.pk in wanted]
    for field in fields:
        if measures and isinstance(field, Reference):
            field.attach(measures)
    return [(wanted[measure.pk], measure) for measure in measures]


class ConfirmForm(PastedTextForm, forms.Form):
    """The reason for a change of many measures, and what has to be said beside it."""

    reason = CleanTextField(
        label=gettext_lazy("reason"),
        one_line=True,
        max_length=1000,
        help_text=REASON_HELP,
    )
    is_correction = forms.BooleanField(
        label=gettext_lazy("purely editorial correction"),
        required=False,
        help_text=gettext_lazy("Nothing of the content changes: agreed measures stay agreed."),
    )
    leaves_out = forms.BooleanField(
        label=gettext_lazy("Leave out the measures that cannot be changed"),
        error_messages={
            "required": gettext_lazy(
                "Please confirm that these measures are left out, or change the selection."
            )
        },
    )

    def __init__(self, batch: BulkChange, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not (batch.agreed and user.has_perm("strategy.correct_node")):
            del self.fields["is_correction"]
        if not batch.refused:
            del self.fields["leaves_out"]
