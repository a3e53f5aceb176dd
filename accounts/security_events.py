"""What the security log is told of accounts, through the signals of Django and allauth: these are sent whichever page,
form or command changes an account, and have no other use here (docs/adr/0019).
"""

from collections.abc import Iterable, Iterator
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.stagekit import unstash_login
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth import signals as auth
from django.contrib.auth.models import Group, Permission, User
from django.core.cache import cache
from django.db import models
from django.db.models import signals
from django.http import HttpRequest

from accounts.models import DirectoryLink, SecondFactor
from strategy.network_address import network_address
from strategy.security_log import UNKNOWN, record

FLAGS = ("is_active", "is_staff", "is_superuser")
TOLD = (*FLAGS, "username", "email", "password")


def connect() -> None:
    """Listen. Called once, when the apps are there."""
    auth.user_logged_in.connect(logged_in)
    auth.user_logged_out.connect(logged_out)
    auth.user_login_failed.connect(login_failed)
    mfa.authenticator_used.connect(second_factor_used)
    mfa.authentication_failed.connect(second_factor_failed)
    signals.pre_save.connect(before_account_is_saved, sender=User)
    signals.post_save.connect(account_saved, sender=User)
    signals.post_delete.connect(account_deleted, sender=User)
    for relation in (User.groups, User.user_permissions, Group.permissions):
        signals.m2m_changed.connect(rights_changed, sender=relation.through)
    for kept in (Authenticator, SecondFactor, SocialAccount, DirectoryLink):  # a proxy's signals are its own
        signals.post_save.connect(added, sender=kept)
        signals.post_delete.connect(removed, sender=kept)


def named(name: str) -> str:
    """The account of this name. What else was typed is not told: it may be a password, in the wrong field."""
    user = User.objects.filter(username__iexact=name).first() if "\0" not in name else None
    return user.get_username() if user else UNKNOWN


def logged_in(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Somebody has shown all that is asked for; `detail` says what that was."""
    shown = [each.get("type") or each["method"] for each in get_authentication_records(request, user)]
    record("login", account=user.get_username(), request=request, detail=shown)


def logged_out(request: HttpRequest, user: User | None, **kwargs: Any) -> None:
    """Somebody was logged in, and is so no longer."""
    if user:
        record("logout", account=user.get_username(), request=request)


def login_failed(credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any) -> None:
    """No account of that name lets in with that password."""
    record("login_failed", account=named(str(credentials.get("username", ""))), request=request)


def locked_out(request: HttpRequest) -> None:
    """Too many tries: not even the right password or code is looked at. Nothing limits these, so they are told once a
    minute for an account and an address."""
    if request.user.is_authenticated:
        account = request.user.get_username()
    elif "login" in request.POST:
        account = named(request.POST["login"])
    else:
        pending = unstash_login(request, peek=True)
        account = pending.user.get_username() if pending and pending.user else UNKNOWN
    if cache.add(f"login-locked:{account}:{network_address(request)}", True, timeout=60):
        record("login_locked", account=account, request=request)


def second_factor_used(request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    """The others are told with the login; of recovery codes there are only ten."""
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        record("recovery_code_used", account=user.get_username(), request=request)


def second_factor_failed(
    request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any
) -> None:
    """A wrong code, after the right password."""
    record("second_factor_failed", account=user.get_username(), request=request)


def before_account_is_saved(instance: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
    """Keep what it was, for `account_saved`. A password that is only stored anew, in the way that is usual by now, is
    saved alone, and not changed."""
    told = set(TOLD) if update_fields is None else set(TOLD) & set(update_fields)
    is_told = bool(told - {"password"}) or update_fields is None
    instance._was = User.objects.filter(pk=instance.pk).values(*TOLD).first() if is_told else None


def account_saved(instance: Any, created: bool, **kwargs: Any) -> None:
    """An account is new, or lets in somebody else or in another way."""
    if created:
        record("account_added", on=_user(instance), detail=_flags(instance, FLAGS))
    elif was := instance._was:
        changed = [name for name in TOLD if was[name] != getattr(instance, name)]
        if "password" in changed:
            record("password_changed", on=_user(instance))
        if others := [name for name in changed if name != "password"]:
            record("account_changed", on=f"user:{was['username']}", detail=_flags(instance, others))


def account_deleted(instance: User, **kwargs: Any) -> None:
    """Only accounts without any history can be."""
    record("account_deleted", on=_user(instance))


def rights_changed(
    instance: models.Model, action: str, model: type[models.Model], pk_set: set[int] | None, **kwargs: Any
) -> None:
    """A person's roles or single rights, or the rights of a role: "+" given, "-" taken away."""
    sign = {"post_add": "+", "post_remove": "-", "pre_clear": "-"}.get(action)
    if sign and (pk_set or action == "pre_clear"):
        others = model._default_manager.filter(pk__in=pk_set) if pk_set else ["all"]
        record("rights_changed", on=_name(instance), detail=sorted(sign + _name(each) for each in others))


def added(instance: Any, created: bool, **kwargs: Any) -> None:
    """A second factor, or the link to a person in the directory."""
    if created:
        event, kind = _kept(instance)
        record(f"{event}_added", on=_user(instance.user), detail=[kind])


def removed(instance: Any, **kwargs: Any) -> None:
    """By its owner, by an administrator, or with the account."""
    event, kind = _kept(instance)
    record(f"{event}_removed", on=_user(instance.user), detail=[kind])


def _kept(instance: Any) -> tuple[str, str]:
    if isinstance(instance, Authenticator):
        return "second_factor", instance.type
    return "directory_link", instance.provider


def _user(user: User) -> str:
    return f"user:{user.get_username()}"


def _flags(user: User, names: Iterable[str]) -> Iterator[str]:
    """What changed: yes and no as 1 and 0, a new name as it is, an address without its value."""
    for name in names:
        value = getattr(user, name)
        yield name if name == "email" else f"{name}:{int(value) if name in FLAGS else value}"


def _name(each: Any) -> str:
    match each:
        case User():
            return _user(each)
        case Group():
            return f"role:{each.name}"
        case Permission():
            return f"right:{each.codename}"
    return str(each)
