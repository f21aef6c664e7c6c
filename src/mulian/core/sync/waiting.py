"""Lets a reply wait a moment for the verdict, and makes sure a verdict is told exactly one way.

Whoever takes the id decides: if the applier finds a waiter, the reply carries the verdict; if the waiter has
given up, the applier writes an event instead and the phone learns it as a change of kind `receipt`.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from time import monotonic
from uuid import UUID

_lock = threading.Lock()
_waiters: dict[UUID, Waiter] = {}


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
        self.taken: set[UUID] = set()
        self.verdicts: dict[UUID, Verdict] = {}
        self.done = threading.Event()


def start(ids: Iterable[UUID]) -> Waiter:
    waiter = Waiter(ids)
    with _lock:
        for id in waiter.open:
            _waiters.setdefault(id, waiter)
        waiter.open = {id for id in waiter.open if _waiters[id] is waiter}
    if not waiter.open:
        waiter.done.set()
    return waiter


def count() -> int:
    """How many ids are being waited for in this process (the queue's length, as replies see it)."""
    return len(_waiters)


def finish(waiter: Waiter, seconds: float) -> dict[UUID, Verdict]:
    """Waits up to `seconds`; for ids the applier has already taken, until it is done with them."""
    until = monotonic() + seconds
    waiter.done.wait(seconds)
    with _lock:
        for id in list(waiter.open - waiter.taken):
            _waiters.pop(id, None)
            waiter.open.discard(id)
        empty = not waiter.open
    if not empty:
        waiter.done.wait(max(0.0, until - monotonic()) + 2)
    return waiter.verdicts


def take(ids: Iterable[UUID]) -> set[UUID]:
    """The applier claims the ids somebody waits for: their replies will carry the verdict."""
    with _lock:
        taken = {id for id in ids if id in _waiters}
        for id in taken:
            _waiters[id].taken.add(id)
    return taken


def release(verdicts: Mapping[UUID, Verdict]) -> None:
    """The applier is done with these ids (decided, or put back for later)."""
    with _lock:
        for id, verdict in verdicts.items():
            waiter = _waiters.pop(id, None)
            if waiter is not None:
                waiter.verdicts[id] = verdict
                waiter.open.discard(id)
                if not waiter.open:
                    waiter.done.set()
