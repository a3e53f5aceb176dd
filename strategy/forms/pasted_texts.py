"""Forms that offer to clean what was pasted from Word or a PDF, where it holds characters that cannot be printed."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from strategy.text.pasting import Cleaned, cleaned
from strategy.validators import PASTED, CleanTextField

CLEAN = "_zeichen_bereinigen"
"""The name of the button that cleans. What was sent with it is never saved: the form is shown again, cleaned."""


class PastedTextForm(forms.BaseForm):
    """A form whose texts can be cleaned by strategy.text.pasting, by a button that needs no script.

    Mixed in before forms.Form or forms.ModelForm. In a formset the form above it says that nothing is saved yet.
    """

    def full_clean(self) -> None:
        is_to_be_cleaned = self.is_bound and CLEAN in self.data
        done = self._clean_texts() if is_to_be_cleaned else {}
        super().full_clean()
        if done or (is_to_be_cleaned and not self.prefix):
            self.add_error(None, _what_was_done(done))
        if any(error.code == PASTED for errors in self.errors.as_data().values() for error in errors):
            self.add_error(None, _offer())

    def _clean_texts(self) -> dict[str, Cleaned]:
        """Have what was sent hold the cleaned texts. By label, what was done to those that changed."""
        data: QueryDict = self.data.copy()
        done: dict[str, Cleaned] = {}
        for name, field in self.fields.items():
            sent = self.add_prefix(name)
            if not isinstance(field, CleanTextField) or not isinstance(typed := data.get(sent), str):
                continue
            clean = cleaned(typed, one_line=field.one_line)
            if clean.done:
                done[str(self[name].label)] = clean
                data[sent] = clean.text
        self.data: Any = data
        return done


def _offer() -> SafeString:
    return format_html(
        '{} <button type="submit" class="small" name="{}" value="1" formnovalidate>{}</button>',
        gettext("Such characters come along when one pastes from Word or a PDF."),
        CLEAN,
        gettext("Clean the characters (saves nothing yet)"),
    )


def _what_was_done(done: dict[str, Cleaned]) -> str:
    if not done:
        return gettext("Nothing is saved yet. Please look through the texts and save.")
    texts = "; ".join(f"{label}: {clean}" for label, clean in done.items())
    return gettext("Cleaned, and not saved yet: %(texts)s. Please look through the texts and save.") % {
        "texts": texts
    }
