"""Working time against a counter that looks at every minute."""

import random
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mulian.kernel.clock import CN
from mulian.kernel.periods import Period
from mulian.kernel.worktime import ROUND, Calendar, after, between, open_on, outside

MINUTE = timedelta(minutes=1)
OFFICE = Calendar(
    "work",
    hours=((540, 720), (870, 1080)),
    weekdays=frozenset(range(5)),
    holidays=frozenset({date(2026, 2, 16), date(2026, 2, 17), date(2026, 2, 18)}),
    workdays=frozenset({date(2026, 2, 14), date(2026, 2, 28)}),
)
NIGHT_DUTY = Calendar("night", hours=((0, 60), (1380, 1440)))
EVERY_MINUTE = Calendar("always", hours=((0, 1440),), holidays=frozenset(), workdays=frozenset())
CALENDARS = (OFFICE, NIGHT_DUTY, EVERY_MINUTE, ROUND)
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2027, 12, 1), timezones=st.just(UTC))  # noqa: DTZ001 -- hypothesis adds the zone


def local(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=CN)  # type: ignore[misc,arg-type]


def open_minutes(calendar: Calendar, first: datetime, count: int) -> list[bool]:
    """The brute force: for each minute from `first`, whether its weekday, date and clock time are open."""
    found = []
    for number in range(count):
        here = (first + number * MINUTE).astimezone(CN)
        day, minute = here.date(), here.hour * 60 + here.minute
        works = day in calendar.workdays or (
            here.weekday() in calendar.weekdays and day not in calendar.holidays
        )
        found.append(works and any(start <= minute < end for start, end in calendar.hours))
    return found


def test_six_thousand_random_spans_equal_the_minute_counter() -> None:
    chance = random.Random(20261122)
    width = 9 * 24 * 60
    for calendar in CALENDARS:
        for _ in range(15):
            first = datetime(2026, 2, 9, tzinfo=UTC) + chance.randrange(20 * 1440) * MINUTE
            count = [0]
            for is_open_minute in open_minutes(calendar, first, width):
                count.append(count[-1] + is_open_minute)
            for _ in range(100):
                begin, end = sorted(chance.sample(range(width), 2))
                start, stop = first + begin * MINUTE, first + end * MINUTE
                worked = count[end] - count[begin]
                assert between(calendar, start, stop) == worked * MINUTE
                if worked:
                    due = after(calendar, start, worked * MINUTE)
                    reached = next(n for n in range(begin, width + 1) if count[n] - count[begin] >= worked)
                    assert due == first + reached * MINUTE


@given(MOMENTS, st.integers(0, 60 * 24 * 60 * 60))
def test_round_the_clock_is_the_wall_clock(start: datetime, seconds: int) -> None:
    amount = timedelta(seconds=seconds)
    assert after(ROUND, start, amount) == start + amount
    assert between(ROUND, start, start + amount) == amount


@given(MOMENTS, st.integers(0, 20 * 24 * 60 * 60))
def test_a_calendar_open_all_day_has_no_seam_at_midnight(start: datetime, seconds: int) -> None:
    seamed = Calendar("halves", hours=((0, 720), (720 + 1, 1440)), weekdays=frozenset(range(7)))
    whole = Calendar("whole", hours=((0, 1440),), holidays=frozenset({date(1999, 1, 1)}))
    amount = timedelta(seconds=seconds)
    assert not whole.is_round
    assert between(whole, start, start + amount) == amount
    assert after(whole, start, amount) == start + amount
    assert between(seamed, start, start + timedelta(days=1)) == timedelta(minutes=1439)


@settings(max_examples=200)
@given(st.sampled_from(CALENDARS), MOMENTS, st.integers(1, 60 * 24 * 20))
def test_after_and_between_are_inverse_and_after_is_the_first_moment(
    calendar: Calendar, start: datetime, minutes: int
) -> None:
    amount = minutes * MINUTE
    due = after(calendar, start, amount)
    assert between(calendar, start, due) == amount
    assert between(calendar, start, due - timedelta(seconds=1)) < amount


@given(st.sampled_from(CALENDARS), MOMENTS, st.integers(0, 9000), st.integers(0, 9000))
def test_time_worked_adds_up(calendar: Calendar, start: datetime, one: int, other: int) -> None:
    middle, end = start + one * MINUTE, start + (one + other) * MINUTE
    assert between(calendar, start, middle) + between(calendar, middle, end) == between(calendar, start, end)


def test_make_up_workdays_count_as_workdays() -> None:
    saturday = local(2026, 2, 14, 9)
    assert between(OFFICE, saturday, local(2026, 2, 14, 18)) == timedelta(minutes=390)
    assert between(OFFICE, local(2026, 2, 7, 9), local(2026, 2, 7, 18)) == timedelta(0)


def test_a_promise_made_before_the_festival_skips_it() -> None:
    friday = local(2026, 2, 13, 17)
    assert after(OFFICE, friday, timedelta(hours=2)) == local(2026, 2, 14, 10)
    assert after(OFFICE, friday, timedelta(minutes=60 + 390 + 30)) == local(2026, 2, 19, 9, 30)


def test_the_end_of_work_belongs_to_the_day_that_ends() -> None:
    assert after(OFFICE, local(2026, 2, 10, 17), timedelta(hours=1)) == local(2026, 2, 10, 18)


@pytest.mark.parametrize(
    ("at", "is_working"),
    [
        (local(2026, 2, 10, 8, 59), False),
        (local(2026, 2, 10, 9), True),
        (local(2026, 2, 10, 12), False),
        (local(2026, 2, 10, 14, 30), True),
        (local(2026, 2, 10, 18), False),
        (local(2026, 2, 14, 10), True),
        (local(2026, 2, 15, 10), False),
        (local(2026, 2, 17, 10), False),
    ],
)
def test_hours_are_half_open(at: datetime, is_working: bool) -> None:
    assert (between(OFFICE, at, at + timedelta(minutes=1)) > timedelta()) is is_working


def test_nothing_to_wait_for_is_due_at_once_even_at_night() -> None:
    night = local(2026, 2, 10, 3)
    assert after(OFFICE, night, timedelta(0)) == night


def test_a_calendar_that_never_opens_says_so() -> None:
    with pytest.raises(ValueError, match="closed"):
        after(Calendar("never", weekdays=frozenset()), local(2026, 2, 10, 3), MINUTE)


@pytest.mark.parametrize("hours", [((720, 540),), ((540, 720), (700, 800)), ((0, 1441),), ((-1, 5),)])
def test_hours_must_make_sense(hours: tuple[tuple[int, int], ...]) -> None:
    with pytest.raises(ValueError, match="calendar bad"):
        Calendar("bad", hours=hours)


def test_breaks_that_overlap_count_once() -> None:
    start, end = local(2026, 2, 10, 9), local(2026, 2, 10, 18)
    breaks = [
        Period(local(2026, 2, 10, 10), local(2026, 2, 10, 11)),
        Period(local(2026, 2, 10, 10, 30), None),
    ]
    assert outside(OFFICE, start, end, breaks) == timedelta(hours=1)


def test_open_periods_are_given_in_utc() -> None:
    first = open_on(OFFICE, date(2026, 2, 10))[0]
    assert first == Period(datetime(2026, 2, 10, 1, tzinfo=UTC), datetime(2026, 2, 10, 4, tzinfo=UTC))
