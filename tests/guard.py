"""Lifts and restores the append-only guard of the event log, so that a test database can be emptied; and quickly."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from importlib import import_module
from typing import Any


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


def only_what_is_held() -> None:
    """PostgreSQL empties the tables that hold rows; a new file for each of a hundred costs more than most tests."""
    from django.db import connections

    for connection in connections.all():
        if connection.vendor == "postgresql":
            setattr(connection.ops, "sql_flush", partial(_flush, connection))  # noqa: B010  Django's own door


def _flush(connection: Any, style: object, tables: Iterable[str], **_: bool) -> list[str]:
    """Statements that leave the tables empty; no trigger fires, as with TRUNCATE."""
    asked = " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT FROM \"{name}\")" for name in tables)
    with connection.cursor() as cursor:
        cursor.execute(asked)
        held = [f'DELETE FROM "{name}"' for (name,) in cursor.fetchall()]
    role = "SET LOCAL session_replication_role ="
    return [f"{role} replica", *held, f"{role} DEFAULT"]


def no_types_and_permissions() -> None:
    """Those of Django, which Mulian never asks for, would be written anew after each test that empties the tables."""
    from django.contrib.contenttypes.management import create_contenttypes
    from django.db.models.signals import post_migrate

    assert post_migrate.disconnect(create_contenttypes)
    assert post_migrate.disconnect(dispatch_uid="django.contrib.auth.management.create_permissions")
