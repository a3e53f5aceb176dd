"""What a password here may not contain: what somebody who knows the city, the portal or the person tries first."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from strategy.editions.models import Strategy

SHORTEST = 4  # letters: shorter names stand in many words by chance
LEAST_DIFFERENT = 5  # letters and signs
WORDS = (
    *("nachhaltig", "strategie", "rathaus", "verwaltung", "redaktion", "portal"),
    *("passwort", "password", "kennwort", "geheim", "willkommen"),
)
TIMES = (
    *("januar", "februar", "maerz", "april", "mai", "juni", "juli", "august", "september", "oktober"),
    *("november", "dezember", "fruehling", "fruehjahr", "sommer", "herbst", "winter"),
)
_TIME = re.compile(rf"({'|'.join(TIMES)})\W*\d{{2,4}}|\d{{2,4}}\W*({'|'.join(TIMES)})")
_FOLD = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_STAND_INS = str.maketrans("013457@$!", "oieastasi")  # p4sswort


class ContextWordsValidator:
    """Refuses such a word whole or in part, with or without capitals, umlauts and digits in place of letters; a
    month or a season with a year; and the same few signs over and over."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise a ValidationError that names all of these words."""
        folded = fold(password)
        if found := list(contained(folded, user)):
            raise ValidationError(
                _(
                    "The password contains %(words)s, which is easily guessed here. Please choose one without it."
                ),
                code="password_context_words",
                params={"words": ", ".join(f"„{word}“" for word in found)},
            )
        if len(set(folded)) < LEAST_DIFFERENT:
            raise ValidationError(
                _(
                    "The password repeats the same few characters. Please choose one with more different ones."
                ),
                code="password_repeats",
            )

    def get_help_text(self) -> str:
        """What stands below the field, before anything is typed."""
        return _(
            "Please leave out the name of the city, your own name, words such as “strategy” or “password”, and "
            "months or seasons with a year."
        )


def contained(folded: str, user: Any) -> Iterator[str]:
    """What of it stands in a folded password, each once, as city and person write it."""
    if time := _TIME.search(folded):
        yield time[0]
    for word in {fold(word): word for word in words(user)}.values():
        if fold(word) in folded or fold(word) in folded.translate(_STAND_INS):
            yield word


def words(user: Any) -> Iterator[str]:
    """All that is looked for: of the portal, of the city, of this person."""
    yield from WORDS
    host = urlsplit(settings.PUBLIC_URL).hostname or ""
    email = getattr(user, "email", "") or ""
    names = [getattr(user, name, "") or "" for name in ("username", "first_name", "last_name")]
    texts = [host.rpartition(".")[0], email.rpartition(".")[0], *names, Strategy.current().city]
    yield from re.findall(rf"[^\W\d_]{{{SHORTEST},}}", " ".join(texts))


def fold(text: str) -> str:
    """As it is compared: in small letters, umlauts as two of them."""
    return text.casefold().translate(_FOLD)
