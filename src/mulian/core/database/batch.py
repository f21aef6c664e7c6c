"""Collects the writes of many small acts in one transaction, so that each table is written with one statement.

Twenty reports applied together cost a few inserts instead of three hundred. Outside a batch everything is written
at once, so callers need not know whether they run in one.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db import transaction

T = TypeVar("T")
Write = Callable[[list[Any]], None]


@dataclass
class _Batch:
    pending: list[tuple[Write, Any]] = field(default_factory=list)
    memory: dict[Hashable, Any] = field(default_factory=dict)


_current: ContextVar[_Batch | None] = ContextVar("_current", default=None)
_shared: ContextVar[dict[Hashable, Any] | None] = ContextVar("_shared", default=None)


@contextmanager
def sitting() -> Iterator[None]:
    """Several batches one after the other, within a fraction of a second: they share what they remember."""
    token = _shared.set({})
    try:
        yield
    finally:
        _shared.reset(token)


@contextmanager
def together() -> Iterator[None]:
    """Writes what was put off at its end, inside the caller's transaction; nothing when the body raises."""
    shared = _shared.get()
    batch = _Batch() if shared is None else _Batch(memory=shared)
    token = _current.set(batch)
    try:
        yield
        flush()
    except BaseException:
        batch.memory.clear()
        raise
    finally:
        _current.reset(token)


@contextmanager
def attempt() -> Iterator[None]:
    """A savepoint: when the body raises, its changes and what it put off are both undone."""
    batch = _current.get()
    before = list(batch.pending) if batch is not None else []
    try:
        with transaction.atomic():
            yield
    except BaseException:
        if batch is not None:
            batch.pending[:] = before
        raise


def later(write: Write, item: Any) -> None:
    """Puts an item off for `write(items)` at the end of the batch; without a batch it is written now."""
    batch = _current.get()
    if batch is None:
        write([item])
    else:
        batch.pending.append((write, item))


def flush() -> None:
    """Writes now what was put off, for who must read it: each writer once, in the order of first use."""
    batch = _current.get()
    if batch is None:
        return
    while batch.pending:
        pending, batch.pending[:] = list(batch.pending), []
        groups: dict[Write, list[Any]] = {}
        for write, item in pending:
            groups.setdefault(write, []).append(item)
        for write, items in groups.items():
            write(items)


def remembered(key: Hashable, make: Callable[[], T]) -> T:
    """What `make` answered first in this batch, or sitting of batches; outside one it is asked every time."""
    batch = _current.get()
    if batch is None:
        return make()
    if key not in batch.memory:
        batch.memory[key] = make()
    found: T = batch.memory[key]
    return found
