"""Departments are reorganised: the measures that one leads are given to its successor."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from editing.access import needs, require
from editing.bulk.bulk_change import BulkChange, ConfirmForm
from editing.bulk.successors import record_successor
from measures.models import Department, Measure
from strategy.document.data import Plain
from strategy.editions.cited_codes import cited_rows
from strategy.forms.undo_message import tell_undoable
from strategy.history.batches import in_one_go
from strategy.history.operations import Operation, operation
from strategy.people import acting_user, require_permission
from strategy.tree.kinds import Kind
from strategy.tree.levels import level_of


@dataclass(frozen=True)
class Replacement:
    """A department, and the one that is to lead its measures from now on."""

    old: Department
    new: Department

    @property
    def is_recorded(self) -> bool:
        """Whether this is the successor that the department has already."""
        return self.old.successor_id == self.new.pk

    @cached_property
    def returns_from(self) -> Department | None:
        """The successor that `new` has so far, where that leads back to `old`: it gets its measures back, and is no
        longer replaced."""
        seen: set[int] = set()
        later = self.new.successor
        while later and later.pk not in seen:
            if later.pk == self.old.pk:
                return self.new.successor
            seen.add(later.pk)
            later = later.successor
        return None

    @cached_property
    def batch(self) -> BulkChange:
        """The measures that it leads, and what would become of them."""
        led = set(Measure.objects.order_by().filter(lead=self.old).values_list("pk", flat=True))
        lead: Any = level_of(Kind.MEASURE).by_name["lead"]
        rows = [row for row in cited_rows() if row.pk in led]
        return BulkChange(
            rows,
            ["lead"],
            lambda content: {"lead": lead.plain(self.new)},
            about=[
                self.old.key,
                self.new.key,
                self.is_recorded,
                self.returns_from.key if self.returns_from else None,
            ],
        )

    def carry_out(self, *, seen: str, by: User, reason: str, is_correction: bool = False) -> int:
        """Give the successor every measure, and record it as the successor; returns how many measures.

        Whoever may change all nodes gives them to the recorded successor, to another one who may change departments.

        One that had been replaced by the department itself is no longer so. ValidationError, nothing written, where
        the preview with the digest `seen` showed something else.
        """
        require_permission(by, "strategy.change_node")
        title = f"{self.old} → {self.new}"
        with operation(Operation.Kind.REORGANISATION, title=title, by=by) as done:
            now = Replacement(
                *(
                    Department.objects.select_for_update(of=("self",)).get(pk=each.pk)
                    for each in (self.old, self.new)
                )
            )
            if not now.is_recorded:
                require_permission(by, "measures.change_department")
            now.batch.require(seen)
            count = now.batch.write(by=by, reason=reason, is_correction=is_correction)
            done.details["successors"] = now._record_successors(by)
            return count

    def _record_successors(self, by: User) -> list[Plain]:
        """What became of whose successor, as keys."""
        changed: list[tuple[Department, Department | None]] = []
        if self.returns_from:
            changed.append((self.new, None))
        if not self.is_recorded:
            changed.append((self.old, self.new))
        return [record_successor(department, successor, by) for department, successor in changed]


class DepartmentField(forms.ModelChoiceField):
    """A department, with the number of measures that it leads."""

    def label_from_instance(self, obj: Any) -> str:
        count = ngettext("%(n)s measure", "%(n)s measures", obj.measures) % {"n": obj.measures}
        return f"{obj.name} ({count})"


class OldForm(forms.Form):
    """The department that no longer exists, or will soon no longer."""

    von = DepartmentField(label=_("Department that is replaced"), queryset=Department.objects.none())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        counted = Department.objects.annotate(measures=Count("leads"))
        self.fields["von"].queryset = counted.filter(measures__gt=0)  # type: ignore[attr-defined]
        self.fields["von"].error_messages["invalid_choice"] = _("This department leads no measure.")


class SuccessorForm(forms.Form):
    """Who takes over. At first the recorded successor."""

    nach = forms.ModelChoiceField(label=_("Successor"), queryset=Department.objects.none())

    def __init__(self, old: Department, may_choose: bool, *args: Any, **kwargs: Any) -> None:
        self.old, self.may_choose = old, may_choose
        super().__init__(*args, **kwargs)
        self.fields["nach"].queryset = Department.objects.exclude(pk=old.pk).select_related("successor")  # type: ignore[attr-defined]

    def clean_nach(self) -> Department:
        """No circle, as in the department's own form; but whoever may change departments gives back what was given
        away."""
        new: Department = self.cleaned_data["nach"]
        if self.may_choose and Replacement(self.old, new).returns_from:
            return new
        try:
            Department(pk=self.old.pk, name=self.old.name, successor=new).clean()
        except ValidationError as error:
            raise ValidationError(" ".join(error.messages)) from error
        return new


@needs("strategy.change_node")
def replace_department(request: HttpRequest) -> HttpResponse:
    """Choose a department and its successor, look at what would change, do it. The choices are in the address."""
    context = {**admin.site.each_context(request), "title": _("Reorganise departments")}
    old_form = OldForm(request.GET if "von" in request.GET else None)
    context["old_form"] = old_form
    if not old_form.is_valid():
        return render(request, "editing/reorganisation.html", context)
    old = old_form.cleaned_data["von"]
    may_choose = request.user.has_perm("measures.change_department")
    named = request.GET.get("nach", "") or str(old.successor_id or "")
    require(may_choose or named == str(old.successor_id or ""))
    form = SuccessorForm(old, may_choose, {"nach": named} if named else None)
    context |= {"old": old, "form": form, "may_choose": may_choose}
    if form.is_valid():
        replacement = Replacement(old, form.cleaned_data["nach"])
        confirm = ConfirmForm(replacement.batch, acting_user(request), request.POST or None)
        if request.method == "POST" and confirm.is_valid() and _done(request, replacement, confirm):
            return redirect("editing:replace_department")
        context |= {"replacement": replacement, "batch": replacement.batch, "confirm": confirm}
    return render(request, "editing/reorganisation.html", context)


def _done(request: HttpRequest, replacement: Replacement, confirm: ConfirmForm) -> bool:
    cleaned = confirm.cleaned_data
    try:
        with in_one_go() as batch:
            count = replacement.carry_out(
                seen=request.POST.get("seen", ""),
                by=acting_user(request),
                reason=cleaned["reason"],
                is_correction=cleaned.get("is_correction", False),
            )
    except ValidationError as error:
        confirm.add_error(None, " ".join(error.messages))
        return False
    said_so = ngettext(
        "%(department)s now leads %(n)s measure more.", "%(department)s now leads %(n)s measures more.", count
    )
    tell_undoable(request, said_so % {"n": count, "department": replacement.new.name}, batch)
    return True
