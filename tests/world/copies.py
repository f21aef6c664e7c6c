"""What many tests begin with is written once through the actions; each later test gets its rows copied.

The cast takes some hundred statements and checks to write and a few to copy. A copy is the same rows with the same
ids, so nothing a test looks at can tell it from the first.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, TypeVar

from django.apps import apps
from django.db import connections, transaction

T = TypeVar("T")
Row = tuple[Any, ...]


@dataclass(frozen=True)
class Table:
    """A table as the raw database knows it; its first column is its key."""

    name: str
    columns: tuple[str, ...]

    def rows(self, database: str) -> dict[Any, Row]:
        """By key. The sign before a column keeps SQLite's driver from reading dates, which it could not write."""
        plus = "+" if connections[database].vendor == "sqlite" else ""
        wanted = ", ".join(f'{plus}"{column}"' for column in self.columns)
        with connections[database].cursor() as cursor:
            cursor.execute(f'SELECT {wanted} FROM "{self.name}"')
            return {row[0]: tuple(map(_plain, row)) for row in cursor.fetchall()}

    def change(self, database: str, gone: list[Any], come: list[Row]) -> None:
        slots = ", ".join(["%s"] * len(self.columns))
        names = ", ".join(f'"{column}"' for column in self.columns)
        with connections[database].cursor() as cursor:
            for key in gone:
                cursor.execute(f'DELETE FROM "{self.name}" WHERE "{self.columns[0]}" = %s', [key])
            cursor.executemany(f'INSERT INTO "{self.name}" ({names}) VALUES ({slots})', come)


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


def tables(database: str) -> list[Table]:
    """Those of models, as the database has them; what it keeps beside them follows by its triggers."""
    keys = {
        model._meta.db_table: str(model._meta.pk.column)
        for model in apps.get_models(include_auto_created=True)
    }
    there = set(connections[database].introspection.table_names())
    return [Table(name, _columns(database, name, key)) for name, key in keys.items() if name in there]


def _columns(database: str, table: str, key: str) -> tuple[str, ...]:
    with connections[database].cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}" LIMIT 0')
        return (key, *(column[0] for column in cursor.description if column[0] != key))


def contents(databases: tuple[str, ...] = ("default",)) -> dict[tuple[str, Table], dict[Any, Row]]:
    """Every row of every table."""
    return {(name, table): table.rows(name) for name in databases for table in tables(name)}


@dataclass(frozen=True)
class _Kept:
    made: Any
    changes: list[tuple[str, Table, list[Any], list[Row]]]


_kept: dict[Hashable, _Kept] = {}


def once(name: Hashable, write: Callable[[], T], databases: tuple[str, ...] = ("default",)) -> T:
    """What `write` gives, and in the database what it writes: by it the first time, by copy from then on."""
    if name not in _kept:
        before = contents(databases)
        made = write()
        _kept[name] = _Kept(deepcopy(made), _changes(before, contents(databases)))
        return made
    kept = _kept[name]
    for database in databases:
        with transaction.atomic(using=database):
            for where, table, gone, come in kept.changes:
                if where == database:
                    table.change(database, gone, come)
    return deepcopy(kept.made)


def _changes(before: dict[Any, dict[Any, Row]], after: dict[Any, dict[Any, Row]]) -> list[Any]:
    found = []
    for (database, table), rows in after.items():
        earlier = before[database, table]
        gone = [key for key, row in earlier.items() if rows.get(key) != row]
        come = [row for key, row in rows.items() if earlier.get(key) != row]
        if gone or come:
            found.append((database, table, gone, come))
    return found
