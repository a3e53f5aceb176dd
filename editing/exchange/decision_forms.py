"""The form in which a proposal is decided: what is taken, what is not, and what is taken otherwise than proposed."""

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms import BoundField, modelform_factory
from django.forms.models import construct_instance, model_to_dict
from django.utils.translation import gettext_lazy as _

from editing.exchange.proposal_effects import NodeNow, Taken, conflicts
from editing.models import Proposal
from strategy.forms.level_form import LevelForm
from strategy.forms.level_widgets import formfield
from strategy.forms.pasted_texts import CLEAN, PastedTextForm
from strategy.history.models import REASON_HELP
from strategy.presentation.side_by_side import FieldView, field_view
from strategy.tree.content import Content, fill
from strategy.tree.levels import level_of, own
from strategy.tree.models import Node
from strategy.tree.tree_rows import TreeRow
from strategy.validators import CleanTextField

TAKE, LEAVE, EDIT = "nehmen", "lassen", "aendern"
CHOICES = [(TAKE, _("take it")), (LEAVE, _("do not take it")), (EDIT, _("take it changed"))]
CHOICE, EDITED = "wahl-", "neu"  # what the names of choices, and of fields to be changed, begin with
COUNTS_ALWAYS = {"answer", NON_FIELD_ERRORS}


@dataclass(frozen=True)
class FieldDecision:
    """A proposed field: what would become of it; what somebody has made of it meanwhile (None: nothing); what can be
    chosen, and the field in which it can be changed."""

    view: FieldView
    meanwhile: FieldView | None
    choice: BoundField
    edited: BoundField


class EditedForm(LevelForm):
    """The proposed fields of a node, filled in as proposed. What is wrong with the whole, the action says."""

    is_proposal = True

    def __init__(self, *args: Any, proposed: Content, **kwargs: Any) -> None:
        super().__init__(*args, initial=proposed, prefix=EDITED, **kwargs)
        self._without("parent", "opened_version", "reason", "is_correction")

    def _post_clean(self) -> None:
        self.instance = construct_instance(self, self.instance, self._meta.fields, self._meta.exclude)


