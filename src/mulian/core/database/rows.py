"""Writes many rows of one model at once.

Django's `bulk_update` builds a CASE tree and cost 50 times more here, and making a model object only to write it
cost as much as the write itself (ADR 0017): rows that nobody reads back are given as plain tuples.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import connections, models

from mulian.core.database.sending import PLAIN, Columns, send_changes, send_rows

Convert = Callable[[Any], Any]
IGNORE = " ON CONFLICT DO NOTHING"
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
    meta: Any = rows[0]._meta
    fields = [*[meta.get_field(name) for name in names], meta.pk]
    send_changes(connection, _columns(meta, fields, connection), _attributes(rows, fields, connection))


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
    rest = tuple(_converter(field, connection)(field.get_default()) for field in others)
    columns = [
        map(_converter(field, connection), column)
        for field, column in zip(named, zip(*rows, strict=True), strict=True)
    ]
    into = _columns(model._meta, [*named, *others], connection)
    return send_rows(connection, into, [row + rest for row in zip(*columns, strict=True)], ending)


def _columns(meta: Any, fields: Sequence[Any], connection: Any) -> Columns:
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
        map(_converter(field, connection), [getattr(row, field.attname) for row in rows]) for field in fields
    ]
    return list(zip(*columns, strict=True))


def _converter(field: Any, connection: Any) -> Convert:
    """From the field's value to the driver's; what is of the field's own plain type needs no asking."""
    kind, prepare = _kind(field), field.get_db_prep_save
    plain = _PLAIN.get(kind)
    if plain is not None:
        return lambda value: value if value is None or type(value) is plain else prepare(value, connection)
    if kind == "UUIDField":
        native = connection.features.has_native_uuid_field
        return lambda value: (
            prepare(value, connection) if type(value) is not UUID else value if native else value.hex
        )
    if kind == "DateTimeField":
        return _Remembering(lambda value: prepare(value, connection))
    return lambda value: None if value is None and field.null else prepare(value, connection)


class _Remembering(dict[Any, Any]):
    """Rows written together mostly carry the same moment: it is turned into the driver's form once."""

    def __init__(self, convert: Convert) -> None:
        super().__init__()
        self._convert = convert

    def __missing__(self, value: Any) -> Any:
        self[value] = found = None if value is None else self._convert(value)
        return found

    __call__ = dict.__getitem__


def _kind(field: Any) -> str:
    """The kind of column, that of the target for a reference."""
    target = field.target_field if field.is_relation else field
    kind: str = target.get_internal_type()
    return kind
