"""Views that make something: a form that is sent twice makes it once, and leads to it. It needs no script.

The form carries a token (`{% sent_once %}`); "Back" and a double click send the same one again.
"""

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import admin, messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from strategy.document.data import canonical_json, digest_of
from strategy.sent_forms import SentForm

FIELD = "once"
View = Callable[..., HttpResponse]


def once(view: View, *, is_new: bool = True) -> View:
    """A view that says by `tell_made` what it made of a form. In one transaction with that, the token is kept.

    A form that was sent and says something else by now is asked about where it makes something new (`is_new`). What
    changes a row can be sent again: who saves second undoes nothing.
    """

    @wraps(view)
    def sent(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        token = token_of(request)
        if token is None:
            return view(request, *args, **kwargs)
        digest = _digest(request)
        with transaction.atomic():
            form, is_first = SentForm.objects.claim(token, digest)
            is_same = form.digest == digest
            if not is_first and (is_same or is_new):
                return _to_what_it_made(request, form) if is_same else _asked_again(request, form)
            response = view(request, *args, **kwargs)
            if made := getattr(request, "made", None):
                form.digest, (form.name, form.address) = digest, made
                form.save(update_fields=["digest", "name", "address"])
            elif is_first:
                form.delete()
            return response

    return sent


def tell_made(request: HttpRequest, name: object, address: str) -> None:
    """Say what was made of the form that was sent, and where it can be seen."""
    request.made = (str(name)[:500], address)  # type: ignore[attr-defined]


def token_of(request: HttpRequest) -> uuid.UUID | None:
    """The token of the form that was sent; None where none was, or it carries none."""
    try:
        return uuid.UUID(request.POST.get(FIELD, ""))
    except ValueError:
        return None


def _to_what_it_made(request: HttpRequest, form: SentForm) -> HttpResponse:
    message = gettext(
        "This form had been sent already: “%(name)s” is saved once, and nothing was added a second time."
    )
    messages.info(request, message % {"name": form.name})
    return redirect(form.address)


def _asked_again(request: HttpRequest, form: SentForm) -> HttpResponse:
    """All that was typed, to be saved besides what the form made, or not."""
    context = {
        **admin.site.each_context(request),
        "title": gettext("This form has been sent already"),
        "form": form,
        "typed": [(name, value) for name, values in _typed(request) for value in values],
    }
    return render(request, "admin/sent_before.html", context, status=409)


def _digest(request: HttpRequest) -> str:
    """Of what was typed; the buttons are named with a "_" and are no part of it."""
    typed = {name: values for name, values in _typed(request) if not name.startswith("_")}
    return digest_of(canonical_json(typed))


def _typed(request: HttpRequest) -> list[tuple[str, list[str]]]:
    return [pair for pair in request.POST.lists() if pair[0] not in (FIELD, "csrfmiddlewaretoken")]


class OnceAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Adds what its form says once, however often it is sent; and so the rows below a row."""

    change_form_template = "admin/once_form.html"

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        view = once(super().changeform_view, is_new=object_id is None)
        return view(request, object_id, *args, **kwargs)

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: Any = None) -> HttpResponse:
        tell_made(request, obj, self.address_of(obj))
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        tell_made(request, obj, self.address_of(obj))
        return super().response_change(request, obj)

    def address_of(self, obj: Any) -> str:
        """Where a row that was saved is seen: its form."""
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[obj.pk])
