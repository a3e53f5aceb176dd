"""The reason for what is done to nodes, asked for before it is done."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from strategy.forms.pasted_texts import PastedTextForm
from strategy.history.models import REASON_HELP
from strategy.validators import CleanTextField


class ReasonForm(PastedTextForm, forms.Form):
    """Why something becomes of nodes: needed where the council has adopted one of them."""

    reason = CleanTextField(
        label=_("reason"),
        one_line=True,
        required=False,
        max_length=1000,
        widget=forms.TextInput(attrs={"list": "decided-changes"}),
        help_text=REASON_HELP,
    )

    def __init__(self, *args: Any, is_decided: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = is_decided
