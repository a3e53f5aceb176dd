"""What of the strategy an address asks to be put on paper."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from printing import printout
from printing.printout import Printout
from strategy.document.document import Document

SHORT = "kurz"


class PrintForm(forms.Form):
    """Over an address's query: nothing for the long form, or one of the three. `printout` is None for any other."""

    umfang = forms.ChoiceField(
        required=False,
        choices=[(SHORT, _("short form"))],
        error_messages={"invalid_choice": _("There is no form “%(value)s” of the strategy on paper.")},
    )
    stadtbezirk = forms.ChoiceField(
        required=False,
        error_messages={"invalid_choice": _("No measure of this edition names a district “%(value)s”.")},
    )
    fachbereich = forms.ChoiceField(
        required=False,
        error_messages={"invalid_choice": _("No measure of this edition is led by “%(value)s”.")},
    )

    def __init__(self, data: QueryDict, *, document: Document) -> None:
        super().__init__(data)
        self.document = document
        self.fields["stadtbezirk"].choices = printout.districts(document)  # type: ignore[attr-defined]
        self.fields["fachbereich"].choices = printout.departments(document)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        if len([value for value in self.cleaned_data.values() if value]) > 1:
            raise ValidationError(
                _("Please choose one: the short form, or the measures of one district or of one department.")
            )
        return self.cleaned_data

    @property
    def printout(self) -> Printout | None:
        """What is asked for; None where there is no such thing, and `sentences` says why."""
        if not self.is_valid():
            return None
        asked = self.cleaned_data
        if asked["stadtbezirk"]:
            return printout.of_district(self.document, asked["stadtbezirk"])
        if asked["fachbereich"]:
            return printout.of_department(self.document, asked["fachbereich"])
        make = printout.short_form if asked["umfang"] == SHORT else printout.long_form
        return make(self.document)

    @property
    def sentences(self) -> list[str]:
        """Why nothing can be put on paper."""
        return [str(message) for messages in self.errors.values() for message in messages]
