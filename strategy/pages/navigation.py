"""Where in the main navigation a page stands."""

# Its links by the first part of the addresses that stand below them.
_LINKS = {
    "": "start",
    "themenfelder": "themes",
    "ziele": "themes",
    "massnahmen": "measures",
    "sdg": "sdgs",
    "fassungen": "editions",
    "berichte": "reports",
    "leichte-sprache": "leichte-sprache",
    "gebaerdensprache": "gebaerdensprache",
}


def place(path: str, base: str) -> str:
    """The link that the page of this path belongs to, and what aria-current says of it: "measures page" for the
    list of measures, "measures true" for a page below it, "" for a page that belongs to none.

    A page of an edition (its addresses begin with `base`) belongs to what it shows before it belongs to the editions.
    """
    first, _slash, rest = path.removeprefix(base).partition("/")
    if not first or first not in _LINKS:
        first, _slash, rest = path.removeprefix("/").partition("/")
    return f"{_LINKS[first]} {'true' if rest else 'page'}" if first in _LINKS else ""
