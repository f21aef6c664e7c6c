"""The short number a household is called by: its village, then a running number (204200-0137)."""

from __future__ import annotations

WIDTH = 4


def series(village: str) -> str:
    """What all numbers of a village begin with: township and village part of the code (three digits each)."""
    return f"{village[6:12]}-"


def number(village: str, running: int) -> str:
    return f"{series(village)}{running:0{WIDTH}d}"


def running(number: str) -> int:
    """The running part; 0 for a number of another form (an older ledger's)."""
    tail = number.rpartition("-")[2]
    return int(tail) if tail.isdigit() else 0
