"""Snapshots of a SQLite file that a server is writing to: one read transaction, so one moment."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from mulian.kernel.problems import Problem

PAGES = 4096
"""Pages of 4 KiB copied between two words of progress."""


def snapshot(source: Path, target: Path, told: Callable[[int, int], None]) -> dict[str, int]:
    """Copies a database as it is at this moment and counts its tables then; writers go on undisturbed.

    The read transaction stays open from the first count to the last page, so nothing written meanwhile makes the
    copy begin anew. `told(done, all)` hears of pages. Raises `disk_full`.
    """
    with closing(sqlite3.connect(source, isolation_level=None, timeout=30)) as reading:
        reading.execute("BEGIN")
        counts = count(reading)
        try:
            with closing(sqlite3.connect(target)) as writing:
                reading.backup(writing, pages=PAGES, progress=lambda _, left, all: told(all - left, all))
                # One file, to be read and hashed without a log beside it.
                writing.execute("PRAGMA journal_mode=DELETE")
        except sqlite3.OperationalError as error:
            if "full" in str(error) or "disk I/O" in str(error):
                raise Problem("disk_full") from error
            raise
    target.chmod(0o600)
    return counts


def count(connection: sqlite3.Connection) -> dict[str, int]:
    """table → rows, of the tables of ours and of Django's; the search index's own are left out."""
    names = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        " AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
    )
    tables = [name for (name,) in names.fetchall()]
    return {name: connection.execute(f'SELECT COUNT(*) FROM "{name}"').fetchone()[0] for name in tables}
