"""What deletes personal data once their period is over. Each step runs by itself, in a transaction of its own."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, make_password
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from editing.home.models import ReadGreeting
from editing.models import DeskMail
from editing.tables.uploads import expired
from legal.models import BarrierReport
from strategy.sent_forms import SentForm

Now = datetime.datetime
CACHE_TABLE: str = settings.CACHES["default"]["LOCATION"]  # type: ignore[index]
# What a locked account needs no more.
OF_ACCOUNT = (Authenticator, SocialAccount, EmailAddress, DeskMail, ReadGreeting)


@dataclass(frozen=True)
class Step:
    """What is over its period: how much of it there is, and doing away with it. `says` is German, for a terminal."""

    says: str
    count: Callable[[Now], int]
    clear: Callable[[Now], object]


def steps() -> tuple[Step, ...]:
    """All that is deleted by period, in the order in which it goes."""
    return (
        _rows("Abgelaufene Sitzungen", lambda now: Session.objects.filter(expire_date__lt=now)),
        _rows("Angaben zu beendeten Sitzungen", _ended_sessions),
        Step("Abgelaufene Zähler und Codes", _count_cached, _clear_cached),
        Step(
            "Kennungen von Meldenden",
            lambda now: BarrierReport.objects.of_known_clients(at=now).count(),
            lambda now: BarrierReport.objects.forget_clients(at=now),
        ),
        _rows(
            "Erledigte Meldungen von Barrieren",
            lambda now: BarrierReport.objects.done_before(now - _days(settings.BARRIER_REPORT_DAYS)),
        ),
        _rows("Nicht eingespielte Tabellen", lambda now: expired()),
        _rows("Abgeschickte Formulare", lambda now: SentForm.objects.old()),
        _rows(
            "Einträge im Protokoll der Stammdaten",
            lambda now: LogEntry.objects.filter(action_time__lt=now - _days(settings.ADMIN_LOG_DAYS)),
        ),
        Step(
            "Zugangsdaten gesperrter Konten",
            lambda now: _locked_with_access(now).count(),
            _clear_access,
        ),
    )


def run(step: Step, now: Now | None = None, *, dry_run: bool = False) -> int:
    """Do away with what is over its period. Returns how much it was; with `dry_run` how much it would be."""
    now = now or timezone.now()
    with transaction.atomic():
        count = step.count(now)
        if count and not dry_run:
            step.clear(now)
    return count


def _rows(says: str, over: Callable[[Now], QuerySet]) -> Step:
    return Step(says, lambda now: over(now).count(), lambda now: over(now).delete())


def _days(days: int) -> datetime.timedelta:
    return datetime.timedelta(days=days)


def _ended_sessions(now: Now) -> QuerySet[UserSession]:
    running = Session.objects.filter(expire_date__gte=now)
    return UserSession.objects.exclude(session_key__in=running.values("session_key"))


def _locked(now: Now) -> QuerySet[User]:
    """Locked accounts that nobody has used for the period."""
    limit = now - _days(settings.LOCKED_ACCOUNT_DAYS)
    unused = Q(last_login__lt=limit) | Q(last_login=None, date_joined__lt=limit)
    return User.objects.filter(unused, is_active=False)


def _locked_with_access(now: Now) -> QuerySet[User]:
    """Of them, those of which something is left to delete."""
    kept = Q()
    for model in OF_ACCOUNT:
        kept |= Q(pk__in=model._default_manager.values("user"))
    return _locked(now).filter(kept | ~Q(email="") | ~Q(password__startswith=UNUSABLE_PASSWORD_PREFIX))


def _clear_access(now: Now) -> None:
    """An account that is unlocked later gets an address and an invitation anew. The name stays: the history says it."""
    users = list(_locked_with_access(now).values_list("pk", flat=True))
    for model in OF_ACCOUNT:
        model._default_manager.filter(user__in=users).delete()
    User.objects.filter(pk__in=users).update(email="", password=make_password(None))


# Django's cache deletes what has expired only where somebody asks for it, or the table is full. It has no model.
def _count_cached(now: Now) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) {_expired()}", [_as_stored(now)])
        return int(cursor.fetchone()[0])


def _clear_cached(now: Now) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE {_expired()}", [_as_stored(now)])


def _expired() -> str:
    return f"FROM {connection.ops.quote_name(CACHE_TABLE)} WHERE expires < %s"


def _as_stored(now: Now) -> Any:
    return connection.ops.adapt_datetimefield_value(now.astimezone(datetime.UTC).replace(microsecond=0))
