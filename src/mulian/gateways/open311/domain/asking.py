"""What GET requests asks for: a list by numbers, kinds, times and status, never more than the standard's bounds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from mulian.gateways.open311.domain.refusals import BAD_PAGE, BAD_STATUS, BAD_TIME, Refused
from mulian.gateways.open311.domain.times import parsed
from mulian.kernel.problems import Problem

SPAN = timedelta(days=90)
MOST = 1000
DEEPEST = 100
"""Pages one may leaf through: 90 days of a county fit in."""
_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
_NUMBERS_AT_ONCE = 1000
Given = Mapping[str, Sequence[str]]
"""Every parameter with all its values, as it came."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """`numbers` overrides everything else. `closed` None: both."""

    since: datetime
    until: datetime
    numbers: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    closed: bool | None = None
    changed_since: datetime | None = None
    changed_until: datetime | None = None
    limit: int = MOST
    offset: int = 0


def one(given: Given, name: str) -> str:
    """A parameter's value; an empty one is as good as none."""
    return next((value.strip() for value in reversed(given.get(name, ())) if value.strip()), "")


def several(given: Given, name: str) -> tuple[str, ...]:
    """Values given several times or parted by commas."""
    parts = (part.strip() for value in given.get(name, ()) for part in value.split(","))
    return tuple(dict.fromkeys(part for part in parts if part))


def asked(given: Given, now: datetime) -> Asked:
    """Raises Refused with everything that is wrong."""
    wrong: list[Problem] = []
    since, until = span(given, now, wrong)
    size, page = _count(given, "page_size", MOST, wrong), _count(given, "page", 1, wrong)
    size, page = min(size, MOST), min(page, DEEPEST)
    found = Asked(
        since=since,
        until=until,
        numbers=several(given, "service_request_id")[:_NUMBERS_AT_ONCE],
        codes=several(given, "service_code"),
        closed=_closed(given, wrong),
        changed_since=_time(given, ("updated_after", "updated_since"), wrong),
        changed_until=_time(given, ("updated_before",), wrong, ends=True),
        limit=size,
        offset=(page - 1) * size,
    )
    if wrong and not found.numbers:
        raise Refused(wrong)
    return found


def span(given: Given, now: datetime, wrong: list[Problem]) -> tuple[datetime, datetime]:
    """The newest 90 days before the end that was asked for, or fewer: a longer span is cut at its old end."""
    until = _time(given, ("end_date",), wrong, ends=True) or now
    until = max(until, _EARLIEST + SPAN)
    since = _time(given, ("start_date",), wrong)
    return max(since or until - SPAN, until - SPAN), until


def _time(
    given: Given, names: tuple[str, ...], wrong: list[Problem], *, ends: bool = False
) -> datetime | None:
    for name in names:
        if text := one(given, name):
            moment = parsed(text, ends=ends)
            if moment is None:
                wrong.append(Problem(BAD_TIME, name=name))
            return moment
    return None


def _count(given: Given, name: str, usual: int, wrong: list[Problem]) -> int:
    text = one(given, name)
    if not text:
        return usual
    if not (text.isascii() and text.isdigit()) or len(text) > 9 or int(text) < 1:
        wrong.append(Problem(BAD_PAGE))
        return usual
    return int(text)


def _closed(given: Given, wrong: list[Problem]) -> bool | None:
    found = {status.lower() for status in several(given, "status")}
    if found - {"open", "closed"}:
        wrong.append(Problem(BAD_STATUS))
    return "closed" in found if len(found) == 1 else None
