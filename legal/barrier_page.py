"""/barriere-melden/: the form for reporting a barrier. It works without cookie and without script.

Without a cookie there is no CSRF token. Instead, a report is taken only where the browser says that the form
was sent from this portal.
"""

from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.http.multipartparser import MultiPartParserError
from django.http.request import UnreadablePostError
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from legal.barrier_actions import mail, store
from legal.barrier_form import BarrierForm, local_path
from strategy.network_address import network_address
from strategy.pages.sender import is_sent_from_here

_UNREADABLE = (BadRequest, MultiPartParserError, SuspiciousOperation, UnreadablePostError, UnicodeError)


class NoFiles(FileUploadHandler):
    """The form asks for no file. One that is sent all the same is read past, never kept."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Never called: every file is skipped."""

    def file_complete(self, file_size: int) -> None:
        """Never called: every file is skipped."""


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """The form, and what is sent from it."""
    request.encoding = "utf-8"
    request.upload_handlers = [NoFiles(request)]
    if request.method == "POST":
        return _answer(request)
    response = _form_page(
        request, BarrierForm(initial={"page": local_path(request.GET.get("seite", ""))}), status=200
    )
    response.is_public_page = not request.META.get("QUERY_STRING")  # type: ignore[attr-defined]
    return response


@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    """What everybody reads who has sent the form."""
    response = render(request, "legal/barrier_thanks.html")
    response.is_public_page = True  # type: ignore[attr-defined]
    return response


def _answer(request: HttpRequest) -> HttpResponse:
    try:
        typed: QueryDict = request.POST
    except _UNREADABLE:
        return _form_page(
            request, BarrierForm(), status=400, refusal=_("What was sent is too large or unreadable.")
        )
    if not is_sent_from_here(request):
        refusal = _(
            "Your browser did not say that the form was sent from this website. For your protection nothing "
            "was stored. Please check your text and send it again."
        )
        return _form_page(request, BarrierForm.keeping(typed), status=403, refusal=refusal)
    form = BarrierForm(typed)
    if not form.is_valid():
        return _form_page(request, form, status=422)
    return _take(request, form)


def _take(request: HttpRequest, form: BarrierForm) -> HttpResponse:
    """Store and mail a valid report. A trapped program is told the same, but nothing is stored."""
    if not form.is_trapped:
        stored = form.save(commit=False)
        if not store(stored, address=network_address(request), now=timezone.now()):
            refusal = _("Too many reports have arrived within an hour. Please try again later.")
            response = _form_page(request, form, status=429, refusal=refusal)
            response["Retry-After"] = "3600"
            return response
        if stored.pk:
            mail(stored)
    response = HttpResponseRedirect(reverse("report_barrier_thanks"))
    response.status_code = 303
    return response


def _form_page(request: HttpRequest, form: BarrierForm, *, status: int, refusal: str = "") -> HttpResponse:
    context = {"form": form, "refusal": refusal, "mail_to": settings.BARRIER_MAIL_TO}
    return render(request, "legal/barrier_report.html", context, status=status)
