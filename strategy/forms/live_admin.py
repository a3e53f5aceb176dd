"""The admin of what stands beside the tree: two people can edit it at once, and most of it is public at once."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext, override

from strategy.document.data import canonical_json, digest_of
from strategy.editions.public_rows import write
from strategy.forms.concurrent_forms import MergingForm, MergingFormSet
from strategy.forms.german_list import GermanList
from strategy.forms.level_widgets import NATIVE_DATES
from strategy.forms.once import OnceAdmin
from strategy.history.edit_conflicts import Meanwhile
from strategy.people import acting_user
from strategy.text.lazy_text import LazyText


class PlainSelects:
    """Choosing among rows without the icons that open further windows, which need a script."""

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """As Django makes it, without the icons around it."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        return field


class MergingInline(PlainSelects, admin.StackedInline):  # type: ignore[type-arg]
    """Rows below a row in its form. Who saves second undoes nothing."""

    template = "admin/edit_inline/rows_below.html"
    note: LazyText = ""
    """What is to be known of all rows; said once, above them."""
    form = MergingForm
    formset = MergingFormSet
    formfield_overrides = NATIVE_DATES


class MergingAdmin(PlainSelects, OnceAdmin):
    """Who saves second undoes nothing that was saved since the form was opened, and loses nothing typed."""

    form = MergingForm
    change_form_template = "admin/concurrent_forms/change_form.html"
    delete_confirmation_template = "admin/concurrent_forms/delete_confirmation.html"
    formfield_overrides = NATIVE_DATES

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> Any:
        return GermanList

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Model | None:
        """Where it is to be changed: held until the end of the transaction, so that nothing comes in between."""
        row = super().get_object(request, object_id, from_field)
        if row and request.method == "POST":
            return self.get_queryset(request).select_for_update().filter(pk=row.pk).first()
        return row

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> Any:
        """What is deleted is what the page has listed: where it lists something else by now, it is shown again."""
        if request.method != "POST":
            return super().delete_view(request, object_id, extra_context)
        with transaction.atomic():
            row = self.get_object(request, unquote(object_id))
            if row and request.POST.get("seen") != self._listed(self.get_deleted_objects([row], request)[0]):
                message = gettext(
                    "Something here has been added or changed since you opened this page, so nothing was deleted. "
                    "Please look at what would go now."
                )
                self.message_user(request, message, messages.ERROR)
                request.method, request.POST = "GET", QueryDict()
            return super().delete_view(request, object_id, extra_context)

    def render_delete_form(self, request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
        context["seen"] = self._listed(context["deleted_objects"])
        return super().render_delete_form(request, context)

    def _listed(self, deleted_objects: Any) -> str:
        """Stands for what a deletion takes along, as its page lists it."""
        return digest_of(canonical_json({"listed": deleted_objects}))

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        inlines = [form for each in context["inline_admin_formsets"] for form in each.formset.forms]
        conflicts = [
            each for form in (context["adminform"].form, *inlines) for each in (*form.conflicts, *form.lost)
        ]
        context["meanwhile"] = Meanwhile(None, None, (), tuple(conflicts), ())
        return super().render_change_form(request, context, *args, **kwargs)

    def construct_change_message(
        self, request: HttpRequest, form: Any, formsets: Any, add: bool = False
    ) -> Any:
        """As Django's, but a field is named as its model names it: a label begins with a capital, and the
        translation of that can be another word."""
        message = super().construct_change_message(request, form, formsets, add)
        with override(None):
            names = [
                str(field.verbose_name)
                for model in (self.model, *(each.model for each in formsets or ()))
                for field in model._meta.fields
            ]
        labels = {capfirst(name): name for name in names}
        for part in message:
            if fields := part.get("changed", {}).get("fields"):
                part["changed"]["fields"] = [labels.get(label, label) for label in fields]
        return message


class LiveAdmin(MergingAdmin):
    """Rows that are public at once. A form, with the rows below it, is written as one."""

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Where the write refuses what the form had let pass, somebody else saved in between: nothing is written,
        and the form, asked again, sees what they saved and says what is wrong."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except ValidationError:
            return super().changeform_view(request, *args, **kwargs)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        context["is_public_at_once"] = True
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Left to `save_related`: what must hold of a row and those below it is seen once all are there."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        rows = [form.instance, *(row for each in formsets for row in each.save(commit=False))]
        gone = [row for each in formsets for row in each.deleted_objects]
        write(save=rows, delete=gone, by=acting_user(request))
        for each in (form, *formsets):
            each.save_m2m()

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        write(delete=[obj], by=acting_user(request))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        write(delete=queryset, by=acting_user(request))


class ReadOnlyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Rows that can be looked at. Only their actions write them."""

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> Any:
        return GermanList

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
