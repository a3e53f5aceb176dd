"""The page of all persons, handing over, and everybody's own page with role and rights in words."""

import datetime
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from accounts.invitation import invite
from editing.access import needs, require
from editing.exchange.left_behind import left_behind
from herne_strategy.persons.overview import everybody, one, today_substituted
from herne_strategy.persons.person_actions import CHANGE, Handover, hand_over, lock, said_of, stand_in
from strategy.german_order import GermanOrder
from strategy.people import acting_user, name_of


class PersonField(forms.ModelChoiceField):
    """Somebody who may log in, by name."""

    def __init__(self, **kwargs: Any) -> None:
        active = User.objects.filter(is_active=True, is_staff=True)
        super().__init__(active.order_by(GermanOrder("last_name"), GermanOrder("username")), **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        return name_of(obj)


class HandoverForm(forms.Form):
    """Who gets it."""

    successor = PersonField(label=_("to whom"), empty_label=_("Please choose"))

    def __init__(self, *args: Any, person: User, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others: Any = self.fields["successor"]
        others.queryset = others.queryset.exclude(pk=person.pk)
        if not by.is_superuser:  # touches no administrator's account
            others.queryset = others.queryset.exclude(is_superuser=True)


class SubstituteForm(forms.Form):
    """Who stands in for somebody, and until when."""

    substitute = PersonField(label=_("substitute"), required=False, empty_label=_("nobody"))
    until = forms.DateField(
        label=_("until and including"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Empty: until you take it away."),
    )

    def clean(self) -> dict[str, Any] | None:
        """A last day alone means nothing."""
        cleaned = super().clean()
        until = cleaned.get("until") if cleaned else None
        if cleaned and until and not cleaned.get("substitute"):
            self.add_error("substitute", gettext("Please choose who stands in until then."))
        if until and until < timezone.localdate():
            self.add_error(
                "until", gettext("This day is over. Please give the last day, at the earliest today.")
            )
        return cleaned


@require_safe
@needs(CHANGE)
def persons(request: HttpRequest) -> HttpResponse:
    """Everybody with role, responsibilities, second factor and substitute. A fixed number of queries."""
    context = {
        **admin.site.each_context(request),
        "title": _("Persons"),
        "persons": everybody(),
        "may_add": request.user.has_perm("auth.add_user"),
        "is_administrator": getattr(request.user, "is_superuser", False),
    }
    return render(request, "herne_strategy/persons.html", context)


@require_POST
@needs(CHANGE)
def invite_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the link to choose a password once more, to somebody who has never logged in."""
    person = one(_changeable(request, pk))
    if person.is_invited:
        invite(request, person.user)
    else:
        messages.error(
            request, gettext("%(person)s has logged in already, or may not.") % {"person": person.name}
        )
    return redirect("persons")


@require_POST
@needs(CHANGE)
def lock_person(request: HttpRequest, pk: int) -> HttpResponse:
    """Let somebody in no more, and say where what lay with them lies now."""
    try:
        person = lock(_changeable(request, pk), by=acting_user(request))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("persons")
    messages.success(request, gettext("%(person)s may not log in any more.") % {"person": name_of(person)})
    for sentence in left_behind(User.objects.get(pk=person.pk)):
        messages.warning(request, sentence)
    return redirect("persons")


@needs(CHANGE)
def hand_over_page(request: HttpRequest, pk: int) -> HttpResponse:
    """What lies with somebody, and who gets it."""
    handover = Handover(_changeable(request, pk))
    form = HandoverForm(request.POST or None, person=handover.person, by=acting_user(request))
    if form.is_valid():
        successor = form.cleaned_data["successor"]
        try:
            done = hand_over(
                handover.person, successor, seen=request.POST.get("seen", ""), by=acting_user(request)
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, said_of(done, successor))
            return redirect("persons")
    context = {
        **admin.site.each_context(request),
        "title": _("Hand over what lies with %(person)s") % {"person": name_of(handover.person)},
        "handover": Handover(handover.person),
        "form": form,
    }
    return render(request, "herne_strategy/hand_over.html", context)


def own_page(request: HttpRequest) -> HttpResponse:
    """What somebody is here and may do, in words; and who stands in for them."""
    user = acting_user(request)
    me = one(user)
    mine = me.responsibility
    initial = {"substitute": mine.substitute, "until": mine.substitute_until} if mine else {}
    form = SubstituteForm(request.POST or None, initial=initial)
    form.fields["substitute"].queryset = form.fields["substitute"].queryset.exclude(pk=user.pk)  # type: ignore[attr-defined]
    if form.is_valid():
        said = form.cleaned_data
        stand_in(user, substitute=said["substitute"], until=said["until"], by=user)
        messages.success(request, _said(said["substitute"], said["until"]))
        return redirect("own_role")
    context = {
        **admin.site.each_context(request),
        "title": _("Your role"),
        "me": me,
        "form": form if mine else None,
        "standing_in_for": [name_of(each) for each in today_substituted(user)],
    }
    return render(request, "herne_strategy/own_role.html", context)


def _said(substitute: User | None, until: datetime.date | None) -> str:
    """Who stands in from now on, in a sentence."""
    if substitute is None:
        return gettext("Nobody stands in for you.")
    name = {"person": name_of(substitute)}
    if until is None:
        return gettext("%(person)s stands in for you until you take it away.") % name
    return gettext("%(person)s stands in for you until %(day)s.") % {**name, "day": f"{until:%d.%m.%Y}"}


def _changeable(request: HttpRequest, pk: int) -> User:
    """The person, where whoever asks may change their account."""
    person = get_object_or_404(User, pk=pk)
    require(not person.is_superuser or acting_user(request).is_superuser)
    return person
