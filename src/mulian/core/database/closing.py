"""Gives back what a process holds of its databases."""

from __future__ import annotations

from django.db import connections

from mulian.core.database.vendor import is_postgresql


def close_everything() -> None:
    """This thread's connections, and on PostgreSQL those the process keeps ready for its threads.

    Before a fork, which would have two processes speak over one connection, and before a long life without questions.
    """
    connections.close_all()
    for alias in connections:
        if is_postgresql(alias):
            connections[alias].close_pool()  # type: ignore[attr-defined]  # PostgreSQL's own
