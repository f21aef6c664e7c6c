"""Sends many rows of one table to the database in the way each likes best.

SQLite runs one prepared statement row after row, PostgreSQL takes COPY where no row may exist already; what it is
asked otherwise is prepared or is one statement. Django's usual way cost it twice the time (`docs/adr/0017`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
            cursor.executemany(f"{_insert(into)} {_row(into.slots)}{ending}", rows)
            return int(cursor.rowcount)
    if ending or set(into.slots) != {PLAIN}:
        return _prepared(connection, into, rows, ending)
    return _copied(connection, into, rows)


def send_changes(connection: Any, into: Columns, rows: Sequence[Values]) -> None:
    """Writes the columns but the last into the rows whose key is the last."""
    if connection.vendor != "postgresql":
        changed = ", ".join(f"{name} = {PLAIN}" for name in into.names[:-1])
        with connection.cursor() as cursor:
            cursor.executemany(f"UPDATE {into.table} SET {changed} WHERE {into.names[-1]} = {PLAIN}", rows)
        return
    changed = ", ".join(f"{name} = new.{name}" for name in into.names[:-1])
    slots = _row(tuple(f"{PLAIN}::{kind}" for kind in into.types))
    last = into.names[-1]
    for part in _parts(rows):
        new = f"(VALUES {', '.join([slots] * len(part))}) AS new ({', '.join(into.names)})"
        statement = f"UPDATE {into.table} AS old SET {changed} FROM {new} WHERE old.{last} = new.{last}"
        with connection.cursor() as cursor:
            cursor.execute(statement, _flat(part))


def _copied(connection: Any, into: Columns, rows: Sequence[Values]) -> int:
    """The driver's own errors become Django's, as those of statements do."""
    statement = f"COPY {into.table} ({', '.join(into.names)}) FROM STDIN"
    with connection.cursor() as cursor, connection.wrap_database_errors, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
    return len(rows)


def _prepared(connection: Any, into: Columns, rows: Sequence[Values], ending: str) -> int:
    """Django's own cursor binds on the client's side, which has every row parsed and planned: this one has not."""
    statement = f"{_insert(into)} {_row(into.slots)}{ending}"
    connection.ensure_connection()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        cursor.executemany(statement, rows)
        return int(cursor.rowcount)


def _insert(into: Columns) -> str:
    return f"INSERT INTO {into.table} ({', '.join(into.names)}) VALUES"


def _row(slots: Sequence[str]) -> str:
    return f"({', '.join(slots)})"


def _flat(rows: Sequence[Values]) -> list[Any]:
    return [value for row in rows for value in row]


def _parts(rows: Sequence[Values]) -> Iterator[Sequence[Values]]:
    for start in range(0, len(rows), TOGETHER):
        yield rows[start : start + TOGETHER]
