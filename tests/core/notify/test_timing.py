"""When an SMS may leave, minute by minute through two days."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mulian.core.notify.timing import BACKOFF, next_try, not_at_night, sms_due
from mulian.kernel.clock import CN

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
    assert sms_due(local(at).astimezone(UTC), urgent=False) == local(DUE[at])


@given(st.integers(0, 60 * 24 * 400))
def test_due_lies_ahead_outside_the_night_and_within_ten_hours(minutes: int) -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    due = sms_due(at, urgent=False)
    assert at < due <= at + timedelta(hours=10)
    assert 7 <= due.astimezone(CN).hour < 22
    assert sms_due(at, urgent=True) == at


def test_tries_go_on_for_hours_then_end() -> None:
    at = local("2026-11-21 21:58")
    waits = [next_try(at, attempt, urgent=True) for attempt in range(1, len(BACKOFF) + 2)]
    assert waits == [*(at + wait for wait in BACKOFF), None]
    assert next_try(at, 2, urgent=False) == local("2026-11-22 07:00")
    assert not_at_night(at) == at
