"""The column of search tokens: a `tsvector` on PostgreSQL, plain text beside an FTS5 table on SQLite.

The tokens come from `kernel.text` and are ASCII letters and digits on both, so no database tokenises anything
and both find the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models.expressions import Combinable

from mulian.core.database.quick import fetch
from mulian.kernel.text import Term

FTS_TABLE = "search_tokens"
"""The FTS5 table of SQLite; the migration makes it and the triggers that keep it in step."""


class TokensField(models.Field):
    """Space-separated tokens, written only; they are looked up through `Matches`."""

    def db_type(self, connection: Any) -> str:
        return "tsvector" if connection.vendor == "postgresql" else "text"

    def get_placeholder(self, value: Any, compiler: Any, connection: Any) -> str:
        """PostgreSQL takes the tokens as they are; its own parser would cut some of them."""
        if connection.vendor == "postgresql":
            return "array_to_tsvector(array_remove(string_to_array(%s, ' '), ''))"
        return "%s"


class Matches(models.Func):
    """True for rows whose tokens hold every term. Filter with it: `filter(Matches(terms))`.

    `each`: SQLite asks for one row after the other instead of listing all that match first.
    """

    output_field = models.BooleanField()
    conditional = True

    def __init__(self, terms: Iterable[Term], *expressions: Combinable, each: bool = False) -> None:
        self.terms, self.each = tuple(terms), each
        super().__init__(*(expressions or (models.F("id"), models.F("tokens"))))

    def _constructor_args(self) -> Any:
        return (self.terms,), {"each": self.each}

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        row, params = compiler.compile(self.source_expressions[0])
        wanted = _wanted(self.terms)
        found = f"SELECT rowid FROM {FTS_TABLE} WHERE {FTS_TABLE} MATCH %s"
        if self.each:
            return f"EXISTS ({found} AND rowid = {row})", (wanted, *params)
        return f"{row} IN ({found})", (*params, wanted)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        tokens, params = compiler.compile(self.source_expressions[1])
        wanted = " & ".join(f"'{term.token}'{':*' if term.prefix else ''}" for term in self.terms)
        return f"{tokens} @@ %s::tsquery", (*params, wanted)


def more_hold(number: int, terms: Iterable[Term]) -> bool:
    """Whether more entries hold every term, without looking beyond (SQLite)."""
    statement = f"SELECT 1 FROM {FTS_TABLE} WHERE {FTS_TABLE} MATCH %s LIMIT 1 OFFSET %s"
    return bool(fetch(statement, (_wanted(terms), number)))


def _wanted(terms: Iterable[Term]) -> str:
    """As FTS5 is asked for all of them."""
    return " AND ".join(f'"{term.token}"{"*" if term.prefix else ""}' for term in terms)
