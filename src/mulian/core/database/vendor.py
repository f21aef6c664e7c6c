"""The few places where SQLite and PostgreSQL need different words."""

from __future__ import annotations

from typing import Any

from django.db import connections, models


def is_postgresql(alias: str = "default") -> bool:
    return connections[alias].vendor == "postgresql"


def skip_locked(queryset: models.QuerySet[Any]) -> models.QuerySet[Any]:
    """Claims rows no other worker holds; SQLite has one writer, so its lock is already exclusive."""
    return queryset.select_for_update(skip_locked=True) if is_postgresql(queryset.db) else queryset


def one_at_a_time(number: int, *, using: str = "default") -> None:
    """Until the transaction ends nobody else passes here with the same number; SQLite's one lock says so already."""
    if is_postgresql(using):
        with connections[using].cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])


def without_waiting(*, using: str = "default") -> None:
    """This transaction's commit does not wait for the disk: only for what a later one, that waits, makes last too.

    PostgreSQL writes its log in order, so nothing told after that later commit can be lost. SQLite always waits.
    """
    if is_postgresql(using):
        with connections[using].cursor() as cursor:
            cursor.execute("SET LOCAL synchronous_commit TO off")


class Aside(models.Func):
    """A column that is only compared, after others have found the row: SQLite takes no index by it.

    Without statistics it holds any index that begins with a compared column for a good one, the kind of thing
    included, of which there are half a million.
    """

    arity = 1
    template = "%(expressions)s"

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return super().as_sql(compiler, connection, template="+%(expressions)s", **context)


class CodeField(models.CharField):
    """A code compared byte by byte, so that a prefix is a range on an ordinary index."""

    def db_parameters(self, connection: Any) -> Any:
        parameters = super().db_parameters(connection)
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"
        return parameters


def more_than(number: int, rows: models.QuerySet[Any]) -> bool:
    """Whether a query finds more rows, without counting beyond."""
    return rows.order_by().values("pk")[number : number + 1].exists()


def prefix_range(code: str) -> tuple[str, str]:
    """Half-open range [code, next) holding exactly the codes that begin with `code` (ASCII codes)."""
    return code, code[:-1] + chr(ord(code[-1]) + 1)


def begins(field: str, text: str) -> models.Q:
    """A condition on a plain text column that its index can answer: SQLite knows none for LIKE."""
    low, high = prefix_range(text)
    if is_postgresql():
        return models.Q(**{f"{field}__startswith": text})
    return models.Q(**{f"{field}__gte": low, f"{field}__lt": high})
