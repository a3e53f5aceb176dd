"""The form in which anybody can report a barrier. It refuses little: it takes what people type as it is."""

import re
import unicodedata
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from legal.models import BarrierReport

_TOO_LONG = _("At most %(limit_value)d characters are possible here. Please shorten it.")
_LOCAL_PATH = re.compile(r"/(?:[^/\\\s][^\\\s]*)?")


def as_typed(value: str, *, one_line: bool = False) -> str:
    """The text in NFC with LF line ends and without control characters. Emoji and other scripts stay."""
    text = unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
    if one_line:
        text = text.replace("\n", " ")
    return "".join(char for char in text if char == "\n" or unicodedata.category(char) not in ("Cc", "Cs"))


def local_path(value: str) -> str:
    """The value where it is an address within the portal, such as /sdg/4/; "" otherwise."""
    path = as_typed(value, one_line=True)
    return path if len(path) <= BarrierReport.MAX_PAGE_LENGTH and _LOCAL_PATH.fullmatch(path) else ""


class TypedField(forms.CharField):
    """Text as it was typed. A browser must not cut it off silently: too much is said, not prevented."""

    one_line = True

    def to_python(self, value: Any) -> str:
        return super().to_python(as_typed(str(value or ""), one_line=self.one_line)) or ""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {}


class TypedText(TypedField):
    """Several lines of it."""

    widget = forms.Textarea
    one_line = False


class TypedEmail(TypedField, forms.EmailField):
    """An e-mail address, checked after what cannot be seen is taken away."""


class BarrierForm(forms.ModelForm):
    """A report. Only the text is required; `homepage` is a trap that people do not see."""

    text = TypedText(
        label=_("Which barrier did you come across?"),
        max_length=BarrierReport.MAX_LENGTH,
        help_text=_("For example: what did you want to do, what happened, and which device do you use?"),
        widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off"}),
        error_messages={
            "required": _("Please describe the barrier. Without a description we cannot look for it."),
            "max_length": _(
                "The description has %(show_value)d characters; at most %(limit_value)d are possible. "
                "Please shorten it."
            ),
        },
    )
    page = TypedField(
        label=_("On which page?"),
        max_length=BarrierReport.MAX_PAGE_LENGTH,
        required=False,
        help_text=_("Address or title of the page, if you know it."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"max_length": _TOO_LONG},
    )
    name = TypedField(
        label=_("Your name"),
        max_length=200,
        required=False,
        help_text=_("You need not give a name."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"max_length": _TOO_LONG},
    )
    email = TypedEmail(
        label=_("Your e-mail address"),
        max_length=254,
        required=False,
        help_text=_("Needed only if you would like an answer."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "invalid": _("This is not a complete e-mail address. It looks like name@example.de."),
            "max_length": _TOO_LONG,
        },
    )
    homepage = TypedField(
        label=_("Please leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    class Meta:
        model = BarrierReport
        fields = ["text", "page", "name", "email"]

    @property
    def is_trapped(self) -> bool:
        """Whether a program filled in the field that people do not see."""
        return bool(self.cleaned_data["homepage"])

    @classmethod
    def keeping(cls, typed: Any) -> "BarrierForm":
        """A form that shows what was typed without judging it."""
        return cls(initial={name: as_typed(typed.get(name, "")) for name in cls.base_fields})
