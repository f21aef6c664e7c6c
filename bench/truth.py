"""What really lies in the county's database, read beside the server: the referee of the fault runs."""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg


@dataclass(frozen=True)
class Command:
    """What became of one command. `raw` is None once the county has forgotten the bytes of an applied one."""

    state: str
    code: str
    raw: bytes | None


@dataclass(frozen=True)
class Truth:
    """`texts`: case → first line. `reported`, `added`: how many such events each case has. `sounds`: hash → state."""

    texts: dict[str, str]
    reported: Counter[str]
    added: Counter[str]
    commands: dict[str, Command]
    sounds: dict[str, str]


def read(folder: Path, database_url: str) -> Truth:
    """Everything as it stands now."""
    main, intake = _Reader(folder, database_url, "mulian"), _Reader(folder, database_url, "mulian-intake")
    events = [
        (name, _id(subject))
        for name, subject in main.rows(
            "SELECT name, subject_id FROM events_event WHERE name IN ('cases.reported', 'cases.added')"
        )
    ]
    decided = main.rows("SELECT id, state, code FROM sync_applied")
    waiting = intake.rows("SELECT id, state, code, raw FROM sync_command")
    commands = {_id(id): Command(state, code, None) for id, state, code in decided}
    commands |= {_id(id): Command(state, code, bytes(raw)) for id, state, code, raw in waiting}
    cases = main.rows("SELECT id, text FROM cases_case")
    return Truth(
        texts={_id(id): text.partition("\n")[0] for id, text in cases},
        reported=Counter(subject for name, subject in events if name == "cases.reported"),
        added=Counter(subject for name, subject in events if name == "cases.added"),
        commands=commands,
        sounds=dict(main.rows("SELECT sha256, state FROM files_blob")),
    )


def head(folder: Path, database_url: str) -> tuple[str, int]:
    """The epoch and the position of the log."""
    ((epoch, pos),) = _Reader(folder, database_url, "mulian").rows("SELECT epoch, pos FROM events_head")
    return str(epoch), int(pos)


@dataclass(frozen=True)
class _Reader:
    folder: Path
    database_url: str
    name: str

    def rows(self, statement: str) -> list[Any]:
        if self.database_url:
            with psycopg.connect(self.database_url) as postgres:
                return list(postgres.execute(statement.encode()).fetchall())
        with closing(sqlite3.connect(self.folder / f"{self.name}.sqlite3", timeout=60)) as lite:
            return lite.execute(statement).fetchall()


def _id(value: Any) -> str:
    """SQLite keeps ids as 32 hex digits, PostgreSQL as its own type."""
    return str(value if isinstance(value, UUID) else UUID(value))
