"""Orders to blacken passages of editions: recorded by one person, confirmed by another, carried out on the server."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from editing.access import needs, pressed
from strategy.editions.redaction import redaction_actions as actions
from strategy.editions.redaction.leftovers import Leftover, leftovers
from strategy.editions.redaction.orders import RedactionOrder, RedactionPassage
from strategy.editions.redaction.redaction_actions import REDACT
from strategy.forms.once import once, tell_made
from strategy.people import acting_user
from strategy.validators import CleanTextField


class RedactionForm(forms.Form):
    """An order as it came in, and the words that it is about."""

    reference = CleanTextField(
        label=_("reference"),
        one_line=True,
        max_length=100,
        help_text=_("The file number. It stays here for ever, so please without names."),
    )
    basis = forms.ChoiceField(
        label=_("basis"),
        choices=RedactionOrder.Basis.choices,
        help_text=_("Readers are told it, beside the day."),
    )
    ordered_on = forms.DateField(
        label=_("ordered on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    words = CleanTextField(
        label=_("words that are blackened"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "One passage a line, exactly as it stands in the text. Every place is looked for: in all editions, in the "
            "history, in proposals, remarks and reports. You see them before anything is done."
        ),
    )


@require_safe
@needs(REDACT)
def redactions(request: HttpRequest) -> HttpResponse:
    """All orders, the newest first."""
    context = {
        **admin.site.each_context(request),
        "title": _("Blackening on order"),
        "orders": RedactionOrder.objects.select_related("recorded_by", "confirmed_by"),
    }
    return render(request, "editing/redactions.html", context)


@needs(REDACT)
@once
def new_redaction(request: HttpRequest) -> HttpResponse:
    """Recording an order."""
    form = RedactionForm(request.POST or None)
    if form.is_valid() and (order := _recorded(request, form)):
        address = reverse("editing:redaction", args=[order.pk])
        tell_made(request, order, address)
        messages.success(
            request,
            gettext("The order is recorded. Nothing is blackened yet: please look through the places."),
        )
        return redirect(address)
    context = {**admin.site.each_context(request), "title": _("Record an order"), "form": form}
    return render(request, "editing/new_redaction.html", context)


@require_safe
@needs(REDACT)
def redaction(request: HttpRequest, pk: int) -> HttpResponse:
    """An order: its places, what is to be changed by hand, and what comes next."""
    order = get_object_or_404(RedactionOrder.objects.select_related("recorded_by", "confirmed_by"), pk=pk)
    passages = list(order.passages.all())
    words = dict.fromkeys(each.words for each in passages)
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": _("Order %(reference)s") % {"reference": order},
        "order": order,
        "passages": passages,
        "leftovers": [(each, _form_of(each)) for typed in words for each in leftovers(typed)],
        "editions": order.editions.select_related("edition"),
        "seen": actions.passages_mark(order),
        "is_own": order.recorded_by_id == request.user.pk,
    }
    return render(request, "editing/redaction.html", context)


@require_POST
@needs(REDACT)
def decide_redaction(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm an order, or withdraw it."""
    order = get_object_or_404(RedactionOrder, pk=pk)
    button = pressed(request, "confirm", "withdraw")
    try:
        if button == "withdraw":
            actions.withdraw_redaction(order, by=acting_user(request))
            messages.success(request, gettext("The order is withdrawn. Nothing was blackened."))
            return redirect("editing:redactions")
        if button == "confirm":
            actions.confirm_redaction(order, by=acting_user(request), seen=request.POST.get("seen", ""))
            messages.success(request, gettext("Confirmed. Now it can be carried out on the server."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("editing:redaction", pk)


@require_POST
@needs(REDACT)
def keep_passage(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave a passage as it is ("stays"), or blacken it after all ("goes")."""
    passage = get_object_or_404(RedactionPassage, pk=pk)
    button = pressed(request, "stays", "goes")
    try:
        if button:
            actions.set_stays(passage, stays=button == "stays", by=acting_user(request))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("editing:redaction", passage.order_id)


def _form_of(leftover: Leftover) -> str:
    """The address of the form in which it is changed; "" where the administration has none."""
    try:
        return reverse(f"admin:{leftover.model.replace('.', '_')}_change", args=[leftover.pk])
    except NoReverseMatch:
        return ""


def _recorded(request: HttpRequest, form: RedactionForm) -> RedactionOrder | None:
    cleaned = form.cleaned_data
    try:
        return actions.order_redaction(
            reference=cleaned["reference"],
            basis=cleaned["basis"],
            ordered_on=cleaned["ordered_on"],
            words=cleaned["words"].splitlines(),
            by=acting_user(request),
        )
    except ValidationError as error:
        form.add_error(None, error)
        return None
