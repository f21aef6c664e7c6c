"""The intake's file has the one table that lives there, and no change waits in any database."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [
    pytest.mark.slow,
    pytest.mark.sqlite_only("PostgreSQL keeps the commands in the one database"),
]
MAKE = """
from mulian.site import preparing; preparing.setup()
from mulian.core.database import migrating; migrating.migrate()
"""
WAITING = """
from mulian.site import preparing; preparing.setup()
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
executors = [MigrationExecutor(connections[alias]) for alias in connections]
print([executor.migration_plan(executor.loader.graph.leaf_nodes()) for executor in executors])
"""


def test_the_intake_has_its_table_and_nothing_waits(tmp_path: Path) -> None:
    assert run(MAKE, tmp_path) == ""
    assert run(WAITING, tmp_path) == "[[], []]\n"
    assert tables(tmp_path / "mulian-intake.sqlite3") == {"sync_command", "django_migrations"}
    assert {"sync_applied", "cases_case"} <= tables(tmp_path / "mulian.sqlite3")


def tables(path: Path) -> set[str]:
    with sqlite3.connect(path) as database:
        found = database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
        )
        return {name for (name,) in found}


def run(words: str, data: Path) -> str:
    env = {"MULIAN_DATA": str(data), "DJANGO_SETTINGS_MODULE": "mulian.settings", "PATH": ""}
    return subprocess.run(
        [sys.executable, "-c", words], env=env, check=True, capture_output=True, text=True
    ).stdout
