"""Reading the environment: a variable that is missing or malformed ends the program with a sentence that names it."""

import json
import os
import re
import sys
from base64 import urlsafe_b64decode
from collections.abc import Callable
from email.utils import parseaddr
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.mail.message import sanitize_address
from django.core.validators import validate_email
from django.http.request import validate_host
from environs import Env, EnvError

STATUS = 3  # gunicorn stops when a worker ends with it; after any other it starts one worker after the other
SECRETS = {
    "SECRET_KEY",
    "SECOND_FACTOR_KEYS",
    "DATABASE_URL",
    "EMAIL_URL",
    "OIDC_CLIENT_SECRET",
}  # never shown
LIKE_DATABASE = 'be like "postgres://user:password@host/name" or "sqlite:////folder/file"'

POSTGRESQL = "django.db.backends.postgresql"

_BACKEND = "django.core.mail.backends.{}.EmailBackend"
_LABEL = "[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?"
_HOST = rf"({_LABEL}(\.{_LABEL})*|\[[0-9A-Fa-f:.]+\])"
_ADDRESS = re.compile(rf"https?://(?P<host>{_HOST})(:(?P<port>[0-9]{{1,5}}))?(?P<path>/\S*)?")

env = Env()


def read(
    parse: Callable[..., Any],
    name: str,
    must: str,
    default: Any = ...,
    is_right: Callable[[Any], bool] = lambda value: True,
) -> Any:
    """A variable's value. `must` says what it has to be like; it may be empty only where that is the default."""
    try:
        value = parse(name, default)
    except EnvError:
        refuse(name, must)
    is_empty = os.environ.get(name) == ""
    if (is_empty and default != "") or not is_right(value):
        refuse(name, must)
    return value


def refuse(name: str, must: str) -> NoReturn:
    """End the program because of this variable."""
    value = os.environ.get(name)
    if not value:
        state = "not set" if value is None else "empty"
    else:
        state = "malformed" if name in SECRETS else json.dumps(value, ensure_ascii=False)
    stop(f"{name} is {state}; it must {must}.")


def stop(sentence: str) -> NoReturn:
    """End the program, be it a command or a server."""
    sys.stderr.write(f"Environment: {sentence}\n")
    sys.exit(STATUS)


def refuse_public_demo(public_url: str, engine: str) -> None:
    """End a server in demonstration mode that looks like a city's: whoever reads this program knows its login."""
    if public_url.startswith("https://"):
        refuse("DEMO", "be 0 where PUBLIC_URL begins with https: its login is known to everybody")
    if engine == POSTGRESQL:
        refuse("DEMO", "be 0 where DATABASE_URL is PostgreSQL: its login is known to everybody")


def listed(name: str, default: Any) -> list[str]:
    """What stands between commas."""
    return [each.strip() for each in env.list(name, default) if each.strip()]


def keys(name: str, default: Any) -> list[str]:
    """As Fernet wants them, in whichever of its two alphabets base64 was written."""
    return [each.translate(str.maketrans("+/", "-_")) for each in listed(name, default)]


def database(name: str, default: Any) -> dict[str, Any]:
    """Django's description of a database."""
    return {**env.dj_db_url(name, default, conn_max_age=0, conn_health_checks=True)}


def is_folder(path: Path) -> bool:
    """It is there and can be entered. Where it is missing, it is made. Readers need no more (see `readiness`)."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(path, os.R_OK | os.X_OK)


def is_positive(value: int) -> bool:
    """A number of days for which something can be kept; a hundred years are enough."""
    return 0 < value <= 36_500


def is_secret(value: str) -> bool:
    """What `check --deploy` asks of a key too."""
    return len(value) >= 50 and len(set(value)) >= 5


def are_keys(values: list[str]) -> bool:
    """32 random bytes each, in base64 as `keys` gives it."""
    try:
        return bool(values) and all(len(urlsafe_b64decode(value)) == 32 for value in values)
    except ValueError:
        return False


def are_hosts(values: list[str]) -> bool:
    """As Django wants them, without scheme and port. `.example.de` and `*` stand for many."""
    return bool(values) and all(re.fullmatch(rf"\*|\.?{_HOST}", value) for value in values)


def is_address(value: str) -> bool:
    """An absolute address on the web."""
    parts = _ADDRESS.fullmatch(value)
    return parts is not None and 0 < int(parts["port"] or 1) < 65536


def is_origin(value: str) -> bool:
    """An address without anything after host and port."""
    return is_address(value) and not urlsplit(value).path


def is_encrypted(value: str) -> bool:
    """Nobody on the way can read or change what comes from this address."""
    return is_address(value) and (value.startswith("https://") or _host(value) in ("localhost", "127.0.0.1"))


def is_answered(origin: str, allowed: list[str]) -> bool:
    """Whether Django answers requests to this host."""
    return validate_host(_host(origin), allowed)


def _host(address: str) -> str:
    parts = _ADDRESS.fullmatch(address)
    return parts["host"].lower() if parts else ""


def is_database(parts: dict[str, Any]) -> bool:
    """SQLite in a file, or PostgreSQL with a name that it can have."""
    if parts["ENGINE"] == "django.db.backends.sqlite3":
        return bool(parts["NAME"] != ":memory:")
    return parts["ENGINE"] == POSTGRESQL and 0 < len(parts["NAME"]) < 64


def is_mail_server(parts: dict[str, Any]) -> bool:
    """A server with a host, or what stands in for one."""
    if parts.get("EMAIL_BACKEND") == _BACKEND.format("smtp"):
        return bool(parts["EMAIL_HOST"]) and not parts["EMAIL_FILE_PATH"]
    return parts.get("EMAIL_BACKEND") in {_BACKEND.format(kind) for kind in ("console", "dummy", "locmem")}


def is_contact_or_empty(value: str) -> bool:
    """Where people can write to: a mail address, or a page that nobody on the way can change."""
    return not value or is_mail_address(value) or (is_address(value) and value.startswith("https://"))


def is_mail_address(value: str) -> bool:
    """A plain one, without a name."""
    try:
        validate_email(value)
    except ValidationError:
        return False
    return True


def is_sender(value: str) -> bool:
    """An address, alone or behind a name."""
    try:
        return is_mail_address(parseaddr(sanitize_address(value, "utf-8"))[1])
    except ValueError:
        return False
