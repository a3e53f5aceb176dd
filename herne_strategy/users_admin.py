"""People in the admin: added, given roles and responsibilities, deactivated.

Whoever is no administrator (superuser) can neither make one nor touch the account of one. Nobody gives single rights:
what a role may do comes from `create_roles`, so there are no groups to edit.
"""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.models import LogEntry
from django.contrib.admin.utils import unquote
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.invitation import invite
from accounts.models import StaffSession
from editing.exchange.left_behind import left_behind
from editing.models import Responsibility
from herne_strategy.user_forms import NewPersonForm, PersonForm, has_directory
from strategy.forms.german_list import GermanList
from strategy.forms.level_widgets import formfield
from strategy.forms.once import OnceAdmin
from strategy.german_order import GermanOrder
from strategy.people import acting_user
from strategy.security_log import record

admin.site.unregister([Group, User])


class ResponsibilityInline(admin.StackedInline):
    """What a person's role holds on."""

    model = Responsibility
    fk_name = "user"
    max_num = 1
    can_delete = False

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Ticks, without pop-ups beside them."""
        if db_field.name == "substitute":
            kwargs["queryset"] = User.objects.filter(is_active=True, is_staff=True).order_by(
                GermanOrder("username")
            )
        return formfield(db_field, **kwargs)


@admin.register(User)
class PersonAdmin(OnceAdmin, UserAdmin):
    """People and their roles."""

    add_form_template = "admin/once_form.html"
    list_display = ["username", "full_name", "email", "roles", "is_active", "last_login"]
    list_filter = ["is_active", "groups"]
    ordering = [GermanOrder("username"), "pk"]
    readonly_fields = ["last_login", "date_joined", "new_password"]
    filter_horizontal = []
    inlines = [ResponsibilityInline]
    actions = None

    @admin.display(description=_("name"), ordering=GermanOrder("last_name"))
    def full_name(self, user: User) -> str:
        """First and last name, as the list shows them."""
        return user.get_full_name()

    @admin.display(description=_("roles"))
    def roles(self, user: User) -> str:
        """The names of the person's groups, "Administration" first for a superuser."""
        names = [group.name for group in user.groups.all()]
        return ", ".join([str(_("administrator")), *names] if user.is_superuser else names)

    @admin.display(description=_("password"))
    def new_password(self, user: User) -> str:
        """A link to the page on which an administrator sets another password."""
        address = reverse("admin:auth_user_password_change", args=[user.pk])
        return format_html('<a href="{}">{}</a>', address, _("set another password"))

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> Any:
        return GermanList

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups")

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        kwargs["form"] = PersonForm if obj else NewPersonForm
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        form.by = acting_user(request)
        return form

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        login = [] if obj or not has_directory() else ["login"]
        person = ["username", "first_name", "last_name", "email", *login]
        description = _("Whoever has no role can log in, and see nothing.")
        sets: list[Any] = [
            (None, {"fields": person}),
            (_("Roles"), {"fields": ["groups", *(["is_active"] if obj else [])], "description": description}),
            *([] if obj else [(_("Invitation"), {"fields": ["message"]})]),
        ]
        if obj and request.user.is_superuser:
            sets.append((_("For administrators alone"), {"fields": ["new_password", "is_superuser"]}))
        return [*sets, (_("Dates"), {"fields": ["last_login", "date_joined"]})] if obj else sets

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if obj and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.is_active and request.user.is_superuser and request.user != obj)

    def save_model(self, request: HttpRequest, obj: User, form: ModelForm, change: bool) -> None:
        """Accounts are for those who work here: whoever may log in gets into the administration. Whoever may not any
        more has no session that would count again once they may."""
        obj.is_staff = obj.is_active
        super().save_model(request, obj, form, change)
        for session in StaffSession.objects.filter(user=obj) if not obj.is_active else ():
            session.end()
        if not change and obj.has_usable_password():
            message = form.cleaned_data.get("message", "")
            transaction.on_commit(lambda: invite(request, obj, message=message))

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: Any, change: bool) -> None:
        """Whoever locks somebody, or takes a role away, reads where what lay with them lies now."""
        super().save_related(request, form, formsets, change)
        if any(formset.has_changed() for formset in formsets):
            record("responsibility_changed", on=f"user:{form.instance.get_username()}")
        if change and {"is_active", "groups"} & set(form.changed_data):
            for sentence in left_behind(User.objects.get(pk=form.instance.pk)):
                self.message_user(request, sentence, messages.WARNING)

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> Any:
        """Others choose their own, by the link."""
        if not request.user.is_superuser:
            raise PermissionDenied
        return super().user_change_password(request, id, form_url)

    def delete_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> Any:
        person = self.get_object(request, unquote(object_id))
        if person and self.has_delete_permission(request, person) and self._has_history(request, person):
            return self._refuse_deletion(request, person)
        return super().delete_view(request, object_id, *args, **kwargs)

    def _has_history(self, request: HttpRequest, person: User) -> bool:
        protected = self.get_deleted_objects([person], request)[3]
        return bool(protected) or LogEntry.objects.filter(user=person).exists()

    def _refuse_deletion(self, request: HttpRequest, person: User) -> HttpResponse:
        message = gettext(
            "“%(person)s” has worked on the strategy, and the history names them: the account cannot be deleted. "
            "Please take away the tick “may log in” instead."
        )
        self.message_user(request, message % {"person": person}, messages.ERROR)
        return redirect("admin:auth_user_change", person.pk)
