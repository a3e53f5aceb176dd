"""PDFs that have been made, without the seconds that it takes."""

from collections.abc import Iterable
from unittest.mock import patch

from herne_strategy.static_site.application import Application
from printing.pdf import making

CONTENT = b"%PDF-1.7 not really"


def make_pdfs(addresses: Iterable[str]) -> None:
    """As if a reader had asked for each of these, and the compiler had written it."""
    with patch.object(
        making, "compile_file", lambda _template, _data, target, _lock: target.write_bytes(CONTENT)
    ):
        for address in addresses:
            assert Application().ask(address).body == CONTENT
