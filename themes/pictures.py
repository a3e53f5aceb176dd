"""Colour and icon of a theme, chosen from pictures: radio buttons that show what they are called."""

from typing import Any

from django import forms
from django.db import models
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from strategy.text.lazy_text import LazyText
from themes.cards import drawing

# Each is dark enough to be read on white, and far from its neighbours.
COLOURS: dict[str, LazyText] = {
    "#0B4F7D": _("blue"),
    "#2E4A9E": _("royal blue"),
    "#6B3FA0": _("violet"),
    "#8A1C7C": _("magenta"),
    "#A8174E": _("berry red"),
    "#B3261E": _("red"),
    "#8F4A00": _("brown"),
    "#6B5D00": _("ochre"),
    "#4A6A00": _("olive"),
    "#1F7A3A": _("green"),
    "#0B6E75": _("petrol"),
    "#465664": _("slate grey"),
}
OWN = "own"


class ColourSelect(forms.RadioSelect):
    """One of our colours, or one of the city's own that is typed beside them. Its value is the colour.

    The radio button of the own colour comes last. It stands for the one that is stored, if it is none of ours; what is
    typed goes first.
    """

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str | None:
        chosen: str | None = super().value_from_datadict(data, files, name)
        return chosen if chosen in (None, *COLOURS) else data.get(_own(name)) or chosen

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The radio buttons, and the field in which a colour is typed, filled in where it is none of ours."""
        chosen = value if value == OWN else str(value or "").upper()
        own = "" if chosen in (OWN, *COLOURS) else str(value or "")
        ours = [(colour, _with_picture(_swatch(colour), said)) for colour, said in COLOURS.items()]
        self.choices = [*ours, (own or OWN, gettext("a colour of your own:"))]
        return format_html(
            '{}<input type="text" class="own-colour" name="{}" value="{}" size="9" aria-label="{}">',
            super().render(name, own or chosen, attrs, renderer),
            _own(name),
            own,
            gettext("A colour of your own, such as #1A6B3C"),
        )


def colours(_field: "models.Field[Any, Any]") -> dict[str, Any]:
    """What the form field of a colour is made with. It takes what is typed; the model says what a colour is."""
    return {"widget": ColourSelect}


def icons(field: "models.Field[Any, Any]") -> dict[str, Any]:
    """What the form field of an icon is made with: its choices with their drawings, none of them a circle."""
    choices = [("", gettext("none (a circle)")), *(field.flatchoices or ())]
    return {
        "widget": forms.RadioSelect,
        "choices": [(key, _with_picture(drawing(key), name)) for key, name in choices],
    }


def _own(name: str) -> str:
    return f"{name}_{OWN}"


def _with_picture(picture: SafeString, name: LazyText) -> SafeString:
    return format_html('{} <span class="picture__name">{}</span>', picture, name)


def _swatch(colour: str) -> SafeString:
    """A square of this colour."""
    return format_html(
        '<svg class="swatch" viewBox="0 0 24 24" aria-hidden="true" focusable="false">'
        '<rect width="24" height="24" rx="3" fill="{}"/></svg>',
        colour,
    )
