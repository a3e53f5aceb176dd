"""What deletes personal data once their period is over, and what stays."""

import datetime
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.core.management import CommandError, call_command
from django.utils import timezone

from editing.models import DeskMail, ImportFile
from herne_strategy.personal_data import clearing
from legal.models import BarrierReport
from strategy.sent_forms import SentForm

pytestmark = pytest.mark.django_db
TABLE = "herne_strategy_cache"


def ago(**long: int) -> datetime.datetime:
    return timezone.now() - datetime.timedelta(**long)


def clear(**options: bool) -> dict[str, int]:
    """What the command says of each step."""
    out = StringIO()
    call_command("clear_personal_data", stdout=out, **options)
    lines = [line.rsplit(": ", 1) for line in out.getvalue().splitlines()]
    return {says: int(counted.split()[0]) for says, counted in lines}


def cleared(**options: bool) -> dict[str, int]:
    """The steps that had something to do."""
    return {says: count for says, count in clear(**options).items() if count}


def reported(**fields: object) -> BarrierReport:
    done_at = fields.pop("done_at", None)
    return BarrierReport.objects.create(
        text="Zu klein",
        created_at=fields.pop("at", timezone.now()),
        is_done=bool(done_at),
        done_at=done_at,
        **fields,
    )


def test_a_report_goes_a_year_after_it_was_dealt_with_and_an_open_one_stays():
    reported(at=ago(days=800), done_at=ago(days=366))
    kept = {reported(at=ago(days=800)).pk, reported(at=ago(days=800), done_at=ago(days=364)).pk}

    assert cleared() == {"Erledigte Meldungen von Barrieren": 1}
    assert set(BarrierReport.objects.values_list("pk", flat=True)) == kept


def test_the_key_of_a_client_goes_after_an_hour():
    old, new = reported(at=ago(minutes=61), client_key="a"), reported(client_key="b")

    assert cleared() == {"Kennungen von Meldenden": 1}
    assert [BarrierReport.objects.get(pk=each.pk).client_key for each in (old, new)] == ["", "b"]


def test_sessions_go_with_what_is_known_of_them():
    user = User.objects.create_user("erika")
    for key, expires in (("ended", ago(hours=1)), ("running", ago(hours=-1))):
        Session.objects.create(session_key=key, session_data="", expire_date=expires)
    for key in ("ended", "running", "logged-out"):
        UserSession.objects.create(user=user, session_key=key, ip="192.0.2.1", user_agent="x")

    assert cleared() == {"Abgelaufene Sitzungen": 1, "Angaben zu beendeten Sitzungen": 2}
    assert [each.session_key for each in UserSession.objects.all()] == ["running"]


def test_counters_that_have_expired_go_and_others_count_on():
    from django.db import connection

    cache = caches["default"]
    cache.set("failed:192.0.2.1", [1], 300)
    cache.set("failed:192.0.2.2", [1], -300)

    assert cleared() == {"Abgelaufene Zähler und Codes": 1}
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT cache_key FROM {TABLE}")
        assert [key.rpartition(":")[2] for (key,) in cursor.fetchall()] == ["192.0.2.1"]


def test_what_is_kept_for_days_goes_after_them(settings):
    user = User.objects.create_user("erika")
    kind = ContentType.objects.get_for_model(User)
    for days in (1, 3, 8, 731):
        ImportFile.objects.create(by=user, at=ago(days=days, minutes=-5), name="t.csv", content=b"")
        SentForm.objects.create(token=f"{days:032}", digest="", name="Neu", address="/", at=ago(days=days))
        LogEntry.objects.create(user=user, content_type=kind, action_flag=1, action_time=ago(days=days))

    assert cleared() == {
        "Nicht eingespielte Tabellen": 3,
        "Abgeschickte Formulare": 2,
        "Einträge im Protokoll der Stammdaten": 1,
    }

    settings.ADMIN_LOG_DAYS = 7

    assert cleared() == {"Einträge im Protokoll der Stammdaten": 1}


def account(name: str, *, is_active: bool, used: datetime.datetime) -> User:
    user = User.objects.create_user(
        name, f"{name}@herne.example", "Ein-Passwort", is_active=is_active, last_login=used
    )
    Authenticator.objects.create(user=user, type="totp", data={"secret": "s"})
    DeskMail.objects.create(user=user)
    return user


def test_a_locked_account_keeps_its_name_alone():
    gone = account("ehemals", is_active=False, used=ago(days=181))
    others = [
        account("neu-gesperrt", is_active=False, used=ago(days=179)),
        account("da", is_active=True, used=ago(days=900)),
    ]

    assert cleared() == {"Zugangsdaten gesperrter Konten": 1}

    gone.refresh_from_db()
    assert (gone.username, gone.email, gone.has_usable_password()) == ("ehemals", "", False)
    assert {each.user_id for each in Authenticator.objects.all()} == {each.pk for each in others}
    assert {each.user_id for each in DeskMail.objects.all()} == {each.pk for each in others}
    assert all(User.objects.get(pk=each.pk).email for each in others)


def test_a_dry_run_deletes_nothing_and_a_second_run_nothing_more():
    reported(done_at=ago(days=400))
    account("ehemals", is_active=False, used=ago(days=400))
    due = {"Erledigte Meldungen von Barrieren": 1, "Zugangsdaten gesperrter Konten": 1}

    assert cleared(dry_run=True) == due
    assert cleared() == due
    assert cleared() == {}


def test_a_step_that_fails_keeps_no_other_from_running(monkeypatch):
    reported(done_at=ago(days=400))
    first, *others = clearing.steps()

    def fail(now):
        raise RuntimeError("Tabelle gesperrt")

    monkeypatch.setattr(
        "herne_strategy.management.commands.clear_personal_data.steps",
        lambda: (clearing.Step(first.says, fail, fail), *others),
    )
    err = StringIO()

    with pytest.raises(CommandError, match="Nicht gelöscht: Abgelaufene Sitzungen"):
        call_command("clear_personal_data", stdout=StringIO(), stderr=err)

    assert "Tabelle gesperrt" in err.getvalue()
    assert not BarrierReport.objects.exists()
