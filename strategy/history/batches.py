"""What is done in one go: all records that are left meanwhile have one `batch`, by which they are found together."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_batch: ContextVar[uuid.UUID | None] = ContextVar("batch", default=None)


@contextmanager
def in_one_go() -> Iterator[uuid.UUID]:
    """All records of the history that are left inside have the batch that this gives. Inside another one it is that
    one's, so that what consists of several actions is one thing to whoever takes it back."""
    batch = _batch.get() or uuid.uuid4()
    token = _batch.set(batch)
    try:
        yield batch
    finally:
        _batch.reset(token)


def current_batch() -> uuid.UUID:
    """The batch of what is being done; one of its own for what is done by itself."""
    return _batch.get() or uuid.uuid4()
