"""Which nodes the council has decided on."""

import uuid

from strategy.editions import Edition
from strategy.library import library


def is_decided(uid: uuid.UUID | str) -> bool:
    """Whether the adopted edition holds this node; False while no edition is adopted."""
    adopted = Edition.objects.filter(state=Edition.State.ADOPTED).first()
    return bool(adopted and str(uid) in library.document(adopted).by_uid)
