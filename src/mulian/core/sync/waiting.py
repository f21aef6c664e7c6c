"""Lets a reply wait a moment for the verdict, which the worker writes in another process.

While somebody waits, one thread asks the result table for all of them every few milliseconds. The feed tells every
verdict too: a reply may be lost where a copy of the same request was answered before.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from time import monotonic
from uuid import UUID

from django.db import connections

from mulian.core.database.quick import fetch, json_value, key, slots, uuid

EVERY = 0.01
SLOW = 1.0
"""Seconds for which nobody waits after somebody has waited in vain."""

_lock = threading.Lock()
_waiters: dict[UUID, Waiter] = {}
_watching: threading.Thread | None = None
_in_vain = float("-inf")


@dataclass(frozen=True)
class Verdict:
    """How a command stands now."""

    state: str
    code: str
    refs: dict[str, str]


class Waiter:
    """One request waiting for some ids."""

    def __init__(self, ids: Iterable[UUID]) -> None:
        self.open = set(ids)
        self.verdicts: dict[UUID, Verdict] = {}
        self.done = threading.Event()


def worthwhile(limit: int) -> bool:
    """Whether a verdict can be hoped for: few are waiting, and the last wait was not in vain."""
    return len(_waiters) < limit and monotonic() - _in_vain > SLOW


def wait(ids: Iterable[UUID], seconds: float) -> dict[UUID, Verdict]:
    """The verdicts that came within `seconds`."""
    global _in_vain
    waiter = Waiter(ids)
    with _lock:
        for id in waiter.open:
            _waiters[id] = waiter
        _watch()
    came = waiter.done.wait(seconds)
    with _lock:
        for id in waiter.open:
            _waiters.pop(id, None)
    if not came:
        _in_vain = monotonic()
    return waiter.verdicts


def _watch() -> None:
    """Starts the asking thread where it does not run (called with the lock held)."""
    global _watching
    if _watching is None:
        _watching = threading.Thread(target=_ask, name="verdicts", daemon=True)
        _watching.start()


def _ask() -> None:
    global _watching
    pause = threading.Event()
    try:
        while True:
            with _lock:
                ids = list(_waiters)
                if not ids:
                    _watching = None
                    return
            _hand_out(_results(ids))
            pause.wait(EVERY)
    except Exception:
        with _lock:
            _watching = None
        raise
    finally:
        connections.close_all()


def _results(ids: list[UUID]) -> dict[UUID, Verdict]:
    """Verdicts whose event is in the feed: what the command changed then comes down in the same reply."""
    statement = (
        "SELECT a.id, a.state, a.code, a.refs FROM sync_applied a JOIN events_event e ON e.subject_kind = 'receipt'"
        " AND e.subject_id = a.told_by WHERE e.pos IS NOT NULL AND a.id IN "
    ) + slots(len(ids))
    rows = fetch(statement, [key(id) for id in ids])
    return {uuid(row[0]): Verdict(row[1], row[2], json_value(row[3])) for row in rows}


def _hand_out(verdicts: dict[UUID, Verdict]) -> None:
    with _lock:
        for id, verdict in verdicts.items():
            waiter = _waiters.pop(id, None)
            if waiter is not None:
                waiter.verdicts[id] = verdict
                waiter.open.discard(id)
                if not waiter.open:
                    waiter.done.set()
