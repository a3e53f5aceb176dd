"""Whether two databases hold the same rows: a digest of each table."""

import hashlib
from collections.abc import Iterable

# By table: the number of its rows, and the SHA-256 of all of them.
Digests = dict[str, tuple[int, str]]

# Who is logged in, and who failed to: of no use tomorrow, and a session that was ended must not come back.
LEFT_OUT = ("django_session", "usersessions_usersession", "herne_strategy_cache")


def digest_of(rows: Iterable[bytes]) -> tuple[int, str]:
    """How many rows there are, each ending with the only line break in it, and their digest."""
    digest, count = hashlib.sha256(), 0
    for part in rows:
        digest.update(part)
        count += part.count(b"\n")
    return count, digest.hexdigest()


def differences(one: Digests, other: Digests) -> list[str]:
    """The names of the tables that are not the same in both; JSON makes lists of the pairs."""
    one, other = ({name: (*pair,) for name, pair in each.items()} for each in (one, other))
    return sorted(name for name in {*one, *other} if one.get(name) != other.get(name))
