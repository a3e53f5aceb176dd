"""Secrets of second factors, as the database has them: encrypted with SECOND_FACTOR_KEYS, each with its key's name.

The name says which key a value needs without trying any. What an earlier version stored is plain text, and is read
as it is until `rotate_second_factor_keys` has run.
"""

import hashlib

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

PLAIN = ""


class MissingKey(Exception):
    """No key of SECOND_FACTOR_KEYS can read this."""

    def __init__(self, name: str) -> None:
        super().__init__(f"SECOND_FACTOR_KEYS lacks the key {name}.")
        self.name = name


def encrypt(text: str) -> str:
    """As it is stored: with the first key."""
    key = settings.SECOND_FACTOR_KEYS[0]
    return f"{name_of(key)}:{Fernet(key).encrypt(text.encode()).decode()}"


def decrypt(stored: str) -> str:
    """What was encrypted, whichever of the keys did it."""
    name = key_name(stored)
    if name == PLAIN:
        return stored
    key = {name_of(each): each for each in settings.SECOND_FACTOR_KEYS}.get(name)
    if not key:
        raise MissingKey(name)
    try:
        return Fernet(key).decrypt(stored.partition(":")[2]).decode()
    except InvalidToken:
        raise MissingKey(name) from None


def key_name(stored: str) -> str:
    """The name of the key that a stored secret needs; `PLAIN` where it is not encrypted."""
    return stored.partition(":")[0] if ":" in stored else PLAIN


def name_of(key: str) -> str:
    """What a key is called in the database and in the log. The key cannot be told from it."""
    return hashlib.sha256(key.encode()).hexdigest()[:8]
