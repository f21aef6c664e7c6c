"""What differs between two versions of a policy, for whoever decides whether it shall hold for what runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

Kept = Mapping[str, Any]
"""A policy, or a part of it, as `versions.content` keeps it."""


@dataclass(frozen=True)
class RuleChange:
    """A rule before and now; None where there was or is none."""

    before: Kept | None
    now: Kept | None


@dataclass(frozen=True)
class CalendarChange:
    """Days of a calendar that became free or working ones; `hours`: its weekly hours changed."""

    code: str
    freed: tuple[date, ...] = ()
    worked: tuple[date, ...] = ()
    hours: bool = False


@dataclass(frozen=True)
class Changes:
    """Everything two versions differ in; `reminders`: when a promise is nearly over counts from another share."""

    rules: tuple[RuleChange, ...] = ()
    calendars: tuple[CalendarChange, ...] = ()
    reminders: bool = False


def changes(before: Kept, now: Kept) -> Changes:
    """From one version to the other, rules by code and calendars by theirs."""
    return Changes(
        rules=tuple(_rules(_by_code(before["rules"]), _by_code(now["rules"]))),
        calendars=tuple(_calendars(before["calendars"], now["calendars"])),
        reminders=any(before[key] != now[key] for key in ("remind_share", "remind_here")),
    )


def _rules(before: Mapping[str, Kept], now: Mapping[str, Kept]) -> list[RuleChange]:
    """A rule that got a last day is none any more, and the one that follows it is new."""
    codes = [*before, *(code for code in now if code not in before)]
    pairs = [RuleChange(before.get(code), now.get(code)) for code in codes]
    return [each for each in pairs if each.before != each.now]


def _by_code(rules: list[Kept]) -> dict[str, Kept]:
    """Rules of one code are told apart by the day they begin to hold."""
    return {f"{rule['code']} {rule['from']}": rule for rule in rules}


def _calendars(before: Kept, now: Kept) -> list[CalendarChange]:
    both = [code for code in now if code in before and before[code] != now[code]]
    return [_calendar(code, before[code], now[code]) for code in both]


def _calendar(code: str, before: Kept, now: Kept) -> CalendarChange:
    """A make-up workday that is taken back is a free day again, and a holiday taken back a working one."""
    freed = {*_new("holidays", before, now), *_new("workdays", now, before)}
    worked = {*_new("workdays", before, now), *_new("holidays", now, before)}
    hours = any(before[key] != now[key] for key in ("hours", "weekdays"))
    return CalendarChange(code, tuple(sorted(freed - worked)), tuple(sorted(worked - freed)), hours)


def _new(key: str, before: Kept, now: Kept) -> set[date]:
    return {date.fromisoformat(day) for day in set(now[key]) - set(before[key])}
