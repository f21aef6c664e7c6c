"""Lifts and restores the append-only guard of the event log, so that a test database can be emptied."""

from __future__ import annotations

from importlib import import_module


def restore() -> None:
    """The guard's triggers, the head row and the access version, as migrations made them."""
    from django.db import connection

    from mulian.core.access.models import AccessVersion
    from mulian.core.events.models import Head

    Head.objects.get_or_create(id=1)
    AccessVersion.objects.get_or_create(id=1)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for statement in import_module("mulian.core.events.migrations.0002_guard").SQLITE:
                cursor.execute(statement.replace("CREATE TRIGGER", "CREATE TRIGGER IF NOT EXISTS"))


def lift() -> None:
    """Only SQLite empties tables row by row; PostgreSQL truncates, which no row trigger sees."""
    from django.db import connection

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER IF EXISTS event_guard_delete")
            cursor.execute("DROP TRIGGER IF EXISTS event_guard_update")
