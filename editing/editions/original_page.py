"""Uploading the file that the council had before it, for an edition of which the portal has made none."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from council import submitted_files
from council.papers import Paper
from council.pdf_check import MAX_BYTES, pdf_problem
from editing.access import needs
from strategy.editions.models import Edition
from strategy.people import acting_user


class OriginalForm(forms.Form):
    """A PDF, and that somebody has looked whether it is the right one: it stays for ever."""

    edition = forms.ModelChoiceField(Edition.objects.all(), widget=forms.HiddenInput)
    file = forms.FileField(
        label=_("file that the council had before it"),
        max_length=200,
        help_text=_(
            "A PDF of at most 50 megabytes, as the council information system has it. It is kept as it is."
        ),
        widget=forms.FileInput(attrs={"accept": ".pdf,application/pdf"}),
        error_messages={
            "required": _("Please choose the PDF that was before the council."),
            "empty": _("The file is empty. Please choose the PDF that was before the council."),
        },
    )
    sure = forms.BooleanField(
        label=_(
            "This is the file that the council had before it. It becomes public and can never be exchanged."
        ),
        error_messages={"required": _("Please tick the box first: this step cannot be undone.")},
    )

    def clean_file(self) -> Any:
        """The uploaded file, its content read as far as it may be kept."""
        file = self.cleaned_data["file"]
        self.content = file.read(MAX_BYTES + 1)
        if problem := pdf_problem(self.content):
            raise ValidationError(problem)
        return file


@require_POST
@needs("strategy.publish_edition")
def keep_original(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep an uploaded file with the edition that it shows."""
    paper = get_object_or_404(Paper, pk=pk)
    form = OriginalForm(request.POST, request.FILES)
    try:
        if not form.is_valid():
            raise ValidationError([each for errors in form.errors.values() for each in errors])
        edition = form.cleaned_data["edition"]
        submitted_files.keep_original(paper, edition, content=form.content, by=acting_user(request))
    except ValidationError as error:
        for message in error.messages:
            messages.error(request, message)
    else:
        messages.success(
            request, gettext("The file is kept, and public beside “%(edition)s”.") % {"edition": edition}
        )
    return redirect("editing:paper", pk)
