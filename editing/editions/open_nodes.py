"""The nodes that aren't agreed, as whoever freezes chooses among them."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from editing.tree.since_agreed import SinceAgreed
from strategy.editions.edition_selection import AS_AGREED, AS_IT_IS, LEFT_OUT
from strategy.tree.review import Review


@dataclass(frozen=True)
class OpenNode:
    """A node that isn't agreed: what it is called, how far it is, what has become of it since it was agreed last
    (None: it never was), and what becomes of it."""

    pk: int
    uid: str
    name: str
    review: str
    since: SinceAgreed | None
    choice: str
    is_stranded: bool
    is_remembered: bool

    @property
    def review_label(self) -> str:
        """The review state in words."""
        return str(Review(self.review).label)

    @property
    def options(self) -> list[tuple[str, str]]:
        """What can be chosen, each with its words."""
        words = {
            AS_AGREED: _("as it was agreed last"),
            AS_IT_IS: _("as it is now"),
            LEFT_OUT: _("leave out, with everything below it"),
        }
        return [(key, words[key]) for key in words if key != AS_AGREED or self.since is not None]


@dataclass(frozen=True)
class OpenGroup:
    """The nodes that aren't agreed of one theme, or of all chapters."""

    key: str
    name: str
    nodes: list[OpenNode]
