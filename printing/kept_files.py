"""The files of an edition that are kept for ever. Whoever keeps them says here where they come from."""

from collections.abc import Callable
from dataclasses import dataclass

from strategy.editions.models import Edition


@dataclass(frozen=True)
class KeptFile:
    """A PDF that the council had before it, or adopted: its bytes never change.

    `form` is the name of its address without the ending ("langfassung"), `title` the same in words, `name` what the
    council knows it as. `read` gives its bytes.
    """

    form: str
    title: str
    name: str
    sha256: str
    read: Callable[[], bytes]

    @property
    def file_name(self) -> str:
        """The last part of its address, and its name in an archive."""
        return f"{self.form}.pdf"


Source = Callable[[Edition], tuple[KeptFile, ...]]
_sources: list[Source] = []


def register(kept_files_of: Source) -> None:
    """Make known where kept files of an edition come from."""
    _sources.append(kept_files_of)


def kept_files_of(edition: Edition) -> tuple[KeptFile, ...]:
    """The files of this edition that the council had before it or adopted; none of an edition that it never had."""
    sources = _sources if edition.paper_number else []
    return tuple(file for source in sources for file in source(edition))


def kept_file(edition: Edition | None, form: str) -> KeptFile | None:
    """The kept file of this form; None where there is none, so that it is made anew."""
    files = kept_files_of(edition) if edition else ()
    return next((file for file in files if file.form == form), None)
