"""Keys of rows that addresses, tables and editions name them by: made from the name where nobody has given one."""

from typing import Any

from strategy.text.slugs import next_slug, slug_base


def key_of(row: Any) -> str:
    """The key of a row, or a free one made from its name. One query where it is made."""
    if row.key or not row.name:
        return str(row.key)
    longest = type(row)._meta.get_field("key").max_length - len("-999")
    base = slug_base(row.name)[:longest].rstrip("-")
    taken = set(type(row)._default_manager.filter(key__startswith=base).values_list("key", flat=True))
    return next_slug(base, taken)[0]
