"""The council's bodies, papers and resolutions in the admin. All of it is public at once, but for papers that are
not."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from council.belonging import check_answers
from council.bodies import Body
from council.consultations import (
    Consultation,
    GroupVote,
    Resolution,
    check_consultations,
    check_votes,
)
from council.papers import Paper, PaperMeasure
from strategy.editions.cited_codes import cited_rows
from strategy.editions.models import Edition
from strategy.forms.concurrent_forms import KeyForm, MergingForm, MergingFormSet
from strategy.forms.field_groups import FOLDS, KEY_GROUP
from strategy.forms.level_widgets import NATIVE_DATES
from strategy.forms.live_admin import LiveAdmin, MergingInline
from strategy.tree.kinds import Kind
from strategy.tree.models import Node
from strategy.validators import LongTextField

PAPER_FIELDS = (
    *("reference", "name", "is_public", "public_from", "paper_type", "dated_on", "under_direction_of", "url"),
    *("proposal", "financial_impact", "proviso", "edition", "amended_edition", "withdrawn_on"),
)
LONG_TEXTS: dict[Any, Any] = {LongTextField: {"widget": forms.Textarea(attrs={"rows": 4})}}


def _kept(formset: MergingFormSet) -> list[Any]:
    """The rows that a formset would leave: neither deleted nor an empty form."""
    return [
        form.instance
        for form in formset.forms
        if form not in formset.deleted_forms and (form.instance.pk or form.has_changed())
    ]


@admin.register(Body)
class BodyAdmin(LiveAdmin):
    """Bodies. A name that changes here changes in the list of decisions of every measure."""

    list_display = ["name", "kind", "district", "ended_on"]
    list_select_related = ["district"]
    search_fields = ["name", "short_name"]
    form = KeyForm
    fieldsets = [
        (None, {"fields": [("name", "short_name"), ("kind", "district"), "ended_on"]}),
        KEY_GROUP,
    ]


class ConsultationFormSet(MergingFormSet):
    """The consultations of one paper can follow each other."""

    def clean(self) -> None:
        super().clean()
        if not any(self.errors):
            check_consultations(self.instance, _kept(self))
            check_answers(self.instance, _kept(self))


class ConsultationInline(MergingInline):
    """The way through the bodies. It stays as it is once an edition carries its decision as a seal."""

    model = Consultation
    formset = ConsultationFormSet
    extra = 1
    fields = [("body", "held_on", "role", "result", "considered")]
    note = _(
        "A line for each body that consults, in the order of their days. “Text before the body” is only for a "
        "consultation before the day on which the edition was frozen."
    )

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """What the note says of all rows is not said of each once more."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "considered":
            field.help_text = ""
        return field

    def has_add_permission(self, request: HttpRequest, obj: Paper | None = None) -> bool:
        return super().has_add_permission(request, obj) and not (obj and obj.is_sealed)

    def has_change_permission(self, request: HttpRequest, obj: Paper | None = None) -> bool:
        return super().has_change_permission(request, obj) and not (obj and obj.is_sealed)

    def has_delete_permission(self, request: HttpRequest, obj: Paper | None = None) -> bool:
        return super().has_delete_permission(request, obj) and not (obj and obj.is_sealed)


class PaperMeasureForm(MergingForm):
    """The measure is chosen by code and title; what is kept is its uid."""

    uid = forms.ChoiceField(label=_("measure"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "---------"), *self.measures()]  # type: ignore[attr-defined]
        if self.instance.pk and str(self.instance.uid) not in dict(choices):
            choices.append((str(self.instance.uid), _("(no longer in the working tree)")))
        self.fields["uid"].choices = choices  # type: ignore[attr-defined]


class PaperMeasureInline(MergingInline):
    """The measures that a paper is about, and what is decided on each."""

    model = PaperMeasure
    form = PaperMeasureForm
    extra = 1
    fields = [("uid", "matter")]
    note = _("Only where the paper decides on single measures: each with what is decided on it.")

    def get_formset(self, request: HttpRequest, obj: Paper | None = None, **kwargs: Any) -> Any:
        """The measures are read once for all forms of the page."""
        formset: Any = super().get_formset(request, obj, **kwargs)
        choices: list[tuple[str, str]] = []

        def measures(_form: Any = None) -> list[tuple[str, str]]:
            if not choices:
                choices.extend(_measures())
            return choices

        formset.form = type("PaperMeasureForm", (formset.form,), {"measures": measures})
        return formset


