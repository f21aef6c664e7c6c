"""Writes many rows of one model at once.

Django's `bulk_update` builds a CASE tree and cost 50 times more here, and making a model object only to write it
cost as much as the write itself (ADR 0017): rows that nobody reads back are given as plain tuples.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from types import NoneType
from typing import Any
from uuid import UUID

import msgspec
from django.db import connections, models

from mulian.core.database.sending import PLAIN, Columns, Values, send_changes, send_rows

IGNORE = " ON CONFLICT DO NOTHING"
_PLAIN: dict[str, type] = {
    "BigAutoField": int,
    "BigIntegerField": int,
    "BooleanField": bool,
    "CharField": str,
    "FloatField": float,
    "IntegerField": int,
    "SmallIntegerField": int,
    "TextField": str,
}
"""Columns whose values of just this type pass to both drivers as they are."""


_known: dict[tuple[str, tuple[str, ...], str], Columns] = {}


def update_many(rows: Sequence[models.Model], names: Sequence[str], *, using: str = "default") -> None:
    """Writes the named fields of each row by its primary key. No signals, no `auto_now`; rows of one model."""
    if not rows:
        return
    connection = connections[using]
    meta: Any = rows[0]._meta
    fields = [*[meta.get_field(name) for name in names], meta.pk]
    send_changes(connection, _columns(meta, fields, connection), _attributes(rows, fields, connection))


def update_values(
    model: type[models.Model],
    names: Sequence[str],
    values: Sequence[tuple[Any, ...]],
    *,
    using: str = "default",
) -> None:
    """The same from tuples: the named fields, then the primary key."""
    if not values:
        return
    connection = connections[using]
    meta: Any = model._meta
    fields = [*[meta.get_field(name) for name in names], meta.pk]
    columns = [
        _converted(field, column, connection)
        for field, column in zip(fields, zip(*values, strict=True), strict=True)
    ]
    send_changes(connection, _columns(meta, fields, connection), list(zip(*columns, strict=True)))


def insert(rows: Sequence[models.Model], *, using: str = "default") -> None:
    """Inserts rows of one model; a key the database gives is not read back."""
    if not rows:
        return
    connection = connections[using]
    meta: Any = rows[0]._meta
    fields = [f for f in meta.concrete_fields if not (isinstance(f, models.AutoField) and rows[0].pk is None)]
    send_rows(connection, _columns(meta, fields, connection), _attributes(rows, fields, connection))


def insert_values(
    model: type[models.Model],
    names: Sequence[str],
    values: Iterable[tuple[Any, ...]],
    *,
    ending: str = "",
    using: str = "default",
) -> int:
    """Inserts tuples in the order of `names` (attribute names); columns that are not named get their default.

    Returns how many were inserted.
    """
    rows = list(values)
    if not rows:
        return 0
    connection = connections[using]
    by_name: dict[str, Any] = {field.attname: field for field in model._meta.concrete_fields}
    named = [by_name.pop(name) for name in names]
    others = [field for field in by_name.values() if not isinstance(field, models.AutoField)]
    rest = tuple(_converted(field, (field.get_default(),), connection)[0] for field in others)
    columns = [
        _converted(field, column, connection)
        for field, column in zip(named, zip(*rows, strict=True), strict=True)
    ]
    into = _columns(model._meta, [*named, *others], connection)
    return send_rows(connection, into, [row + rest for row in zip(*columns, strict=True)], ending)


def _columns(meta: Any, fields: Sequence[Any], connection: Any) -> Columns:
    """The same few tables and columns are asked for thousands of times a minute."""
    wanted = meta.label, tuple(field.column for field in fields), connection.vendor
    if wanted not in _known:
        _known[wanted] = _described(meta, fields, connection)
    return _known[wanted]


def _described(meta: Any, fields: Sequence[Any], connection: Any) -> Columns:
    quote = connection.ops.quote_name
    return Columns(
        table=quote(meta.db_table),
        names=tuple(quote(field.column) for field in fields),
        slots=tuple(_slot(field, connection) for field in fields),
        types=tuple(field.cast_db_type(connection) for field in fields),
    )


def _slot(field: Any, connection: Any) -> str:
    return field.get_placeholder(None, None, connection) if hasattr(field, "get_placeholder") else PLAIN


def _attributes(
    rows: Sequence[models.Model], fields: Sequence[Any], connection: Any
) -> list[tuple[Any, ...]]:
    columns = [
        _converted(field, tuple(getattr(row, field.attname) for row in rows), connection) for field in fields
    ]
    return list(zip(*columns, strict=True))


def _converted(field: Any, values: Values, connection: Any) -> Sequence[Any]:
    """A column from the field's values to the driver's; values of the field's own plain type need no asking."""
    kind, found = _kind(field), set(map(type, values)) - {NoneType}
    if kind in _PLAIN and found <= {_PLAIN[kind]}:
        return values
    if _PLAIN.get(kind) is str and all(issubclass(each, str) for each in found):
        return [value if value is None else str(value) for value in values]
    if kind == "UUIDField" and found <= {UUID}:
        native = connection.features.has_native_uuid_field
        return values if native else [value and value.hex for value in values]
    if kind == "JSONField" and field.encoder is None:
        return [None if value is None and field.null else _json(value) for value in values]
    prepare = field.get_db_prep_save
    if kind in ("DateField", "DateTimeField", "DurationField"):
        known = {value: prepare(value, connection) for value in set(values)}
        return [known[value] for value in values]
    return [None if value is None and field.null else prepare(value, connection) for value in values]


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def _kind(field: Any) -> str:
    """The kind of column, that of the target for a reference."""
    target = field.target_field if field.is_relation else field
    kind: str = target.get_internal_type()
    return kind
