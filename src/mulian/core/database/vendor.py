"""The few places where SQLite and PostgreSQL need different words."""

from __future__ import annotations

from typing import Any

from django.db import connections, models


def is_postgresql(alias: str = "default") -> bool:
    return connections[alias].vendor == "postgresql"


def skip_locked(queryset: models.QuerySet[Any]) -> models.QuerySet[Any]:
    """Claims rows no other worker holds; SQLite has one writer, so its lock is already exclusive."""
    return queryset.select_for_update(skip_locked=True) if is_postgresql(queryset.db) else queryset


class CodeField(models.CharField):
    """A code compared byte by byte, so that a prefix is a range on an ordinary index."""

    def db_parameters(self, connection: Any) -> Any:
        parameters = super().db_parameters(connection)
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"
        return parameters


def prefix_range(code: str) -> tuple[str, str]:
    """Half-open range [code, next) holding exactly the codes that begin with `code` (ASCII codes)."""
    return code, code[:-1] + chr(ord(code[-1]) + 1)
