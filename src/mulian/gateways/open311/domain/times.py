"""Times as the standard writes them: a common subset of ISO 8601 (W3C note) with a zone."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from mulian.kernel.clock import CN

_MOMENT = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?([Zz]|[+\- ]\d\d:?\d\d)"
)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def parsed(text: str, *, ends: bool = False) -> datetime | None:
    """A moment with a zone, or a whole day of the county (its beginning, or its end); None for anything else.

    A plus that arrived as a blank, because nobody escaped it in the address, is read as the plus it was.
    """
    found = _MOMENT.fullmatch(text.strip())
    try:
        if found is not None:
            year, month, day, hour, minute = (int(part) for part in found.groups()[:5])
            zone = _offset(found[7])
            naive = datetime(year, month, day, hour, minute, min(int(found[6] or 0), 59))  # noqa: DTZ001 -- zone next
            return (naive - zone).replace(tzinfo=UTC)
        if _DAY.fullmatch(text.strip()):
            begins = datetime.fromisoformat(text.strip()).replace(tzinfo=CN)
            return (begins + timedelta(days=1, seconds=-1) if ends else begins).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return None


def _offset(zone: str) -> timedelta:
    if zone in "Zz":
        return timedelta()
    sign = -1 if zone[0] == "-" else 1
    digits = zone[1:].replace(":", "")
    hours, minutes = int(digits[:2]), int(digits[2:])
    if hours > 14 or minutes > 59:
        raise ValueError(zone)
    return sign * timedelta(hours=hours, minutes=minutes)


def written(moment: datetime | None) -> str | None:
    """In the county's zone, whole seconds: 2026-11-22T09:30:00+08:00."""
    return moment.astimezone(CN).isoformat(timespec="seconds") if moment else None
