"""The files that the council had, once passages of their edition are blackened: made anew of what is left.

Their bytes change in this one case. A file that was uploaded cannot be blackened here: somebody gives a blackened one,
or it goes.
"""

import hashlib
from collections.abc import Mapping

from council.auxiliary_files import AuxiliaryFile
from council.papers import Paper
from council.record import record_of_paper
from printing.pdf.sheet_file import pdf_of
from printing.printout import long_form, short_form
from printing.record import PaperRecord
from printing.title_sheet import TitleSheet
from strategy.document.document import Document
from strategy.editions.models import Edition

Form = AuxiliaryFile.Form
FORMS = {Form.LONG.value: long_form, Form.SHORT.value: short_form}


def has_original(edition: Edition) -> bool:
    """Whether a file was uploaded with this edition, into which no program can look."""
    return AuxiliaryFile.objects.filter(edition=edition, form=Form.ORIGINAL).exists()


def digests_of(edition: Edition) -> dict[str, str]:
    """The SHA-256 of the files of an edition as they are now, by their form."""
    return dict(AuxiliaryFile.objects.filter(edition=edition).values_list("form", "sha256"))


def made_anew(edition: Edition, document: Document, *, suffix: str) -> dict[str, bytes]:
    """The made files of an edition, of a Document that is not kept yet; `suffix` is added to what they are known as.

    `edition` is as it will be. `Busy` or `Failed` where one cannot be made.
    """
    rows = AuxiliaryFile.objects.filter(edition=edition, form__in=FORMS).values_list("form", "name")
    return {form: pdf_of(_sheet(edition, document, form, _renamed(name, suffix))) for form, name in rows}


def replace(edition: Edition, contents: Mapping[str, bytes], *, suffix: str) -> None:
    """Keep these in place of the files of an edition. Those that are not among them go. Without the triggers."""
    for file in AuxiliaryFile.objects.filter(edition=edition).defer("content"):
        rows = AuxiliaryFile.objects.filter(pk=file.pk)
        if content := contents.get(file.form):
            digest = hashlib.sha256(content).hexdigest()
            rows.update(content=content, sha256=digest, name=_renamed(file.name, suffix))
        else:
            rows.delete()


def _sheet(edition: Edition, document: Document, form: str, label: str) -> TitleSheet:
    """As the council had it: what was submitted bears the state and no decision of later days."""
    paper = Paper.objects.filter(reference=edition.paper_number).first()
    papers = record_of_paper(paper) if paper else ()
    if paper is None or paper.amended_edition_id != edition.pk:
        papers = tuple(_before_consultation(each) for each in papers)
        edition = _as_submitted(edition)
    return TitleSheet(FORMS[form](document), edition, papers, label)


def _before_consultation(paper: PaperRecord) -> PaperRecord:
    return {**paper, "consultations": []}


def _as_submitted(edition: Edition) -> Edition:
    names = ("pk", "slug", "title", "digest", "has_sample", "frozen_at", "paper_number", "redaction_note")
    same = {name: getattr(edition, name) for name in names}
    return Edition(**same, state=Edition.State.CONSULTATION)


def _renamed(name: str, suffix: str) -> str:
    return f"{name[: 200 - len(suffix)]}{suffix}"
