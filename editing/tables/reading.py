"""An uploaded file as a table: what kind of file it is says its content, not its name."""

from django.utils.translation import gettext as _

from editing.tables.csv_file import read_csv
from editing.tables.findings import TableError
from editing.tables.sheet import Sheet, sheet_of
from editing.tables.xlsx.reading import read_xlsx

MAX_BYTES = 10 * 2**20
_ZIP, _OLE, _PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF"


def read_sheet(content: bytes) -> Sheet:
    """The table of an XLSX or CSV file. TableError with a German sentence where it is none."""
    return sheet_of(read_xlsx(content) if kind_of_file(content) == "xlsx" else read_csv(content))


def kind_of_file(content: bytes) -> str:
    """ "xlsx" or "csv". TableError where it is neither, as far as its first bytes say so."""
    if len(content) > MAX_BYTES:
        raise TableError(_("The file is larger than 10 megabytes."))
    if not content.strip():
        raise TableError(_("The file is empty: it holds no table."))
    if content.startswith(_OLE):
        raise TableError(
            _(
                "The file is protected by a password, or is of the old kind .xls. Please save it without a password "
                "as “Excel workbook (.xlsx)”."
            )
        )
    if content.startswith(_PDF):
        raise TableError(_("This is a PDF file, not a table. Please upload an XLSX or CSV file."))
    return "xlsx" if content.startswith(_ZIP) else "csv"
