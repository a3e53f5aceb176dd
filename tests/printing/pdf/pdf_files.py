"""PDFs in tests: made by the real compiler from a Document, and read back as a reader would."""

import datetime
import json
import re
import subprocess
import sys
from functools import lru_cache
from pathlib import Path
from typing import Any

import pypdfium2
from django.conf import settings

from printing import printout as printouts
from printing.pdf.data import printout_data
from printing.pdf.making import MEMORY
from printing.printout import Printout
from printing.title_sheet import TitleSheet
from strategy.document.document import Document
from strategy.editions.models import Edition
from strategy.tree.levels import levels

FROZEN_AT = datetime.datetime(2026, 3, 17, 9, 30, tzinfo=datetime.UTC)
KINDS = [level.kind for level in levels() if level.paper.alone]
PAPER: dict[str, Any] = {
    "reference": "2026/0100",
    "name": "Fortschreibung der Strategie",
    "paper_type": "Beschlussvorlage",
    "dated_on": "2026-02-01",
    "under_direction_of": "FB 51",
    "proposal": "Der Rat beschließt:\n\n1. die Fassung\n2. den Bericht",
    "financial_impact": "Keine.",
    "url": "",
    "proviso": "Unter Vorbehalt.",
    "consultations": [
        {
            "body": "Rat der Stadt",
            "role": "Entscheidung",
            "held_on": "2026-03-17",
            "result": "beschlossen",
            "is_authoritative": True,
            "resolution": {
                "text": "Die Strategie wird beschlossen.",
                "vote_note": "namentlich",
                "votes": {"for": 40, "against": 3, "abstaining": 1},
                "groups": [{"name": "Fraktion A", "for": 20, "against": 0, "abstaining": 1}],
            },
        }
    ],
}


def edition_of(data: dict[str, Any], state: str = "working", **values: Any) -> Edition:
    """An edition of these data that is in no database."""
    title = data["meta"]["edition"]["title"]
    fixed = {"digest": "0123456789abcdef" * 4, "frozen_at": FROZEN_AT, "published_at": FROZEN_AT}
    return Edition(**{"slug": "probe", "title": title, "state": state, **fixed, **values})


def forms(document: Document) -> dict[str, Printout | None]:
    """A printout of each form, by its name. What the document lacks is None."""
    firsts = {kind: next(iter(document.entries(kind)), None) for kind in KINDS}
    singles = {kind: printouts.of_entry(document, entry) if entry else None for kind, entry in firsts.items()}
    leads = [measure.values["lead"]["key"] for measure in document.all_measures if measure.values["lead"]]
    return {
        "long": printouts.long_form(document),
        "short": printouts.short_form(document),
        **singles,
        "district": printouts.of_district(document, "wanne"),
        "department": printouts.of_department(document, leads[0]) if leads else None,
    }


def data_of(printout: Printout, edition: Edition | None, papers: tuple[Any, ...] = ()) -> dict[str, Any]:
    return printout_data(TitleSheet(printout, edition, papers))


def compiled(data: Any, target: Path, template: str = "strategy") -> Path:
    """The data as a PDF, made in a process of its own. Fails with the compiler's reason."""
    command = [sys.executable, "-m", "printing.pdf.compile", template, str(target), str(MEMORY)]
    done = subprocess.run(
        command, input=json.dumps(data).encode(), cwd=settings.BASE_DIR, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    return target


@lru_cache
def sheets(path: Path) -> list[str]:
    """The text of each sheet."""
    with pypdfium2.PdfDocument(path) as pdf:
        return [page.get_textpage().get_text_range() for page in pdf]


def words(text: str) -> str:
    """A text without what print adds and takes: spaces, line ends, hyphens, marks of a place to break."""
    return re.sub(r"[\s\u200b\u00ad\ufffe\ufffd\u0002-]+", "", text)
