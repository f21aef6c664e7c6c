"""Versions of a policy: everything deadlines are counted by, as plain data with a name of its own.

The same rules and calendars always make the same name, so a promise can say by what it was counted, and an
earlier policy can be read back to count its promises on until they are planned again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from mulian.kernel.worktime import Calendar

if TYPE_CHECKING:
    from mulian.modules.cases.domain.promises import Policy, Rule

LENGTH = 12
"""Hex digits of a version's name: 48 bits, for the few hundred policies a county ever has."""


def name_of(policy: Policy) -> str:
    """The first digits of the SHA-256 of its content."""
    text = json.dumps(content(policy), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:LENGTH]


def content(policy: Policy) -> dict[str, Any]:
    """As JSON keeps it; the order of rules, days and areas does not matter."""
    return {
        "rules": sorted(
            (_rule(each) for each in policy.rules), key=lambda row: json.dumps(row, sort_keys=True)
        ),
        "calendars": {code: _calendar(each) for code, each in policy.calendars.items()},
        "remind_share": policy.remind_share,
        "remind_here": dict(policy.remind_here),
    }


def calendars(found: Mapping[str, Any]) -> dict[str, Calendar]:
    """The calendars of a kept version."""
    return {code: _read(code, row) for code, row in found["calendars"].items()}


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "code": rule.code,
        "kind": rule.kind.value,
        "minutes": rule.amount.minutes,
        "days": rule.amount.days,
        "clock": rule.clock,
        "urgent": rule.urgent,
        "areas": sorted(rule.areas),
        "topics": sorted(rule.topics),
        "from": rule.valid_from.isoformat(),
        "until": rule.valid_to.isoformat() if rule.valid_to else None,
        "after": rule.moment.value,
    }


def _calendar(calendar: Calendar) -> dict[str, Any]:
    return {
        "hours": [list(span) for span in calendar.hours],
        "weekdays": sorted(calendar.weekdays),
        "holidays": sorted(day.isoformat() for day in calendar.holidays),
        "workdays": sorted(day.isoformat() for day in calendar.workdays),
    }


def _read(code: str, row: Mapping[str, Any]) -> Calendar:
    return Calendar(
        code=code,
        hours=tuple((start, end) for start, end in row["hours"]),
        weekdays=frozenset(row["weekdays"]),
        holidays=frozenset(map(date.fromisoformat, row["holidays"])),
        workdays=frozenset(map(date.fromisoformat, row["workdays"])),
    )
