"""Who may open the editors' pages."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

View = Callable[..., HttpResponse]


def needs(permission: str) -> Callable[[View], View]:
    """A page for staff with this permission. Others log in, or read that they may not."""

    def decorate(view: View) -> View:
        @wraps(view)
        def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_staff:
                return redirect_to_login(request.get_full_path())
            if not request.user.has_perm(permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return never_cache(page)

    return decorate


def require(is_allowed: bool) -> None:
    """Answer 403 where this is not allowed."""
    if not is_allowed:
        raise PermissionDenied


def pressed(request: HttpRequest, *buttons: str) -> str:
    """Which of these buttons of a form was pressed; "" for none.

    Answers 400 where a request names several: what is checked and what is done would not be the same.
    """
    named = [name for name in buttons if name in request.POST]
    if len(named) > 1:
        raise BadRequest(f"One action a request, not {', '.join(named)}.")
    return named[0] if named else ""
