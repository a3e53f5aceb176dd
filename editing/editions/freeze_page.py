"""The guided page that freezes the working tree into an edition."""

import re
from functools import partial
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from council.papers import Paper
from editing.access import needs, pressed, require
from editing.editions.freeze_choices import Choices, Seen, chosen
from editing.editions.freeze_plan import ALL, FreezePlan, freeze
from editing.editions.minutes_actions import freeze_amended, noted_uids, takes_changes
from strategy.document.document import Document
from strategy.editions.models import Edition, Strategy, refuse_reserved
from strategy.forms.once import once, tell_made
from strategy.forms.pasted_texts import CLEAN, PastedTextForm
from strategy.people import acting_user
from strategy.presentation.holdings import names_less
from strategy.text.slugs import next_slug, slug_base
from strategy.validators import CleanTextField, validate_address


class FreezeForm(PastedTextForm, forms.Form):
    """What the new edition is called. Filled in from the strategy's title page."""

    title = CleanTextField(
        label=_("title"),
        one_line=True,
        max_length=200,
        help_text=_("One that tells this edition from the others: lists and pages name it so."),
    )
    subtitle = CleanTextField(
        label=_("subtitle"),
        one_line=True,
        required=False,
        max_length=200,
        help_text=_("Below the strategy's title on the title sheet. It fits what this edition holds."),
    )
    slug = CleanTextField(
        label=_("address"),
        one_line=True,
        max_length=80,
        validators=[validate_address],
        help_text=_("Part of the web address /fassungen/<address>/; it never changes."),
    )
    remark = CleanTextField(
        label=_("remark on the next edition"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "What this edition is, on its overview and its title sheet. What it holds is said there already."
        ),
    )
    paper = CleanTextField(
        label=_("number of the paper"),
        one_line=True,
        required=False,
        max_length=20,
        help_text=_("The council paper that the edition refers to, if it is recorded here."),
    )
    may_leave = forms.BooleanField(
        label=_("The adopted nodes that are listed above are to leave the strategy"), required=False
    )

    def clean_slug(self) -> str:
        """Refuses an address that an edition has already, or that stands for the working tree."""
        slug: str = self.cleaned_data["slug"]
        refuse_reserved(slug)
        if Edition.objects.filter(slug=slug).exists():
            raise ValidationError(
                gettext("There is already an edition at the address “%(slug)s”.") % {"slug": slug}
            )
        return slug


@needs("strategy.freeze_edition")
@once
def freeze_page(request: HttpRequest) -> HttpResponse:
    """What would go in, what would not, what is missing; then freezing. Other buttons look again with other choices:
    with those that are sent ("show"), with a group as it is ("take"), or with what goes without saying ("usual")."""
    posted = request.POST.dict()
    button = pressed(request, "show", "freeze", "take", "usual")
    choices = chosen(posted) if posted and button != "usual" else {} if posted else None
    is_freezing = button == "freeze"
    amended = _amended(request)
    form = FreezeForm(request.POST if is_freezing or CLEAN in posted else None)
    if is_freezing and form.is_valid() and (edition := _frozen(request, form, choices or {}, amended)):
        messages.success(
            request, gettext("“%(edition)s” is frozen. It is not public yet.") % {"edition": edition}
        )
        there = reverse("editing:paper", args=[amended.pk]) if amended else reverse("editing:editions")
        tell_made(request, edition, there)
        return redirect(there)
    plan = FreezePlan(choices)
    if amended and choices is None:
        plan = FreezePlan(plan.with_as_it_is(noted_uids(amended)))
    if button == "take":
        plan = FreezePlan(plan.taking(posted["take"]))
    form.initial = _initial(posted, plan.document, amended)
    if not plan.leaving:
        del form.fields["may_leave"]
    context = {
        **admin.site.each_context(request),
        "title": _("Freeze the working tree into an edition"),
        "plan": plan,
        "all": ALL,
        "form": form,
        "amended": amended,
    }
    return render(request, "editing/freeze.html", context)


def _amended(request: HttpRequest) -> Paper | None:
    """The paper whose changes are to be frozen (`?vorlage=`); None where the page was not opened for one."""
    number = request.GET.get("vorlage", "")
    if not number:
        return None
    found = (
        Paper.objects.select_related("edition").filter(pk=number)
        if re.fullmatch(r"\d{1,9}", number)
        else None
    )
    paper: Paper | None = found.first() if found else None
    if paper is None or not takes_changes(paper):
        raise Http404
    require(request.user.has_perm("council.change_paper", paper))
    return paper


def _initial(posted: dict[str, str], document: Document, amended: Paper | None) -> dict[str, Any]:
    """What was typed; at first, what the title page says, but nothing that it said of an edition before, no subtitle
    that names less than this one holds, and no paper that is decided: an edition that is new today was not before the
    council then."""
    if posted:
        return {**posted, "may_leave": False}
    if amended and amended.edition:
        title = gettext("%(edition)s, with the changes of the council") % {"edition": amended.edition.title}
        return {"title": title, "slug": _free_slug(title), "subtitle": Strategy.current().subtitle}
    page = Strategy.current()
    paper = Paper.objects.filter(reference=page.paper_number).first()
    is_of_another = Edition.objects.filter(title=page.edition_title).exists()
    return {
        "title": "" if is_of_another else page.edition_title,
        "subtitle": "" if names_less(page.subtitle, document) else page.subtitle,
        "slug": "" if Edition.objects.filter(slug=page.edition_slug).exists() else page.edition_slug,
        "remark": "" if is_of_another else page.edition_remark,
        "paper": "" if paper and (paper.decision or paper.withdrawn_on) else page.paper_number,
    }


def _free_slug(title: str) -> str:
    taken = set(Edition.objects.values_list("slug", flat=True))
    return next_slug(slug_base(title), taken)[0]


def _frozen(
    request: HttpRequest, form: FreezeForm, choices: Choices, amended: Paper | None
) -> Edition | None:
    cleaned = form.cleaned_data
    make = partial(freeze_amended, amended) if amended else freeze
    try:
        return make(
            choices=choices,
            seen=Seen.of(request.POST.dict()),
            may_leave=cleaned["may_leave"],
            slug=cleaned["slug"],
            title=cleaned["title"],
            subtitle=cleaned["subtitle"],
            remark=cleaned["remark"],
            paper=cleaned["paper"],
            by=acting_user(request),
        )
    except ValidationError as error:
        form.add_error(None, error)
        return None
