"""What the council changed in an edition, line by line as the minutes say it."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from council.papers import Paper
from strategy.document.document import Document
from strategy.people import person_field
from strategy.validators import LineField

_LINE = re.compile(r"\A[-–•*]?\s*(?P<code>\d+(?:\.\d+)*)[.:)]?\s+(?P<said>\S.*)\Z")
LIMIT = 300  # lines of one form
LENGTH = 1000  # characters of a line


class MinutedChange(models.Model):
    """A change that the council decided on (Änderung nach Niederschrift), until somebody has made it in the
    working tree.

    `code` is the one in the edition that was before the council, `uid` the entry that has it there; both are empty for
    what is new, or concerns no single entry.
    """

    paper = models.ForeignKey(
        Paper, verbose_name=gettext_lazy("paper"), on_delete=models.CASCADE, related_name="minuted_changes"
    )
    code = models.CharField(gettext_lazy("code"), max_length=40, blank=True)
    uid = models.UUIDField(gettext_lazy("identity"), null=True)
    said = LineField(gettext_lazy("change"), max_length=LENGTH)
    noted_at = models.DateTimeField(gettext_lazy("noted at"), default=timezone.now)
    noted_by = person_field(gettext_lazy("noted by"), null=True)
    done_at = models.DateTimeField(gettext_lazy("done at"), null=True)
    done_by = person_field(gettext_lazy("done by"), null=True)

    class Meta:
        verbose_name = gettext_lazy("change by the minutes")
        verbose_name_plural = gettext_lazy("changes by the minutes")
        ordering = ["pk"]
        default_permissions = ()  # whoever may change the paper
        constraints = [
            models.CheckConstraint(
                name="editing_minutedchange_code_has_entry",
                condition=(Q(code="") & Q(uid__isnull=True)) | (~Q(code="") & Q(uid__isnull=False)),
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.said}".strip()

    @property
    def is_done(self) -> bool:
        """Whether somebody has said that it is made."""
        return self.done_at is not None


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
