"""Limits per phone, not per address (a county may sit behind one): a bucket each, and urgent ones their own."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from time import monotonic
from uuid import UUID

from mulian.kernel.problems import Problem

BURST, REFILL = 600.0, 30.0
URGENT_BURST, URGENT_REFILL = 120.0, 4.0


@dataclass
class _Bucket:
    level: float
    at: float


_lock = threading.Lock()
_buckets: dict[tuple[UUID, bool], _Bucket] = {}


def spend(device: UUID, urgent: list[bool], now: float | None = None) -> None:
    """Takes one drop a command; raises `too_many` (429) when a phone's bucket is empty. Nothing is taken then."""
    moment = monotonic() if now is None else now
    wanted = {True: sum(urgent), False: len(urgent) - sum(urgent)}
    with _lock:
        levels = {flag: _level(device, flag, moment) for flag, count in wanted.items() if count}
        if any(levels[flag] < count for flag, count in wanted.items() if count):
            raise Problem("too_many")
        for flag in levels:
            _buckets[device, flag] = _Bucket(levels[flag] - wanted[flag], moment)


def _level(device: UUID, urgent: bool, now: float) -> float:
    burst, refill = (URGENT_BURST, URGENT_REFILL) if urgent else (BURST, REFILL)
    bucket = _buckets.get((device, urgent))
    return burst if bucket is None else min(burst, bucket.level + (now - bucket.at) * refill)
