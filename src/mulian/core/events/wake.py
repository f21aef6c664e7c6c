"""Tells this process's background threads that something was committed; they also look by themselves."""

from __future__ import annotations

import threading

committed = threading.Event()


def wake() -> None:
    committed.set()


def wait(seconds: float) -> None:
    """Returns when something was committed in this process, or after `seconds`."""
    committed.wait(seconds)
    committed.clear()
