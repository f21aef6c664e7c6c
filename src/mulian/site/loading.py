"""Loads the application once, in the process that starts the others: what they have alike is read and held once.

Each process by itself took two seconds of a small machine's core and 90 MB to come to the same place (ADR 0055).
"""

from __future__ import annotations

import gc
import threading


def load() -> None:
    """Apps, addresses and what works behind them. Opens no connection and starts no thread: its children fork."""
    from mulian.site import preparing  # noqa: PLC0415 -- the settings' environment stands only now

    preparing.setup()
    import granian.server  # noqa: F401, PLC0415 -- as above
    from django.db import connections  # noqa: PLC0415 -- as above
    from django.urls import get_resolver  # noqa: PLC0415 -- needs the apps

    from mulian.site import phones_first, runtime, working  # noqa: F401, PLC0415 -- as above

    get_resolver().reverse_dict  # noqa: B018 -- reading it reads every module of addresses
    made = [each for each in connections.all(initialized_only=True) if each.connection is not None]
    assert not made, "a connection made before a fork would be two processes'"
    assert threading.active_count() == 1, (
        "a lock a thread holds at a fork is held for ever in the new process"
    )
    gc.collect()
    gc.freeze()
