"""Making the archive of an edition: once for the same edition, state, council data and program, and kept."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from printing.archive.checking import DECISION
from printing.archive.contents import contents, manifest
from printing.archive.package import packed
from printing.kept_files import KeptFile, kept_files_of
from printing.pdf import making, store
from printing.pdf.decision_data import decision_pdf
from printing.pdf.sheet_file import pdf_of
from printing.printout import Printout, decision_sheet, long_form, short_form
from printing.record import Record, papers_on_measures_of, record_of
from printing.title_sheet import TitleSheet
from strategy.editions.library import library
from strategy.editions.models import Edition


@dataclass(frozen=True)
class Archive:
    """The archive of an edition as it stands at one moment: all of it is made of the same edition and record."""

    edition: Edition
    record: Record
    kept: tuple[KeptFile, ...] = ()

    @classmethod
    def of(cls, edition: Edition) -> "Archive":
        """With what the council did with this edition up to now, and decided on its measures."""
        papers = papers_on_measures_of(library.document(edition))
        return cls(edition, {**record_of(edition), "measure_papers": papers}, kept_files_of(edition))

    @property
    def name(self) -> str:
        """A name for all that it depends on."""
        return store.name_of("archive", manifest(self.edition, self.kept), self.record, settings.DATA_LICENCE)

    @making.data_folder()
    def path(self) -> Path:
        """The file, from the folder or newly made; `Busy` or `Failed` where one of its PDFs cannot be made."""
        if kept := store.find(self.name, store.ZIP):
            return kept
        pdfs = self._pdfs()
        with making.place():
            making.let_go_of_databases()
            with making.turn():
                return store.find(self.name, store.ZIP) or self._make(pdfs)

    def _make(self, pdfs: dict[str, bytes]) -> Path:
        files = contents(self.edition, self.record, pdfs, self.kept)
        store.refuse_full()
        content = packed(files, manifest(self.edition, self.kept))
        with store.new_file(self.name, store.ZIP) as target:
            target.write_bytes(content)
        store.prune()
        return store.path_of(self.name, store.ZIP)

    def _pdfs(self) -> dict[str, bytes]:
        """Those that the council had as they are; the others as this program makes them."""
        document = library.document(self.edition)
        pdfs = {file.file_name: file.read() for file in self.kept}
        for name, printout in (("langfassung.pdf", long_form), ("kurzfassung.pdf", short_form)):
            if name not in pdfs:
                pdfs[name] = pdf_of(self._sheet(printout(document)))
        if self.edition.decided_on:
            pdfs[DECISION] = decision_pdf(self._sheet(decision_sheet(document)), self.kept)
        return pdfs

    def _sheet(self, printout: Printout) -> TitleSheet:
        return TitleSheet(printout, self.edition, tuple(self.record["papers"]))
