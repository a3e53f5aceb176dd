"""What the first sheet of a printout says: which strategy, what of it, which edition, and where to find it."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from printing.printout import CITYWIDE, DECISION, DEPARTMENT, DISTRICT, SHORT, Printout
from printing.record import PaperRecord, record_of
from strategy.document.document import Document, Entry
from strategy.editions.models import Edition
from strategy.pages.qr import qr_of_address
from strategy.presentation.holdings import holdings


@dataclass(frozen=True)
class TitleSheet:
    """The title sheet of a printout (Titelblatt). `edition` is None for the working tree, which has no address.

    `label` is what the council knows the printout as, where it is a file of a paper's: it stands on every sheet.
    """

    printout: Printout
    edition: Edition | None
    papers: tuple[PaperRecord, ...] = ()
    label: str = ""

    @property
    def document(self) -> Document:
        """What the printout is a part of."""
        return self.printout.document

    @property
    def form(self) -> str:
        """What of the strategy this is."""
        return form_name(self.printout)

    @property
    def path(self) -> str:
        """The address below its edition."""
        query = f"?{self.printout.query}" if self.printout.query else ""
        return f"{self.printout.path}{query}"

    @property
    def address(self) -> str:
        """The address that is cited: always that of the edition, never that of the request."""
        return f"{edition_address(self.edition)}{self.path}" if self.edition else ""

    @property
    def digest_address(self) -> str:
        """Where it is said what the digest of a text is and how to check it."""
        return f"{settings.PUBLIC_URL.rstrip('/')}{reverse('digest')}"

    @property
    def qr(self) -> SafeString:
        """The address as an SVG to scan. Only of an edition: the working tree has no address."""
        label = _("QR code of the address %(address)s") % {"address": self.address}
        return qr_of_address(self.address, label)

    @property
    def basis(self) -> PaperRecord | None:
        """The paper that the edition refers to, where the council has not dealt with the edition itself."""
        return None if self.papers else self.document.meta.get("basis")

    @property
    def is_undecided(self) -> bool:
        """Whether no resolution stands behind the edition itself, whatever the paper that it refers to came to."""
        return not (self.edition and self.edition.decided_on)

    @property
    def is_debated(self) -> bool:
        """Whether the council still deals with this text, and cites its lines. Not where it decided on another file
        before the edition was recorded here."""
        is_afterwards = any(paper.get("is_recorded_afterwards") for paper in self.papers)
        return bool(self.edition and self.edition.state == Edition.State.CONSULTATION and not is_afterwards)

    @property
    def has_roles(self) -> bool:
        """Whether it is known of any body of these papers what it was asked for, such as its decision."""
        papers = [*self.papers, *filter(None, [self.basis])]
        return any(each.get("role") for paper in papers for each in paper.get("consultations", ()))

    @property
    def about(self) -> str:
        """What the edition holds, where this is no excerpt of it, and what whoever froze it says of it beside that."""
        held = "" if self.printout.is_excerpt else holdings(self.document)
        return "\n\n".join(filter(None, [held, self.document.meta["edition"]["remark"]]))

    @property
    def above(self) -> list[Entry]:
        """What the printed entry stands below; what has no page of its own, such as a guideline, is left out."""
        entry = self.printout.entry
        return [each for each in entry.ancestors if each.has_page] if entry else []


def title_sheet(printout: Printout, edition: Edition | None) -> TitleSheet:
    """The title sheet of a printout, with what the council did with its edition, where it was laid before it."""
    papers = record_of(edition)["papers"] if edition and edition.paper_number else []
    return TitleSheet(printout, edition, tuple(papers))


def edition_address(edition: Edition) -> str:
    """Where an edition begins, for whoever has it on paper."""
    return f"{settings.PUBLIC_URL.rstrip('/')}/fassungen/{edition.slug}/"


def synopse_address(old: Edition, new: Edition) -> str:
    """Where the Synopse of two editions is, for whoever has it on paper."""
    return f"{edition_address(old)}synopse/{new.slug}/"


def form_name(printout: Printout) -> str:
    """What is printed, in words, such as "Kurzfassung" or "Themenfeld 1: Klima"."""
    if printout.scope == DISTRICT:
        return _district_name(printout)
    if printout.scope == DEPARTMENT:
        return _("Measures led by: %(name)s") % {"name": printout.name}
    if printout.scope == DECISION:
        return _("Resolution")
    entry = printout.entry
    if entry is None:
        return _("Short form") if printout.scope == SHORT else _("Long form")
    name = f"{capfirst(entry.level.name)} {entry.code}".strip()
    return name if printout.is_excerpt else f"{name}: {entry.title}"


def _district_name(printout: Printout) -> str:
    if printout.key == CITYWIDE:
        return _("Measures in the whole city")
    return _("Measures in the district %(name)s") % {"name": printout.name}