class DecisionForm(PastedTextForm, forms.Form):
    """What becomes of a proposal, and what is answered. `now` is what its node says (None: it is gone, or only
    proposed), `places` what it could stand below, where it proposes a place. Where it is not accepted (`is_accepted`),
    the answer alone counts."""

    parent = forms.TypedChoiceField(label=_("stands below"), coerce=int, required=False, empty_value=None)
    reason = CleanTextField(
        label=_("reason in the history"),
        one_line=True,
        required=False,
        max_length=1000,
        widget=forms.TextInput(attrs={"list": "decided-changes"}),
        help_text=REASON_HELP,
    )
    answer = CleanTextField(
        label=_("answer"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed to decline, or where not everything is taken. Whoever proposed reads it."),
    )

    def __init__(
        self,
        proposal: Proposal,
        node: Node | None,
        now: NodeNow | None,
        places: Iterable[TreeRow] | None,
        data: Any,
        *,
        by: User,
        is_accepted: bool,
    ) -> None:
        self.proposal, self.node, self.now, self.is_accepted = proposal, node, now, is_accepted
        above = next((row.pk for row in places or () if row.uid == str(proposal.parent)), None)
        super().__init__(data, initial={"reason": " ".join(proposal.reason.split()), "parent": above})
        self.conflicting = conflicts(proposal, now) if now else []
        self.edited = _edited_form(proposal, node, data, by)
        if places is None:
            del self.fields["parent"]
        else:
            offered = [(row.pk, row.name) for row in places]
            self.fields["parent"].choices = offered if above else [("", _("please choose")), *offered]  # type: ignore[attr-defined]
        for field in proposal.fields:
            is_conflicting = field in self.conflicting
            self.fields[CHOICE + field.name] = forms.ChoiceField(
                label=field.label,
                choices=CHOICES,
                widget=forms.RadioSelect,
                required=is_conflicting,
                error_messages={
                    "required": _("Please choose: somebody has changed the same field meanwhile.")
                },
                initial=None if is_conflicting else TAKE,
            )

    @property
    def field_decisions(self) -> list[FieldDecision]:
        """Field by field what there is to decide."""
        said, base = self.now.content if self.now else {}, self.proposal.base
        return [
            FieldDecision(
                field_view(field, said.get(field.name), self.proposal.content[field.name]),
                field_view(field, base[field.name], said.get(field.name))
                if field in self.conflicting
                else None,
                self[CHOICE + field.name],
                self.edited[field.name],
            )
            for field in self.proposal.fields
        ]

    @property
    def whole_fields(self) -> list[BoundField]:
        """What is asked about the whole: place, reason, answer."""
        return [self[name] for name in ("parent", "reason", "answer") if name in self.fields]

    @property
    def typed(self) -> list[tuple[str, str]]:
        """What somebody typed, by label, to be shown where it can be sent no more."""
        changed = [field.name for field in self.proposal.fields if self.data.get(CHOICE + field.name) == EDIT]
        fields = [self["answer"], *(self.edited[name] for name in changed)]
        return [(str(each.label), each.data) for each in fields if isinstance(each.data, str) and each.data]

    def clean(self) -> None:
        """What is wrong with a field that is to be changed stands beside its choice."""
        if not self.is_accepted:
            for name in set(self.errors) - COUNTS_ALWAYS:
                del self.errors[name]
        changed = {field.name for field in self.proposal.fields if self._choice(field.name) == EDIT}
        wrong = {name: errors for name, errors in self.edited.errors.items() if name in changed}
        for name, errors in wrong.items() if self.is_accepted else ():
            self.add_error(CHOICE + name, list(errors))
        if wrong or CLEAN in self.data:
            for message in self.edited.errors.get(NON_FIELD_ERRORS, []):
                self.add_error(None, message)
        self.edited.errors.clear()

    def taken(self, seen: str | None) -> Taken:
        """What is taken, where the form is valid."""
        content = {
            field.name: self.edited.typed[field.name]
            if self._choice(field.name) == EDIT
            else self.proposal.content[field.name]
            for field in self.proposal.fields
            if self._choice(field.name) != LEAVE
        }
        parent = self.cleaned_data.get("parent")
        return Taken(
            content if self.proposal.content else None,
            Node.objects.filter(pk=parent).first() if parent else None,
            self.cleaned_data["reason"],
            seen,
        )

    def add_refusal(self, error: ValidationError) -> None:
        """Have what the action refused stand beside its field, where it names one of the form."""
        for name, messages in (
            error.message_dict if hasattr(error, "error_dict") else {None: error.messages}
        ).items():
            names = [each for each in (name, f"{CHOICE}{name}") if each in self.fields]
            self.add_error(names[0] if names else None, messages)

    def _choice(self, name: str) -> str:
        return self.cleaned_data.get(CHOICE + name) or TAKE


def _edited_form(proposal: Proposal, node: Node | None, data: Any, by: User) -> Any:
    names = [field.name for field in proposal.fields]
    model = level_of(proposal.kind).model
    made: Any = modelform_factory(model, form=EditedForm, fields=names, formfield_callback=formfield)
    made.user = by
    instance = own(node) if node else model()
    return made(data, instance=instance, proposed=_filled_in(proposal, instance))


def _filled_in(proposal: Proposal, instance: Node) -> Content:
    """The proposed values as a form's fields take them; one that the portal no longer has, such as a department that
    was deleted, is left as it is."""
    values: Content = {}
    for field in proposal.fields:
        proposed = copy(instance)
        try:
            many = fill(proposed, {field.name: proposal.content[field.name]})
        except ValidationError:
            continue
        values |= {name: [row.pk for row in rows] for name, rows in many.items()} or model_to_dict(
            proposed, [field.name]
        )
    return values
