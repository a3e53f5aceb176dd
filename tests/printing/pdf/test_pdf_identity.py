"""The name under which a PDF is kept: another one for all that its sheets would say otherwise."""

import datetime
from typing import Any

import pytest

from bench.strategy_data import strategy_data
from printing import printout as printouts
from printing.pdf.identity import identity
from printing.title_sheet import TitleSheet
from strategy.document.document import Document
from tests.printing.pdf.pdf_files import PAPER, edition_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "change",
    [
        {"state": "rejected"},
        {"paper_number": "2026/0100"},
        {"decided_by": "Rat der Stadt"},
        {"decided_on": datetime.date(2026, 3, 17)},
        {"result": "beschlossen"},
        {"withheld_on": datetime.date(2026, 3, 17)},
        {"published_at": None},
        {"digest": "f" * 64},
    ],
    ids=str,
)
def test_name_of_a_file_depends_on_state_and_seal(change: dict[str, Any]):
    data = strategy_data(1)
    printout = printouts.long_form(Document.from_data(data))
    before, after = edition_of(data), edition_of(data, **change)

    names = [identity(edition, TitleSheet(printout, edition)) for edition in (before, after)]

    assert names[0] != names[1]
    assert identity(before, TitleSheet(printout, before)) == names[0]


def test_name_of_a_file_depends_on_what_the_council_did_and_on_the_form():
    data = strategy_data(1)
    edition, document = edition_of(data), Document.from_data(data)
    sheets = [TitleSheet(printouts.long_form(document), edition, papers) for papers in ((), (PAPER,))]
    sheets.append(TitleSheet(printouts.short_form(document), edition))

    assert len({str(identity(edition, sheet)) for sheet in sheets}) == 3
