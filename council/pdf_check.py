"""Whether an uploaded file is a PDF, as far as its frame tells: its head, its end, and the table that the end names."""

import re

from django.utils.translation import gettext as _

MAX_BYTES = 50 * 1024 * 1024
_HEAD = re.compile(rb"%PDF-[12]\.\d")
_END = re.compile(rb"startxref\s+(\d{1,10})\s+%%EOF")
_TABLE = re.compile(rb"\s*(xref\s|\d+\s+\d+\s+obj\b)")
_END_LIES_IN = 1024  # bytes at the end of a file, as readers look for it


def pdf_problem(content: bytes) -> str:
    """Why this is no PDF that can be kept, in a sentence; "" where it is one."""
    if len(content) > MAX_BYTES:
        return _(
            "The file is larger than 50 megabytes. Please upload a smaller one, such as one of lower resolution."
        )
    if not _HEAD.match(content):
        return _(
            "This is no PDF. Please upload the PDF that was before the council, not another kind of file."
        )
    ends = _END.findall(content[-_END_LIES_IN:])
    if not ends or not _TABLE.match(content, int(ends[-1])):
        return _("The PDF is damaged: its end is missing. Please download it again, or export it anew.")
    return ""
