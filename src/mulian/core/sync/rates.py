"""Limits per phone, not per address (a county may sit behind one): a bucket each, and urgent ones their own."""

from __future__ import annotations

from time import monotonic
from uuid import UUID

from mulian.kernel.bucket import Buckets
from mulian.kernel.problems import Problem

PLAIN = Buckets(burst=600, refill=30)
URGENT = Buckets(burst=120, refill=4)


def spend(device: UUID, urgent: list[bool], now: float | None = None) -> None:
    """Takes one drop a command; raises `too_many` (429) when a phone's bucket is empty. Nothing is taken then.

    Only the intake's thread asks, so nobody takes between the look and the taking.
    """
    moment = monotonic() if now is None else now
    pressing = sum(urgent)
    wanted = [(URGENT, pressing), (PLAIN, len(urgent) - pressing)]
    if not all(bucket.holds(device, moment, count) for bucket, count in wanted):
        raise Problem("too_many")
    for bucket, count in wanted:
        if count:
            bucket.take(device, moment, count)
