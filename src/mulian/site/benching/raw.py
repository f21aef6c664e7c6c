"""The machine's own limit: one connection that commits 1 KB rows in hundreds, with full durability."""

from __future__ import annotations

import sqlite3
import tempfile
import time
from pathlib import Path

from mulian.kernel.ids import uuid7

SHARE, PAYLOAD = 100, "x" * 900


def sqlite_rows(seconds: float) -> float:
    """Rows a second into SQLite (WAL, synchronous=FULL), ordered ids."""
    with tempfile.TemporaryDirectory(prefix="mulian-raw-") as folder:
        connection = sqlite3.connect(Path(folder) / "raw.sqlite3", isolation_level=None)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("CREATE TABLE row (id TEXT PRIMARY KEY, body TEXT)")
        began, rows = time.monotonic(), 0
        while time.monotonic() - began < seconds:
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany(
                "INSERT INTO row VALUES (?, ?)", [(uuid7().hex, PAYLOAD) for _ in range(SHARE)]
            )
            connection.execute("COMMIT")
            rows += SHARE
        return rows / (time.monotonic() - began)


def postgresql_rows(url: str, seconds: float) -> float:
    """The same into PostgreSQL with its own settings for durability."""
    import psycopg  # noqa: PLC0415 -- only where PostgreSQL is measured

    with psycopg.connect(url) as connection, connection.cursor() as cursor:
        cursor.execute("CREATE TABLE raw_row (id uuid PRIMARY KEY, body text)")
        connection.commit()
        began, rows = time.monotonic(), 0
        while time.monotonic() - began < seconds:
            cursor.executemany(
                "INSERT INTO raw_row VALUES (%s, %s)", [(uuid7(), PAYLOAD) for _ in range(SHARE)]
            )
            connection.commit()
            rows += SHARE
        speed = rows / (time.monotonic() - began)
        cursor.execute("DROP TABLE raw_row")
        return speed
