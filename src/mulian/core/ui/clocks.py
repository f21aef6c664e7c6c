"""A promise shown as a clock: how much of its time is gone, in which tone, shape and words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from mulian.core.ui.spans import left

CIRCUMFERENCE = 100.0
"""The ring is drawn with pathLength 100, so a share is a percentage."""
NEAR = 0.8
"""From this share of its time on a promise is near (the ladder's reminder)."""


@dataclass(frozen=True)
class Clock:
    """What the template draws. `gone` is 0 to 100; `tone` and `shape` name chip styles."""

    title: str
    words: str
    tone: str
    shape: str
    gone: float
    due: datetime | None
    met: datetime | None


def clock(promise: Any, *, now: datetime) -> Clock:
    """Reads title, start, due, met, state (and `paused_words`) from an object or mapping."""
    state = str(_read(promise, "state") or "running")
    due, met = _read(promise, "due"), _read(promise, "met")
    gone = _gone(_read(promise, "start"), due, met or now)
    tone, shape = _look(state, gone, overdue=bool(due and not met and now > due))
    words = _words(state, due, now, _read(promise, "paused_words"))
    return Clock(str(_read(promise, "title") or ""), words, tone, shape, gone, due, met)


def _read(promise: Any, name: str) -> Any:
    return promise.get(name) if isinstance(promise, Mapping) else getattr(promise, name, None)


def _gone(start: datetime | None, due: datetime | None, at: datetime) -> float:
    if not start or not due or due <= start:
        return CIRCUMFERENCE
    share = (at - start) / (due - start)
    return round(min(max(share, 0.0), 1.0) * CIRCUMFERENCE, 1)


def _look(state: str, gone: float, *, overdue: bool) -> tuple[str, str]:
    fixed = {
        "met": ("good", "tick"),
        "late": ("warn", "tick"),
        "missed": ("danger", "triangle"),
        "paused": ("neutral", "pause"),
        "cancelled": ("neutral", "cross"),
    }
    if state in fixed:
        return fixed[state]
    if overdue:
        return "danger", "triangle"
    return ("warn", "clock") if gone >= NEAR * CIRCUMFERENCE else ("info", "clock")


def _words(state: str, due: datetime | None, now: datetime, paused: str | None) -> str:
    match state:
        case "met":
            return _("done in time")
        case "late":
            return _("done late")
        case "paused":
            return paused or _("the clock stands still")
        case "cancelled":
            return _("no longer runs")
    return left(due, now=now) if due else ""
