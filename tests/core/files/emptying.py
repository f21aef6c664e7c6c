"""Tests with real transactions empty all tables afterwards, which the event log's guard rightly forbids.

A module with such tests imports both fixtures: the guard is lifted while the module runs, and the rows that
migrations wrote are put back before each test and at the end.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

GUARDS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'event_guard%'"


@pytest.fixture(scope="module", autouse=True)
def unguarded_log(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """SQLite empties a table row by row, which the guard sees; gives the rows that migrations wrote."""
    with django_db_blocker.unblock():
        rows = _of_ours(connection.creation.serialize_db_to_string())
        guards = _lift()
    yield rows
    with django_db_blocker.unblock():
        connection.creation.deserialize_db_from_string(rows)
        _run(sql for _, sql in guards)


@pytest.fixture
def rows_of_migrations(unguarded_log: str, transactional_db: None) -> None:
    """The test before emptied them too."""
    connection.creation.deserialize_db_from_string(unguarded_log)


def _of_ours(rows: str) -> str:
    """Django's own rows come back by themselves."""
    return json.dumps(
        [row for row in json.loads(rows) if not row["model"].startswith(("auth.", "contenttypes."))]
    )


def _lift() -> list[tuple[str, str]]:
    if connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        guards = cursor.execute(GUARDS).fetchall()
    _run(f"DROP TRIGGER {name}" for name, _ in guards)
    return list(guards)


def _run(statements: Any) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
