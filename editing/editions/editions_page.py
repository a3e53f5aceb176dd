"""Editions for those who edit: all of them, what would change, publishing, taking back."""

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from editing.access import needs, require
from printing.pdf.answer import PdfFile, answer
from printing.pdf.identity import file_name
from printing.pdf.synopse_data import synopse_data
from printing.synopse import synopse_of
from strategy.editions import actions
from strategy.editions.library import library
from strategy.editions.models import Edition, EditionQuerySet, PublicState
from strategy.editions.redaction.redaction_actions import REDACT
from strategy.editions.working_tree import preview
from strategy.people import acting_user
from strategy.presentation.reread_texts import reread_texts


class CompareForm(forms.Form):
    """With which edition the working tree is compared."""

    mit = forms.SlugField(required=False)


@require_safe
@needs("strategy.view_edition")
def editions(request: HttpRequest) -> HttpResponse:
    """Every edition, public or not, and what can be done with it."""
    context = {
        **admin.site.each_context(request),
        "title": _("Editions"),
        "editions": Edition.objects.newest_first().select_related("frozen_by"),
        "shown": shown_edition(),
        "unshown": Edition.objects.adopted_unshown().first(),
        "may_freeze": request.user.has_perm("strategy.freeze_edition"),
        "deletable": set(_may_be_deleted(acting_user(request)).values_list("pk", flat=True)),
        "may_publish": request.user.has_perm("strategy.publish_edition"),
        "may_redact": request.user.has_perm(REDACT),
    }
    return render(request, "editing/editions.html", context)


@require_safe
@needs("strategy.view_edition")
def what_would_change(request: HttpRequest) -> HttpResponse:
    """The working tree compared with an edition: by default with the one that the public reads."""
    form = CompareForm(request.GET)
    if not form.is_valid():
        raise Http404
    slug = form.cleaned_data["mit"]
    edition = get_object_or_404(Edition, slug=slug) if slug else shown_edition()
    context = {
        **admin.site.each_context(request),
        "title": _("What would change"),
        "edition": edition,
        "editions": Edition.objects.newest_first(),
        "differences": synopse_of(edition, None) if edition else None,
        "reread": reread_texts(library.document(edition), preview()) if edition else [],
    }
    return render(request, "editing/what_would_change.html", context)


@require_safe
@needs("strategy.view_edition")
def what_would_change_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """The same as a file, in landscape: to be read on paper before the next edition is frozen."""
    edition = get_object_or_404(Edition, slug=slug)
    synopse = synopse_of(edition, None)
    file = PdfFile(
        template="synopse",
        name=file_name(synopse.meta, f"{slug}-arbeitsstand", "synopse"),
        instead=f"{reverse('editing:what_would_change')}?mit={slug}",
        build=lambda: synopse_data(synopse),
    )
    response = answer(request, file, {})
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def with_working_tree(request: HttpRequest, old: str) -> HttpResponse:
    """The working tree in the place of the new edition of a Synopse: its page in the administration.

    That page asks for the login. This one could not: the session's cookie is sent below /verwaltung/ alone.
    """
    return redirect(f"{reverse('editing:what_would_change')}?mit={old}")


@require_safe
def with_working_tree_on_paper(request: HttpRequest, old: str) -> HttpResponse:
    """The same to be printed: the PDF in the administration."""
    return redirect("editing:what_would_change_pdf", old)


@needs("strategy.publish_edition")
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an edition to the public: asked first, with what would change for readers; done by POST."""
    edition = get_object_or_404(Edition, pk=pk)
    if edition == shown_edition():
        messages.info(request, gettext("The public reads “%(edition)s” already.") % {"edition": edition})
        return redirect("editing:editions")
    if request.method == "POST":
        try:
            actions.publish(edition, by=acting_user(request), seen=request.POST.get("seen", ""))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(
                request, gettext("“%(edition)s” is now shown to the public.") % {"edition": edition}
            )
            return redirect("editing:editions")
    seen, shown = actions.shown_mark(), shown_edition()
    context = {
        **admin.site.each_context(request),
        "title": _("Publish “%(edition)s”") % {"edition": edition},
        "edition": edition,
        "shown": shown,
        "seen": seen,
        "differences": synopse_of(shown, edition) if shown and not edition.why_not_shown else None,
    }
    return render(request, "editing/publish.html", context)


@needs("strategy.publish_edition")
def take_back(request: HttpRequest) -> HttpResponse:
    """Show the edition again that was shown before: asked first, with what would change for readers; done by POST."""
    if request.method == "POST":
        try:
            before = actions.take_back(by=acting_user(request), seen=request.POST.get("seen", ""))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            message = gettext("Taken back. “%(edition)s” is shown again.") % {"edition": before}
            messages.success(request, message)
            return redirect("editing:editions")
    seen, shown, earlier = actions.shown_mark(), shown_edition(), actions.shown_before()
    context = {
        **admin.site.each_context(request),
        "title": _("Take back the last publication"),
        "shown": shown,
        "earlier": earlier,
        "seen": seen,
        "differences": synopse_of(shown, earlier) if shown and earlier else None,
    }
    return render(request, "editing/take_back.html", context)


@needs("strategy.freeze_edition")
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a working edition that is not shown: asked first, done by POST."""
    edition = get_object_or_404(Edition, pk=pk)
    require(not edition.is_public or request.user.has_perm("strategy.publish_edition"))
    if request.method == "POST":
        try:
            actions.delete(edition, by=acting_user(request))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, gettext("“%(edition)s” is deleted.") % {"edition": edition})
        return redirect("editing:editions")
    context = {
        **admin.site.each_context(request),
        "title": _("Delete “%(edition)s”") % {"edition": edition},
        "edition": edition,
    }
    return render(request, "editing/delete_edition.html", context)


def _may_be_deleted(user: User) -> EditionQuerySet:
    """The editions that this person may delete: whoever freezes those that were never public, whoever publishes all."""
    if not user.has_perm("strategy.freeze_edition"):
        return Edition.objects.none()
    deletable = Edition.objects.deletable()
    return deletable if user.has_perm("strategy.publish_edition") else deletable.filter(published_at=None)


def shown_edition() -> Edition | None:
    """The edition that the public reads at the start page, as it is now."""
    state = PublicState.objects.filter(pk=1).select_related("shown").first()
    return state.shown if state else None
