"""Forms of the administration that it cannot take yet: the login has ended meanwhile, or was renewed in another window,
or a second factor is asked for since. Nothing was saved, and nothing typed is lost: a page offers to send the same
once more.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from strategy.pages.sender import is_sent_from_here, long_texts, typed_fields

AREA, ACCOUNT_PAGES = "/verwaltung/", "/verwaltung/konto/"


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's view for a form whose token is not that of this browser. Pages for readers take no forms."""
    if request.path_info.startswith(AREA):
        return not_sent(request)
    response = render(request, "405.html", status=405)
    response["Allow"] = "GET, HEAD"
    return response


def not_sent(request: HttpRequest, *, lacks_factor: bool = False) -> HttpResponse:
    """Says why, and that nothing was saved. What came from a page of ours can be sent again, but never a password."""
    is_ours = is_sent_from_here(request) and not request.path_info.startswith(ACCOUNT_PAGES)
    fields = typed_fields(request)
    context = {
        "fields": fields if is_ours else [],
        "texts": long_texts(fields) if is_ours else [],
        "has_files": bool(request.FILES),
        "address": request.get_full_path(),
        "lacks_factor": lacks_factor,
    }
    response = render(request, "accounts/expired_forms.html", context, status=403)
    response["Cache-Control"] = "private, no-store"
    return response
