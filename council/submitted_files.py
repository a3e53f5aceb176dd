"""The files of an edition that goes before the council, or that it adopted with changes: made first, then kept.

Making them takes seconds and can fail, so it comes before the transaction that needs them. In it their sheets are asked
for again: where these would say something else by now, nothing is done.
"""

import copy
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from council.auxiliary_files import AuxiliaryFile
from council.papers import Paper
from council.pdf_check import pdf_problem
from council.record import record_of_paper
from printing.pdf.making import Busy, Failed
from printing.pdf.sheet_file import depends_on, pdf_of
from printing.printout import long_form, short_form
from printing.title_sheet import TitleSheet
from strategy.document.data import Plain
from strategy.editions.actions import PUBLISH
from strategy.editions.library import library
from strategy.editions.models import Edition
from strategy.editions.public_rows import write
from strategy.people import require_permission

Form = AuxiliaryFile.Form
Sheets = Mapping[str, TitleSheet]  # by their form


@dataclass(frozen=True)
class MadeFiles:
    """Files that are made and not kept yet."""

    sheets: Sheets
    contents: Mapping[str, bytes]

    def are_of(self, sheets: Sheets) -> bool:
        """Whether they say what these sheets say."""
        return _said(self.sheets) == _said(sheets)

    def keep(self) -> None:
        """Keep them for ever, in the transaction that takes their edition a step further."""
        write(
            save=[
                _file(sheet.edition, form, sheet.label, self.contents[form])
                for form, sheet in self.sheets.items()
                if sheet.edition
            ]
        )


def sheets_to_submit(paper: Paper) -> Sheets:
    """The Anlage, as it is laid before the council; none where the council has decided already, on another file."""
    if paper.edition is None or paper.is_afterwards:
        return {}
    # kept, so in German whatever the catalogue says
    label = f"Anlage zur Vorlage {paper.reference}, wie eingebracht"
    return _sheets(
        paper, paper.edition, label, state=Edition.State.CONSULTATION, paper_number=paper.reference
    )


def sheets_of_amendment(paper: Paper, seal: Mapping[str, Plain]) -> Sheets:
    """The edition with the council's changes, under this seal; none where the decision was recorded afterwards."""
    if paper.amended_edition is None or paper.is_recorded_afterwards:
        return {}
    label = f"Beschlossene Fassung mit den Änderungen des Rates vom {seal['decided_on']:%d.%m.%Y}"
    return _sheets(paper, paper.amended_edition, label, state=Edition.State.ADOPTED, **seal)


def made(sheets: Sheets) -> MadeFiles:
    """The files of these sheets. ValidationError where one cannot be made: then nothing of it is left."""
    try:
        return MadeFiles(sheets, {form: pdf_of(sheet) for form, sheet in sheets.items()})
    except Busy as busy:
        raise ValidationError(
            _(
                "So many PDFs are being made that yours had to wait too long. Nothing was done; please try again."
            )
        ) from busy
    except (Failed, OSError) as error:
        raise ValidationError(
            _(
                "The PDFs for the council could not be made, so nothing was done. Please try again in five minutes; "
                "if they fail again, show whoever runs the portal this reason: %(reason)s"
            )
            % {"reason": error}
        ) from error


def missing_to_keep_original(paper: Paper, edition: Edition) -> str:
    """What keeps the file that the council had from being kept with an edition, in a sentence; "" for nothing."""
    if edition not in (paper.edition, paper.amended_edition) or edition.paper_number != paper.reference:
        return _("“%(edition)s” is not before the council with this paper.") % {"edition": edition}
    if AuxiliaryFile.objects.filter(edition=edition).exists():
        return _("For “%(edition)s” the file is kept already. It never changes again.") % {"edition": edition}
    return ""


@transaction.atomic
def keep_original(paper: Paper, edition: Edition, *, content: bytes, by: User) -> AuxiliaryFile:
    """Keep the PDF that the council had before it, for an edition of which the portal has made none.

    It is public at once, and never changed or deleted again.
    """
    require_permission(by, PUBLISH)
    paper = Paper.objects.select_for_update().get(pk=paper.pk)
    wrong = missing_to_keep_original(paper, edition) or pdf_problem(content)
    if wrong:
        raise ValidationError(wrong)
    thing = "Beschlossene Fassung" if edition == paper.amended_edition else "Anlage"
    file = _file(edition, Form.ORIGINAL, f"{thing} zur Vorlage {paper.reference}, im Original", content, by)
    write(save=[file])
    return file


def _sheets(paper: Paper, edition: Edition, label: str, **will_be: Plain) -> Sheets:
    """Long and short form of an edition with the state and seal that it is about to get."""
    document, papers = library.document(edition), record_of_paper(paper)
    edition = copy.copy(edition)
    for name, value in will_be.items():
        setattr(edition, name, value)
    printouts = {Form.LONG.value: long_form(document), Form.SHORT.value: short_form(document)}
    return {form: TitleSheet(printout, edition, papers, label) for form, printout in printouts.items()}


def _said(sheets: Sheets) -> list[Plain]:
    return [[form, depends_on(sheet)] for form, sheet in sheets.items()]


def _file(edition: Edition, form: str, name: str, content: bytes, by: User | None = None) -> AuxiliaryFile:
    return AuxiliaryFile(
        edition_id=edition.pk,
        form=form,
        name=name,
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
        created_at=timezone.now(),
        created_by=by,
    )
