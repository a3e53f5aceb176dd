"""Stored secrets of second factors under the newest key, so that an older one can go."""

from collections import Counter
from dataclasses import dataclass, field

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from accounts.encryption import MissingKey, decrypt, encrypt, key_name, name_of

SECRETS = {Authenticator.Type.TOTP: "secret", Authenticator.Type.RECOVERY_CODES: "seed"}


@dataclass
class Rotation:
    """What became of the secrets. `unreadable` counts those whose key is not there, by its name."""

    changed: int = 0
    unchanged: int = 0
    unreadable: Counter[str] = field(default_factory=Counter)


def secrets_by_key() -> Counter[str]:
    """How many secrets need the key of each name; those that are not encrypted, under `PLAIN`."""
    return Counter(key_name(_secret(factor)) for factor in _with_secret())


def rotate(*, dry_run: bool = False) -> Rotation:
    """Encrypt each secret with the first key, unless it is already. Each is locked for itself alone, so that a
    login meanwhile does not wait, and a recovery code that it uses up stays used.
    """
    done = Rotation()
    for pk in list(_with_secret().values_list("pk", flat=True)):
        with transaction.atomic():
            for factor in (
                _with_secret().select_for_update().filter(pk=pk)
            ):  # none where it was deleted just now
                _rotate(factor, done, dry_run)
    return done


def _rotate(factor: Authenticator, done: Rotation, dry_run: bool) -> None:
    stored = _secret(factor)
    if key_name(stored) == name_of(settings.SECOND_FACTOR_KEYS[0]):
        done.unchanged += 1
        return
    try:
        factor.data[SECRETS[factor.type]] = encrypt(decrypt(stored))
    except MissingKey as missing:
        done.unreadable[missing.name] += 1
        return
    done.changed += 1
    if not dry_run:
        factor.save(update_fields=["data"])


def _secret(factor: Authenticator) -> str:
    return str(factor.data[SECRETS[factor.type]])


def _with_secret() -> QuerySet[Authenticator]:
    """Passkeys have none: what is stored of them is public."""
    return Authenticator.objects.filter(type__in=SECRETS).order_by("pk")
