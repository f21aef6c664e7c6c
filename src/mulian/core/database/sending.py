"""Sends many rows of one table to the database in the way each likes best.

SQLite runs one prepared statement row after row, PostgreSQL takes COPY where no row may exist already, and
otherwise one statement with an array for each column. Django's usual way cost it twice the time (`docs/adr/0017`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import psycopg

Values = tuple[Any, ...]
TOGETHER = 500
"""Rows in one statement."""
PLAIN = "%s"


@dataclass(frozen=True)
class Columns:
    """A table and the columns written: quoted names, what stands in the statement for each value, database types."""

    table: str
    names: tuple[str, ...]
    slots: tuple[str, ...]
    types: tuple[str, ...]


def send_rows(connection: Any, into: Columns, rows: Sequence[Values], ending: str = "") -> int:
    """Inserts rows; `ending` is what to do about those that exist. Returns how many were written."""
    if connection.vendor != "postgresql":
        with connection.cursor() as cursor:
            statement = f"INSERT INTO {into.table} ({', '.join(into.names)}) VALUES ({', '.join(into.slots)})"
            cursor.executemany(statement + ending, rows)
            return int(cursor.rowcount)
    if not ending and set(into.slots) == {PLAIN}:
        return _copied(connection, into, rows)
    values = ", ".join(_from(into))
    statement = (
        f"INSERT INTO {into.table} ({', '.join(into.names)}) SELECT {values} FROM {_new(into)}{ending}"
    )
    return _columnwise(connection, statement, rows)


def send_changes(connection: Any, into: Columns, rows: Sequence[Values]) -> None:
    """Writes the columns but the last into the rows whose key is the last."""
    last = into.names[-1]
    if connection.vendor != "postgresql":
        changed = ", ".join(f"{name} = {PLAIN}" for name in into.names[:-1])
        with connection.cursor() as cursor:
            cursor.executemany(f"UPDATE {into.table} SET {changed} WHERE {last} = {PLAIN}", rows)
        return
    pairs = zip(into.names[:-1], _from(into), strict=False)
    changed = ", ".join(f"{name} = {value}" for name, value in pairs)
    statement = f"UPDATE {into.table} AS old SET {changed} FROM {_new(into)} WHERE old.{last} = new.{last}"
    _columnwise(connection, statement, rows)


def _copied(connection: Any, into: Columns, rows: Sequence[Values]) -> int:
    """The driver's own errors become Django's, as those of statements do."""
    statement = f"COPY {into.table} ({', '.join(into.names)}) FROM STDIN"
    with connection.cursor() as cursor, connection.wrap_database_errors, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
    return len(rows)


def _columnwise(connection: Any, statement: str, rows: Sequence[Values]) -> int:
    """One statement with an array for each column, whatever the number of rows: it is planned once and kept.

    Django's own cursor binds on the client's side, which has every row parsed: this one has not.
    """
    connection.ensure_connection()
    written = 0
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        for start in range(0, len(rows), TOGETHER):
            columns = zip(*rows[start : start + TOGETHER], strict=True)
            cursor.execute(statement, [list(column) for column in columns])
            written += cursor.rowcount
    return written


def _new(into: Columns) -> str:
    """The rows as a table. Without the columns' own lengths: a cast to them would cut what is too long unseen."""
    kinds = [
        kind.partition("(")[0] if slot == PLAIN else "text"
        for kind, slot in zip(into.types, into.slots, strict=True)
    ]
    return f"UNNEST({', '.join(f'{PLAIN}::{kind}[]' for kind in kinds)}) AS new ({', '.join(into.names)})"


def _from(into: Columns) -> list[str]:
    """What each column is given."""
    return [slot.replace(PLAIN, f"new.{name}") for name, slot in zip(into.names, into.slots, strict=True)]
