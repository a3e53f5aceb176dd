"""Second factors, links to the directory and sessions of staff in the admin: to be looked at and taken away.

None can be made or changed here, and no secret is shown. allauth's own pages for its models are taken out.
"""

from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import DirectoryLink, SecondFactor, StaffSession

admin.site.unregister([Authenticator, EmailAddress, SocialAccount, SocialApp, SocialToken, UserSession])


class TakenAwayOnly(admin.ModelAdmin):
    """For administrators alone."""

    search_fields = ["user__username", "user__email"]
    list_select_related = ["user"]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.list_display

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.list_display

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.is_active and request.user.is_superuser)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_view_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=_("account"), ordering="user__username")
    def account(self, kept: Any) -> User:
        return kept.user


@admin.register(SecondFactor)
class SecondFactorAdmin(TakenAwayOnly):
    """Somebody who lost the second factor sets up a new one once all of theirs are deleted."""

    list_display = ["account", "kind", "made", "used"]

    @admin.display(description=_("kind"), ordering="type")
    def kind(self, factor: SecondFactor) -> str:
        return factor.kind

    @admin.display(description=_("set up on"), ordering="created_at")
    def made(self, factor: SecondFactor) -> datetime:
        return factor.created_at

    @admin.display(description=_("last used on"), ordering="last_used_at")
    def used(self, factor: SecondFactor) -> datetime | None:
        return factor.last_used_at


@admin.register(DirectoryLink)
class DirectoryLinkAdmin(TakenAwayOnly):
    """Without the link, the next login through the directory goes by the e-mail address again."""

    list_display = ["account", "uid", "date_joined", "last_login"]


@admin.register(StaffSession)
class StaffSessionAdmin(TakenAwayOnly):
    """Deleting a session logs its user out there."""

    list_display = ["account", "since", "seen", "address", "browser"]

    @admin.display(description=_("since"), ordering="created_at")
    def since(self, session: StaffSession) -> datetime:
        return session.created_at

    @admin.display(description=_("last seen"), ordering="last_seen_at")
    def seen(self, session: StaffSession) -> datetime:
        return session.last_seen_at

    @admin.display(description=_("network address"), ordering="ip")
    def address(self, session: StaffSession) -> str:
        return session.ip

    @admin.display(description=_("browser"))
    def browser(self, session: StaffSession) -> str:
        return session.user_agent

    def delete_model(self, request: HttpRequest, obj: StaffSession) -> None:
        get_adapter().end_sessions([obj])

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[StaffSession]) -> None:
        get_adapter().end_sessions(queryset)
