"""When an SMS may leave, minute by minute through two days."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mulian.core.notify.timing import BACKOFF, next_try, sms_due
from mulian.kernel.clock import CN
from mulian.kernel.quiet import NIGHT, QuietHours

DUE = {
    "2026-11-21 09:30": "2026-11-21 10:00",
    "2026-11-21 10:00": "2026-11-21 11:00",
    "2026-11-21 20:59": "2026-11-21 21:00",
    "2026-11-21 21:00": "2026-11-22 07:00",
    "2026-11-21 22:00": "2026-11-22 07:00",
    "2026-11-21 23:59": "2026-11-22 07:00",
    "2026-11-22 00:00": "2026-11-22 07:00",
    "2026-11-22 06:10": "2026-11-22 07:00",
    "2026-11-22 07:00": "2026-11-22 08:00",
    "2026-12-31 22:30": "2027-01-01 07:00",
}


def local(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=CN)


@pytest.mark.parametrize("at", DUE)
def test_what_can_wait_leaves_with_the_hour_and_never_at_night(at: str) -> None:
    assert sms_due(local(at).astimezone(UTC), urgent=False, quiet=NIGHT) == local(DUE[at])


@given(st.integers(0, 60 * 24 * 400))
def test_due_lies_ahead_outside_the_night_and_within_ten_hours(minutes: int) -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    due = sms_due(at, urgent=False, quiet=NIGHT)
    assert at < due <= at + timedelta(hours=10)
    assert 7 <= due.astimezone(CN).hour < 22
    assert sms_due(at, urgent=True, quiet=NIGHT) == at


def test_tries_go_on_for_hours_then_end() -> None:
    at = local("2026-11-21 21:58")
    waits = [next_try(at, attempt, urgent=True, quiet=NIGHT) for attempt in range(1, len(BACKOFF) + 2)]
    assert waits == [*(at + wait for wait in BACKOFF), None]
    assert next_try(at, 2, urgent=False, quiet=NIGHT) == local("2026-11-22 07:00")
    assert NIGHT.tell_at(at) == at


@pytest.mark.parametrize(
    ("start", "end", "at", "due"),
    [
        (time(20), time(9), "2026-11-21 19:30", "2026-11-22 09:00"),
        (time(20), time(9), "2026-11-21 18:30", "2026-11-21 19:00"),
        (time(12), time(14), "2026-11-21 11:10", "2026-11-21 14:00"),
        (time(0), time(0), "2026-11-21 23:10", "2026-11-22 00:00"),
    ],
)
def test_the_county_says_when_it_is_quiet_and_alarms_do_not_ask(
    start: time, end: time, at: str, due: str
) -> None:
    quiet = QuietHours(start, end)
    assert sms_due(local(at), urgent=False, quiet=quiet) == local(due)
    assert sms_due(local(at), urgent=True, quiet=quiet) == local(at)
