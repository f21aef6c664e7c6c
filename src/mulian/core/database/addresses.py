"""Turns `MULIAN_DATABASE_URL` into Django's settings: SQLite files in the data folder, or PostgreSQL."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

PREPARED_AFTER = 2
"""Uses of a statement on one connection after which its plan is kept (`?prepare_threshold=` says otherwise)."""
POOL = {"min_size": 1, "max_size": 48, "max_idle": 60.0, "num_workers": 1}
"""Connections a process shares among its threads, 2.5 MB each: as many as work at once, not as many as there are
threads (ADR 0052). More than all threads of a server together, so that none waits for another's; kept idle for seconds.
"""
UNCOMPILED = "-c jit=off"
"""Our statements take milliseconds; compiling one takes longer, and 30 MB for each connection that has begun it."""
READ_WHOLE = "-c cursor_tuple_fraction=1"
"""Django reads long answers through a cursor, which PostgreSQL plans for its first tenth. We read them to the end: a
village's month of figures took 409 ms so, and 77 ms planned whole (200,000 cases)."""


def database_settings(url: str, data: Path) -> dict[str, dict[str, Any]]:
    """`""` or `sqlite:///path` → a main and an intake file; `postgresql://…` → one database for both.

    The intake (accepted commands) has its own SQLite file so that accepting never waits for applying.
    """
    if url.startswith(("postgresql://", "postgres://")):
        return {"default": _postgresql(url)}
    if url and not url.startswith("sqlite:///"):
        raise ValueError("MULIAN_DATABASE_URL must begin with postgresql:// or sqlite:///")
    main = Path(url.removeprefix("sqlite:///")) if url else data / "mulian.sqlite3"
    intake = main.with_name(main.stem + "-intake" + main.suffix)
    return {"default": _sqlite(main), "intake": _sqlite(intake)}


def _sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "mulian.core.database",
        "NAME": str(path),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-1000"
            ),
        },
        "TEST": {"NAME": str(path.with_name("test-" + path.name))},
    }


def _postgresql(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    options["prepare_threshold"] = int(options.get("prepare_threshold", PREPARED_AFTER))
    options["pool"] = dict(POOL)
    options["options"] = f"{UNCOMPILED} {READ_WHOLE} {options.get('options', '')}".strip()
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }
