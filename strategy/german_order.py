"""The German order of names in a query, the same on both databases, whatever collation they have."""

from typing import Any

from django.db.models import CharField, Func

from strategy.text.letters import PLAIN, sort_key

_FUNCTION = "german_sort_key"
_SINGLE = {letter: plain for letter, plain in PLAIN.items() if len(plain) == 1}
_SEVERAL = {letter: plain for letter, plain in PLAIN.items() if len(plain) > 1}


class GermanOrder(Func):
    """What `order_by` sorts a name by: `sort_key`. SQLite calls it, PostgreSQL has the same letters in a statement."""

    arity = 1
    output_field = CharField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """`sort_key` itself, made known to the connection that will ask for it."""
        connection.ensure_connection()
        connection.connection.create_function(_FUNCTION, 1, _key, deterministic=True)
        return self.as_sql(compiler, connection, function=_FUNCTION, **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """The letters of `sort_key` one by one; the rest in the order of their code points, as in Python."""
        sql = f"TRANSLATE(%(expressions)s, '{''.join(_SINGLE)}', '{''.join(_SINGLE.values())}')"
        for letter, plain in _SEVERAL.items():
            sql = f"REPLACE({sql}, '{letter}', '{plain}')"
        return self.as_sql(compiler, connection, template=f'LOWER({sql}) COLLATE "C"', **context)


def _key(name: str | None) -> str | None:
    return None if name is None else sort_key(name)