def _measures() -> list[tuple[str, str]]:
    """Every measure that the council can decide on, by uid: code and title, in the order of the tree."""
    samples = {str(uid) for uid in Node.objects.filter(is_sample=True).values_list("uid", flat=True)}
    return [(r.uid, r.name) for r in cited_rows() if r.kind == Kind.MEASURE and r.uid not in samples]


@admin.register(Paper)
class PaperAdmin(LiveAdmin):
    """Papers with their way through the bodies. What the council has had before it stays as it was."""

    change_form_template = "admin/council/paper_change_form.html"
    list_display = ["reference", "name", "is_public", "public_from", "under_direction_of", "edition"]
    list_filter = ["is_public"]
    list_select_related = ["edition"]
    search_fields = ["reference", "name"]
    formfield_overrides = {**NATIVE_DATES, **LONG_TEXTS, models.URLField: {"assume_scheme": "https"}}
    inlines = [ConsultationInline, PaperMeasureInline]
    actions = None
    fieldsets = [
        (
            None,
            {
                "fields": [
                    *(("reference", "dated_on"), "name", ("paper_type", "under_direction_of")),
                    *(("is_public", "public_from"), "url"),
                ],
                "description": _(
                    "What you save here of a public paper is public as soon as an edition is before the council with "
                    "it, or a measure is named below. Of a paper that is not, nothing is. Please leave out the "
                    "consultation of a public paper that is not public itself."
                ),
            },
        ),
        (
            _("What the paper proposes"),
            {"fields": ["proposal", ("financial_impact", "proviso")], "classes": [FOLDS]},
        ),
        (
            _("The edition that it is about"),
            {
                "fields": [("edition", "amended_edition"), "withdrawn_on"],
                "description": _(
                    "Only where the paper lays an edition of the strategy before the council. Its state changes on "
                    "the page “Way through the council”, not here."
                ),
            },
        ),
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: Paper | None = None) -> list[str]:
        """What the council has had before it stays as it was; the address of the record may come later."""
        if obj and obj.is_sealed:
            return [name for name in PAPER_FIELDS if name != "url"]
        return ["reference", "edition", "is_public", "public_from"] if obj and obj.is_submitted else []

    def has_delete_permission(self, request: HttpRequest, obj: Paper | None = None) -> bool:
        return super().has_delete_permission(request, obj) and not (obj and obj.is_submitted)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in ("edition", "amended_edition"):
            kwargs["queryset"] = Edition.objects.filter(has_sample=False).newest_first()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class GroupVoteFormSet(MergingFormSet):
    """The groups' votes can be part of the whole."""

    def clean(self) -> None:
        super().clean()
        if not any(self.errors):
            check_votes(self.instance, _kept(self))


class GroupVoteInline(MergingInline):
    """How the parliamentary groups voted, as far as the minutes say so."""

    model = GroupVote
    formset = GroupVoteFormSet
    extra = 1
    fields = [("name", "votes_for", "votes_against", "votes_abstaining")]


class ConsultationField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A consultation by its paper, body and day."""

    def label_from_instance(self, obj: Consultation) -> str:
        return f"{obj.paper.reference}, {obj}"


@admin.register(Resolution)
class ResolutionAdmin(LiveAdmin):
    """Wording and votes of decisions. What a resolution is of cannot be changed."""

    list_display = ["consultation", "votes_for", "votes_against", "votes_abstaining", "vote_note"]
    list_select_related = ["consultation__paper", "consultation__body"]
    actions = None
    formfield_overrides = LONG_TEXTS
    inlines = [GroupVoteInline]
    fieldsets = [
        (None, {"fields": ["consultation", "text"]}),
        (
            _("Votes"),
            {
                "fields": [("votes_for", "votes_against", "votes_abstaining"), "vote_note"],
                "description": _("As far as the minutes give them. Groups are named, never persons."),
            },
        ),
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: Resolution | None = None) -> list[str]:
        return ["consultation"] if obj else []

    def has_delete_permission(self, request: HttpRequest, obj: Resolution | None = None) -> bool:
        """Not once an edition carries the decision: its wording can be corrected, not taken away."""
        is_sealed = obj is not None and obj.consultation.paper.is_sealed
        return super().has_delete_permission(request, obj) and not is_sealed

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "consultation":
            decided = Consultation.objects.filter(resolution=None, result__in=Consultation.FINAL)
            kwargs["queryset"] = decided.select_related("paper", "body").order_by(
                "-paper__reference", "held_on"
            )
            kwargs["form_class"] = ConsultationField
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
