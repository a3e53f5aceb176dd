"""Addresses made from titles. Plain text in, plain text out."""

import re
from collections.abc import Container

from django.utils.text import slugify

from strategy.text.letters import plain_letters

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})


def slug_base(title: str) -> str:
    """The address that a title suggests: ä is ae in it, and every other European letter a plain one."""
    words = re.sub("[-_]+", "-", slugify(plain_letters(title.translate(_UMLAUTS))))
    return words[:70].strip("-") or "knoten"


def next_slug(base: str, taken: Container[str], number: int = 1) -> tuple[str, int]:
    """The first free address made of `base` and a number from `number` on, with that number."""
    slug = base if number == 1 else f"{base}-{number}"
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug, number
