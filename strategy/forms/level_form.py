"""The form of a node: text rules, its place when it is new, and what happened meanwhile when it is not."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.forms.models import model_to_dict
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from strategy.editions.cited_codes import cited_rows
from strategy.forms.mistakes import put_beside_their_fields
from strategy.forms.pasted_texts import PastedTextForm
from strategy.history import node_actions
from strategy.history.edit_conflicts import Meanwhile
from strategy.history.models import REASON_HELP, content_at
from strategy.text.lazy_text import LazyText
from strategy.tree.content import UNDECIDED, Content, content_of, differences, fields_of, reworded
from strategy.tree.fields import Choice, Field, YesNo
from strategy.tree.kinds import kinds_below
from strategy.tree.models import Node
from strategy.tree.reference_fields import Reference
from strategy.tree.review import Review
from strategy.tree.tree_rows import with_room_for
from strategy.validators import CleanTextField


class LevelForm(PastedTextForm, forms.ModelForm):  # type: ignore[type-arg]
    """A node of one level. `user` is who fills it in.

    `opened_version` is that of the node when the form was opened. Where somebody saved meanwhile, `meanwhile`
    tells what; what both changed is an error once, all else is merged: only the fields in `mine` are written.
    """

    user: User
    is_proposal = False
    parent = forms.TypedChoiceField(label=_("stands below"), coerce=int)
    opened_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    reason = CleanTextField(
        label=_("reason"),
        one_line=True,
        required=False,
        max_length=1000,
        widget=forms.TextInput(attrs={"list": "decided-changes"}),
        help_text=REASON_HELP,
    )
    is_correction = forms.BooleanField(
        label=_("purely editorial correction"),
        required=False,
        help_text=_("Spelling or punctuation, nothing of the content: the node stays agreed."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("maxlength", None)  # a browser would cut what is pasted, without a word
        self.instance.kind = self.instance.KIND
        self.meanwhile: Meanwhile | None = None
        self.mine: Content = {}
        self.is_new = self.instance._state.adding
        self.stored = {} if self.is_new else content_of(self.instance)
        if self.is_new:
            self._offer_parents()
            self._without("opened_version", "is_correction")
        else:
            self.initial["opened_version"] = self.instance.version
            is_agreed = self.instance.review == Review.AGREED and not self.is_proposal
            may_correct = is_agreed and self.user.has_perm("strategy.correct_node")
            self._without("parent", *([] if may_correct else ["is_correction"]))

    def _without(self, *names: str) -> None:
        for name in names:
            self.fields.pop(name, None)

    def _offer_parents(self) -> None:
        kind = self.instance.kind
        if kind in kinds_below(None):
            self._without("parent")
            return
        rows = with_room_for(kind, cited_rows())
        if not self.is_proposal and not self.user.has_perm("strategy.add_node"):
            nodes = Node.objects.in_bulk([row.pk for row in rows])
            rows = [row for row in rows if self.user.has_perm("strategy.add_node", nodes[row.pk])]
        self.fields["parent"].choices = [("", "---------"), *((row.pk, row.name) for row in rows)]  # type: ignore[attr-defined]
        self.fields["parent"].error_messages["invalid_choice"] = gettext(
            "Nothing can be added below this node, or it has been deleted meanwhile. Please choose another one."
        )

    @property
    def typed(self) -> Content:
        """What the filled-in form says, as plain values."""
        return {
            field.name: [field.plain(row) for row in self.cleaned_data[field.name]]  # type: ignore[attr-defined]
            if field.is_many
            else field.read(self.instance)
            for field in fields_of(self.instance.kind)
            if field.name in self.cleaned_data
        }

    def _update_errors(self, errors: ValidationError) -> None:
        super()._update_errors(errors)  # type: ignore[misc]  # the hook that Django has for this
        put_beside_their_fields(self)

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]  # the hook that Django has for this
        if self.errors:
            return
        if self.is_new:
            self.mine = self.typed
            return
        self._look_what_happened_meanwhile()
        if not self.errors and not self.is_proposal and not self.cleaned_data.get("is_correction"):
            self._ask_for_the_reason()

    def _look_what_happened_meanwhile(self) -> None:
        version = self.cleaned_data.get("opened_version")
        if version is None or version == self.instance.version:
            self.mine = self._only(differences(self.instance.kind, self.stored, self.typed))
            return
        base = content_at(self.instance.uid, version)
        self.meanwhile = Meanwhile.between(
            self.instance, version, base=base, typed=self.typed, stored=self.stored
        )
        self.mine = self._only(self.meanwhile.mine)
        if self.meanwhile.conflicts:
            self._take_over(set(self.stored) - set(self.mine))
            self.add_error(
                None,
                gettext(
                    "Somebody else has saved this node meanwhile. Please compare both versions below. If you save "
                    "again, yours is kept."
                ),
            )

    def _only(self, fields: Iterable[Field]) -> Content:
        return {field.name: self.typed[field.name] for field in fields}

    def _take_over(self, names: set[str]) -> None:
        """Have the form show what is stored in the fields that this person left alone, and its version."""
        fresh = type(self.instance).objects.get(pk=self.instance.pk)
        data: QueryDict = self.data.copy()
        for name, value in model_to_dict(fresh, names & set(self.fields)).items():
            values = [row.pk for row in value] if isinstance(value, list) else [value]
            field = self.fields[name]
            shown = [str(field.prepare_value(each)) for each in values if each not in (None, "", False)]
            data.setlist(self.add_prefix(name), shown)
        data[self.add_prefix("opened_version")] = str(fresh.version)
        self.data = data

    def _ask_for_the_reason(self) -> None:
        told = reworded(self.instance.kind, self.stored, self.mine)
        if {field.name for field in told} - UNDECIDED:
            try:
                node_actions.require_reason([self.instance], self.cleaned_data.get("reason", ""))
            except ValidationError as error:
                self.add_error(None, error)


def typed_texts(kind: str, posted: Mapping[str, str]) -> list[tuple[LazyText, str]]:
    """What somebody typed into the form of a node of this kind, by label; choices and ticks are left out."""
    fields = [field for field in fields_of(kind) if not isinstance(field, Choice | Reference | YesNo)]
    named = [*((field.label, field.name) for field in fields), (_("reason"), "reason")]
    return [(label, posted[name]) for label, name in named if posted.get(name)]
