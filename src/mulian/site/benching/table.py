"""Runs the measurements on each database and prints the table."""

from __future__ import annotations

import os
import platform
import signal
import sqlite3
import sys
from collections.abc import Iterable

from mulian.site.benching import measures, raw
from mulian.site.benching.measures import Row
from mulian.site.benching.server import Server, running

PHONES = 800


def run(*, quick: bool, only: str) -> int:
    """SQLite always; PostgreSQL too when `MULIAN_DATABASE_URL` names an empty one. Exit code 0 whatever is reached."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # the demo it measures ends with it
    print(f"Mulian bench on {platform.machine()}, {os.cpu_count()} cores, SQLite {sqlite3.sqlite_version}")
    url = os.environ.pop("MULIAN_DATABASE_URL", "")
    _database("", quick, only)
    if url.startswith("postgres"):
        _database(url, quick, only)
    else:
        print("\nPostgreSQL: left out (set MULIAN_DATABASE_URL, or run `make bench`, which starts one)")
    return 0


def _database(url: str, quick: bool, only: str) -> None:
    seconds = 3.0 if quick else 15.0
    limit = raw.postgresql_rows(url, seconds / 3) if url else raw.sqlite_rows(seconds / 3)
    with running(url, PHONES) as server:
        print(f"\n{server.database}")
        _print([Row("raw commits of 100 rows, ordered ids", f"{limit:,.0f} rows/s")])
        for name, rows in _parts(server, quick, seconds, limit).items():
            if not only or only == name:
                _print(rows)


def _parts(server: Server, quick: bool, seconds: float, limit: float) -> dict[str, Iterable[Row]]:
    """Lazily: each part runs when its rows are printed."""
    return {
        "sync": measures.syncs(server),
        "accept_only": measures.accept_only(server, seconds),
        "spike": measures.spike(server, 6.0 if quick else 30.0, 500.0),
        "accept": measures.accept(server, seconds),
        "pushes": measures.pushes(server, seconds / 3, limit),
        "pages": measures.pages(server),
        "memory": measures.memory(server),
    }


def _print(rows: Iterable[Row]) -> None:
    for row in rows:
        mark = {True: "reached", False: "MISSED", None: ""}[row.reached]
        print(f"  {row.what:<52} {row.figure:<36} {row.goal:<14} {mark}".rstrip(), flush=True)
