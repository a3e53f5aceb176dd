"""An adopted edition of the working tree, for tests."""

from strategy.editions import actions
from strategy.editions.models import Edition


def adopt() -> Edition:
    """The working tree as an edition that the council has adopted."""
    edition = actions.freeze(slug="ratsfassung", title="Ratsfassung")
    actions.set_state(edition, "consultation", paper_number="2026/0001")
    return actions.set_state(
        edition, "adopted", decided_by="Rat", decided_on="2026-10-01", result="beschlossen"
    )
