"""Which nodes the council has decided on."""

from collections.abc import Collection

from strategy.editions.library import library
from strategy.editions.models import Edition


def decided_uids() -> Collection[str]:
    """The uids of all nodes that the adopted edition holds; none while no edition is adopted. One query."""
    adopted = Edition.objects.filter(state=Edition.State.ADOPTED).first()
    return library.document(adopted).by_uid if adopted else ()
