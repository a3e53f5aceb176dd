"""Remarks on a node: said, asked, answered, done. Never public."""

import uuid
from collections import Counter
from collections.abc import Mapping

from django import forms
from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from editing.access import needs, pressed, require
from editing.exchange import remark_actions
from editing.exchange.questions import who_may_answer
from editing.models import Remark
from strategy.forms.once import once, tell_made
from strategy.forms.pasted_texts import PastedTextForm
from strategy.people import acting_user, name_of
from strategy.text.letters import sort_key
from strategy.tree.models import Node
from strategy.validators import CleanTextField


def open_counts() -> dict[str, int]:
    """How many remarks are not done yet, by the uid of their node."""
    rows = Remark.objects.filter(answers=None, done_at=None).order_by().values_list("uid")
    return {str(uid): count for uid, count in rows.annotate(n=Count("pk"))}


class PersonField(forms.ModelChoiceField):
    """People by name; with the account's where two have the same."""

    def offer(self, people: QuerySet) -> None:
        """Make these people the choices, in the order of their names."""
        self.queryset = people
        offered = list(people)
        counts = Counter(map(name_of, offered))
        names = {user.pk: _distinct_name(user, counts) for user in offered}
        ordered = sorted(names.items(), key=lambda each: sort_key(each[1]))
        self.choices = [("", self.empty_label), *ordered]


def _distinct_name(user: User, counts: Mapping[str, int]) -> str:
    name = name_of(user)
    return f"{name} ({user.get_username()})" if counts[name] > 1 else name


class RemarkForm(PastedTextForm, forms.Form):
    """A remark, or the answer to one. A question names whom it asks: somebody who may answer."""

    text = CleanTextField(label=_("remark"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))
    asked = PersonField(label=_("question to"), queryset=get_user_model().objects.none(), required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["asked"].offer(who_may_answer())  # type: ignore[attr-defined]


@needs("editing.view_remark")
@once
def remarks(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The remarks on a node, and the form for a new one or an answer."""
    node = get_object_or_404(Node, uid=uid)
    form = RemarkForm(request.POST or None)
    if request.method == "POST":
        require(request.user.has_perm("editing.add_remark"))
        if form.is_valid():
            _write(request, node, form)
            tell_made(request, gettext("Remark"), request.path)
            return redirect("editing:remarks", uid)
    questions = Remark.objects.filter(uid=uid, answers=None).select_related("by", "asked", "done_by")
    context = {
        **admin.site.each_context(request),
        "title": _("Remarks on “%(node)s”") % {"node": node.title},
        "node": node,
        "form": form,
        "remarks": questions.prefetch_related("replies__by"),
        "may_write": request.user.has_perm("editing.add_remark"),
        "answered": request.POST.get("answers", ""),
    }
    return render(request, "editing/remarks.html", context)


def _write(request: HttpRequest, node: Node, form: RemarkForm) -> None:
    answers = request.POST.get("answers", "")
    pk = answers if answers.isdecimal() and len(answers) < 15 else 0
    answered = Remark.objects.filter(uid=node.uid, pk=pk, answers=None).first()
    remark_actions.write(
        node,
        text=form.cleaned_data["text"],
        asked=form.cleaned_data["asked"],
        answers=answered,
        by=acting_user(request),
    )
    messages.success(request, gettext("Written. Only editors see it."))


@needs("editing.add_remark")
def done(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark a remark as done, or as not done again, as the pressed button says. By POST."""
    remark = get_object_or_404(Remark, pk=pk, answers=None)
    if button := pressed(request, "done", "open"):
        remark_actions.set_done(remark, is_done=button == "done", by=acting_user(request))
    return redirect(f"{reverse('editing:remarks', args=[remark.uid])}#a{remark.pk}")
