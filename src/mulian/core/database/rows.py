"""Writes many rows with one prepared statement.

Django's `bulk_update` builds a CASE tree and cost 50 times more here (ADR 0017).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connections, models

from mulian.core.database.quick import slots

_PLAIN: dict[str, type] = {
    "BooleanField": bool,
    "CharField": str,
    "FloatField": float,
    "IntegerField": int,
    "SmallIntegerField": int,
    "TextField": str,
}
"""Columns whose values of just this type pass to both drivers as they are."""


def update_many(rows: Sequence[models.Model], names: Sequence[str], *, using: str = "default") -> None:
    """Writes the named fields of each row by its primary key. No signals, no `auto_now`; rows of one model."""
    if not rows:
        return
    connection = connections[using]
    quote = connection.ops.quote_name
    meta: Any = rows[0]._meta
    fields = [meta.get_field(name) for name in names]
    key = meta.pk
    columns = ", ".join(f"{quote(field.column)} = %s" for field in fields)
    statement = f"UPDATE {quote(meta.db_table)} SET {columns} WHERE {quote(key.column)} = %s"
    with connection.cursor() as cursor:
        cursor.executemany(statement, _values(rows, [*fields, key], connection))


def insert(rows: Sequence[models.Model], *, using: str = "default") -> None:
    """Inserts rows of one model; a key the database gives is not read back."""
    _insert(rows, "", using)


def insert_new(rows: Sequence[models.Model], *, using: str = "default") -> None:
    """Inserts rows whose keys are new and leaves the others alone; rows of one model."""
    _insert(rows, " ON CONFLICT DO NOTHING", using)


def _insert(rows: Sequence[models.Model], ending: str, using: str) -> None:
    if not rows:
        return
    connection = connections[using]
    quote = connection.ops.quote_name
    meta: Any = rows[0]._meta
    fields = [f for f in meta.concrete_fields if not (isinstance(f, models.AutoField) and rows[0].pk is None)]
    columns = ", ".join(quote(field.column) for field in fields)
    statement = f"INSERT INTO {quote(meta.db_table)} ({columns}) VALUES {slots(len(fields))}{ending}"
    with connection.cursor() as cursor:
        cursor.executemany(statement, _values(rows, fields, connection))


def _values(rows: Sequence[models.Model], fields: Sequence[Any], connection: Any) -> list[tuple[Any, ...]]:
    return list(zip(*(_column(rows, field, connection) for field in fields), strict=True))


def _column(rows: Sequence[models.Model], field: Any, connection: Any) -> list[Any]:
    """One field of all rows as the driver takes it; what is of the field's own plain type needs no asking."""
    name, plain, prepare = field.attname, _PLAIN.get(_kind(field)), field.get_db_prep_save
    found = (getattr(row, name) for row in rows)
    return [value if value is None or type(value) is plain else prepare(value, connection) for value in found]


def _kind(field: Any) -> str:
    """The kind of column, that of the target for a reference."""
    target = field.target_field if field.is_relation else field
    kind: str = target.get_internal_type()
    return kind
