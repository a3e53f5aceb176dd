"""Storing and mailing what is reported about barriers, within limits that hold across all processes."""

import datetime
import hashlib
import hmac
import ipaddress
import logging

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from legal.models import BarrierReport, BarrierReportLock, BarrierReportQuerySet

PER_CLIENT = 5  # reports in an hour
IN_ALL = 200

logger = logging.getLogger(__name__)


def store(report: BarrierReport, *, address: str, now: datetime.datetime) -> bool:
    """Keep a report that came from this network address. False, with nothing kept, beyond the limits.

    What one client says twice within the hour, as by a double click, is kept once: then the report has no key.
    Forgets on the way which clients the reports came from that are an hour old.
    """
    with transaction.atomic():
        BarrierReportLock.objects.select_for_update().get_or_create(pk=1)
        BarrierReport.objects.forget_clients(at=now)
        if _is_there_already(report, address, now):
            return True
        if _is_over_limit(address, now):
            return False
        report.created_at = now
        report.client_key = client_key(address, now)
        report.save()
    return True


def client_key(address: str, at: datetime.datetime) -> str:
    """The same for one client on one day. Without SECRET_KEY nobody can tell the address from it."""
    message = f"barrier-report {timezone.localdate(at)} {_client(address)}"
    return hmac.new(settings.SECRET_KEY.encode(), message.encode(), hashlib.sha256).hexdigest()


def _client(address: str) -> str:
    """The address itself, but of IPv6 the /64 network: within it, a client takes whichever address it likes."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv4Address):
        return str(parsed)
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.IPv6Network((int(parsed), 64), strict=False))


def _is_there_already(report: BarrierReport, address: str, now: datetime.datetime) -> bool:
    said = {name: getattr(report, name) for name in ("text", "page", "name", "email")}
    return _of_client(address, now).filter(**said).exists()


def _is_over_limit(address: str, now: datetime.datetime) -> bool:
    is_over = _of_client(address, now).count() >= PER_CLIENT
    return is_over or BarrierReport.objects.recent(at=now).count() >= IN_ALL


def _of_client(address: str, now: datetime.datetime) -> BarrierReportQuerySet:
    """What came from there within the hour. Just after midnight it bears the key of the day before."""
    recent = BarrierReport.objects.recent(at=now)
    return recent.filter(
        client_key__in={client_key(address, now), client_key(address, now - recent.KNOWN_FOR)}
    )


def mail(report: BarrierReport) -> bool:
    """Send a stored report to the city. On failure it is logged and stays marked as not mailed."""
    try:
        _message(report).send()
    except Exception:
        logger.exception("Barrier report %s is stored, but could not be mailed.", report.pk)
        return False
    BarrierReport.objects.filter(pk=report.pk).update(mailed_at=timezone.now())
    return True


def _message(report: BarrierReport) -> EmailMessage:
    admin_path = reverse("admin:legal_barrierreport_change", args=[report.pk])
    page = f"{settings.PUBLIC_URL}{report.page}" if report.page.startswith("/") else report.page
    body = _(
        "Somebody reported a barrier in the portal.\n\n"
        "Page: %(page)s\nName: %(name)s\nE-mail: %(email)s\n\n%(text)s\n\n"
        "Please mark the report as dealt with here:\n%(address)s\n"
    ) % {
        "page": page or _("not given"),
        "name": report.name or _("not given"),
        "email": report.email or _("not given, so no answer is expected"),
        "text": report.text,
        "address": f"{settings.PUBLIC_URL}{admin_path}",
    }
    return EmailMessage(
        subject=_("Reported barrier no. %(number)d") % {"number": report.pk},
        body=body,
        to=[str(settings.BARRIER_MAIL_TO)],
        reply_to=[report.email] if report.email else None,
    )
