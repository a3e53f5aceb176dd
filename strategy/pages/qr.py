"""QR codes as SVG that stands in a page, without style attributes."""

from functools import lru_cache
from html import escape

import segno
from django.utils.safestring import SafeString, mark_safe


def qr_code(text: str, label: str) -> SafeString:
    """A text as a QR code, with its quiet zone. `label` says to those who do not see it what it is."""
    code = segno.make(text, error="m", micro=False)
    drawn = code.svg_inline(omitsize=True, svgclass="qr", lineclass=None, light="#fff", border=4)
    return mark_safe(drawn.replace("<svg ", f'<svg role="img" aria-label="{escape(label)}" ', 1))


@lru_cache(maxsize=512)  # to find the best of its eight masks takes ten milliseconds
def qr_of_address(address: str, label: str) -> SafeString:
    """The same for a public address, kept in memory: never for a secret."""
    return qr_code(address, label)
