"""The files that the council had before it with an edition, or adopted: kept byte by byte. Terms as in OParl 1.1."""

import hashlib
from functools import partial

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from printing.kept_files import KeptFile
from strategy.editions.models import Edition
from strategy.editions.triggers import Rule
from strategy.people import person_field
from strategy.validators import LineField

TABLE = "council_auxiliaryfile"
NEVER_CHANGES = "A file that the council had before it never changes."
STAYS = "A file that the council had before it is never deleted."
# No rule names another table: SQLite could not remake that one any more.
PROTECTION = {
    "council_file_never_changes": Rule(TABLE, "UPDATE", "TRUE", NEVER_CHANGES),
    "council_file_is_never_replaced": Rule(
        TABLE,
        "INSERT",
        "EXISTS (SELECT 1 FROM council_auxiliaryfile f "
        "WHERE f.id = NEW.id OR (f.edition_id = NEW.edition_id AND f.form = NEW.form))",
        NEVER_CHANGES,
    ),
    "council_file_stays": Rule(TABLE, "DELETE", "TRUE", STAYS),
    "council_file_no_truncate": Rule(
        TABLE, "TRUNCATE", "EXISTS (SELECT 1 FROM council_auxiliaryfile)", STAYS
    ),
}


class AuxiliaryFile(models.Model):
    """A PDF that was before the council with a paper, or that it adopted (Anlage).

    Long and short form are made by the portal (council/submitted_files.py); the original of an edition that was
    recorded after its decision is uploaded. Triggers in the database refuse any change. Later migrations leave this
    table alone: SQLite remakes a table that is altered, and drops its triggers.
    """

    class Form(models.TextChoices):
        """Which file of an edition it is; the name of its address. German in the source: it goes into archives."""

        LONG = "langfassung", "Langfassung"
        SHORT = "kurzfassung", "Kurzfassung"
        ORIGINAL = "anlage", "Original"

    edition = models.ForeignKey(
        Edition, verbose_name=_("edition"), on_delete=models.PROTECT, related_name="auxiliary_files"
    )
    form = models.CharField(_("form"), max_length=20, choices=Form)
    name = LineField(_("name"), max_length=200)
    sha256 = models.CharField(_("digest"), max_length=64)
    content = models.BinaryField(_("content"))
    created_at = models.DateTimeField(_("kept since"))
    created_by = person_field(_("uploaded by"), null=True, blank=True)

    class Meta:
        verbose_name = _("file that the council had")
        verbose_name_plural = _("files that the council had")
        constraints = [
            models.UniqueConstraint(
                name="council_auxiliaryfile_once",
                fields=["edition", "form"],
                violation_error_message=_("This file of the edition is kept already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.get_form_display()}"


def kept_files_of(edition: Edition) -> tuple[KeptFile, ...]:
    """The files of an edition that are kept, as printing knows them. One query, which reads none of their contents."""
    rows = AuxiliaryFile.objects.filter(edition=edition).values_list("pk", "form", "name", "sha256")
    order = AuxiliaryFile.Form.values
    files = [
        KeptFile(form, str(AuxiliaryFile.Form(form).label), name, sha256, partial(_content, pk))
        for pk, form, name, sha256 in rows
    ]
    return tuple(sorted(files, key=lambda file: order.index(file.form)))


def file_damage(edition: Edition) -> list[str]:
    """Which of an edition's files are not what they were when they were kept, a sentence each."""
    return [
        gettext("%(form)s: the file does not match its digest; it was changed after it was kept.")
        % {"form": file.title}
        for file in kept_files_of(edition)
        if hashlib.sha256(file.read()).hexdigest() != file.sha256
    ]


def _content(pk: int) -> bytes:
    return bytes(AuxiliaryFile.objects.values_list("content", flat=True).get(pk=pk))
