"""The manual, the glossary and the table of roles, for everybody who may log in."""

from django import forms
from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from editing.help.manual import DOCUMENTS, PICTURES, address_of, document, search


class SearchForm(forms.Form):
    """What is looked for in all that is written here."""

    q = forms.CharField(label=_("Search the help"), required=False, max_length=200)


@require_safe
def help_document(request: HttpRequest, slug: str = "") -> HttpResponse:
    """A document with its table of contents; where something is searched for, the sections that say it."""
    if slug not in DOCUMENTS:
        raise Http404
    form = SearchForm(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    shown = document(DOCUMENTS[slug])
    context = {
        **admin.site.each_context(request),
        "title": shown.title,
        "documents": [
            (document(file).title, address_of(file), part == slug) for part, file in DOCUMENTS.items()
        ],
        "form": form,
        "words": words,
        "found": search(words),
        "document": shown,
    }
    return render(request, "editing/help.html", context)


@require_safe
def help_picture(request: HttpRequest, slug: str) -> HttpResponse:
    """A picture of the manual."""
    path = PICTURES / f"{slug}.jpg"
    if not path.is_file():
        raise Http404
    return HttpResponse(path.read_bytes(), content_type="image/jpeg")
