"""The admin at /verwaltung/. Logging in and out, and the password, are those of the account pages."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.views import logout
from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from editing.all_data import grouped

View = Callable[..., HttpResponse]

MOST_WORDS = 100  # of a search: each of them is a condition
LONGEST_NUMBER = 18  # digits of a row's number: the databases hold every one of them


class PortalAdminSite(AdminSite):
    """Django's admin, with the portal's words, and with login, logout and password on the account pages."""

    site_header = _("Sustainability strategy: administration")
    site_title = _("Administration")
    index_title = _("All data")
    enable_nav_sidebar = False

    def admin_view(self, view: View, cacheable: bool = False) -> View:  # type: ignore[override]
        """Filters and searches pass on what the address says, and databases refuse a NUL and thousands of words: as
        nonsense they are left aside. They refuse a number that no row can have: there is no page of it."""

        @wraps(view)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if any(_is_nonsense(name, values) for name, values in request.GET.lists()):
                request.GET = _without_nonsense(request.GET)
            if len(kwargs.get("object_id", "")) > LONGEST_NUMBER:
                raise Http404
            return view(request, *args, **kwargs)

        return super().admin_view(inner, cacheable)

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """Every list that this person may see, grouped by what one wants to do."""
        lists = grouped(self.get_app_list(request))
        return super().index(request, {"app_list": lists, **(extra_context or {})})

    def app_index(
        self, request: HttpRequest, app_label: str, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """Those of one app. Not found where this person may see none."""
        apps = self.get_app_list(request, app_label)
        words = {"app_list": grouped(apps), "title": apps[0]["name"]} if apps else {}
        return super().app_index(request, app_label, {**words, **(extra_context or {})})

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Leads to the one login page, and from there back to where somebody wanted to go."""
        if self.has_permission(request):
            return redirect("admin:index")
        return redirect_to_login(request.GET.get("next") or reverse("admin:index"), reverse("account_login"))

    def logout(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return logout(request)

    def password_change(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return redirect("account_change_password")

    def password_change_done(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return redirect("account_change_password")


def _is_nonsense(name: str, values: list[str]) -> bool:
    return "\0" in name + "".join(values) or any(len(value.split()) > MOST_WORDS for value in values)


def _without_nonsense(query: QueryDict) -> Any:
    kept = query.copy()
    for name, values in query.lists():
        if _is_nonsense(name, values):
            del kept[name]
    return kept
