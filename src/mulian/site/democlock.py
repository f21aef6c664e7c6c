"""The demo's clock, shared by all its processes."""

from __future__ import annotations

from datetime import datetime

from mulian.kernel import clock


def use(text: str) -> None:
    """`""` is the machine's clock; `start|speed|anchor` one that began at `start` at the instant `anchor`."""
    if text:
        start, speed, anchor = text.split("|")
        clock.use(
            clock.DemoClock(datetime.fromisoformat(start), float(speed), datetime.fromisoformat(anchor))
        )
