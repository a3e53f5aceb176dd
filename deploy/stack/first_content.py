"""What a new portal needs to be read: static files, legal pages, roles, the strategy, published, and a person.

Called within `manage.py shell`, in the portal's environment. Leaves alone what is there already.
"""

import os

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command

from deploy.stack.layout import PERSON
from strategy.editions.models import Edition
from strategy.tree.models import Node


def make(*, with_sample: bool) -> None:
    """Make what is missing."""
    _collect_static()
    call_command("load_pages", verbosity=0)
    call_command("create_roles", verbosity=0)
    if not Node.objects.exists() and not Edition.objects.exists():
        call_command("load_strategy", str(settings.BASE_DIR / "fixtures" / "herne.yaml"))
        call_command("freeze_edition")
        call_command("publish_edition", Edition.objects.get().slug)
        if with_sample:
            call_command("load_sample")
    if not User.objects.filter(username=PERSON).exists():
        _make_person(os.environ["PERSON_PASSWORD"], os.environ["PERSON_SECOND_FACTOR"])


def _collect_static() -> None:
    """Compressing the files takes ten seconds: only where this version has not done it yet."""
    stamp = settings.STATIC_ROOT / "version.txt"
    if not stamp.exists() or stamp.read_text() != settings.PROGRAM_VERSION:
        call_command("collectstatic", interactive=False, verbosity=0)
        stamp.write_text(settings.PROGRAM_VERSION)


def _make_person(password: str, second_factor: str) -> None:
    """An administrator's account, whose second factor is an authenticator app."""
    person = User.objects.create_superuser(PERSON, "redaktion@localhost", password)
    TOTP.activate(person, second_factor)
    RecoveryCodes.activate(person)
