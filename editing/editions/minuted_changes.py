"""What the council changed in an edition, line by line as the minutes say it."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from django.utils.translation import gettext as _

from editing.editions.models import LENGTH
from strategy.document.document import Document

_LINE = re.compile(r"\A[-–•*]?\s*(?P<code>\d+(?:\.\d+)*)[.:)]?\s+(?P<said>\S.*)\Z")
LIMIT = 300  # lines of one form


class Line(NamedTuple):
    """A line of the minutes: the entry's code and identity in the edition, and what is to change there."""

    code: str
    uid: str | None
    said: str


class LinesError(ValueError):
    """What is wrong with the lines, a sentence each."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = sentences


def lines_of(text: str, edition: Document) -> list[Line]:
    """A change a line, the code first; a line without one is about something new. LinesError where a code is none."""
    read = list(_read(text))
    wrong = [
        _(
            "Line %(n)s: the edition has no entry %(code)s. Please take the code from the edition before the council."
        )
        % {"n": number, "code": code}
        for number, code, _said in read
        if code and code not in edition.by_code
    ]
    wrong += [
        _("Line %(n)s has more than %(limit)s characters.") % {"n": number, "limit": LENGTH}
        for number, _code, said in read
        if len(said) > LENGTH
    ]
    if len(read) > LIMIT:
        wrong.append(_("These are more than %(n)s changes. Please enter them in parts.") % {"n": LIMIT})
    if wrong:
        raise LinesError(wrong)
    return [Line(code, edition.by_code[code].uid if code else None, said) for _number, code, said in read]


def _read(text: str) -> Iterator[tuple[int, str, str]]:
    """Number, code and words of every line that says something."""
    for number, line in enumerate(text.splitlines(), start=1):
        if match := _LINE.match(line.strip()):
            yield number, match["code"], match["said"].strip()
        elif said := line.strip():
            yield number, "", said
