"""One clock for a process; the demo clock agrees between processes."""

from datetime import UTC, datetime, timedelta

import pytest

from mulian.kernel import clock

ANCHOR = datetime(2026, 11, 22, 1, tzinfo=UTC)
START = datetime(2026, 1, 1, 8, tzinfo=clock.CN)


def test_the_system_clock_is_aware_and_in_utc() -> None:
    assert clock.now().utcoffset() == timedelta(0)


def test_a_clock_in_use_ends_with_its_block() -> None:
    with clock.use(clock.FixedClock(START)):
        assert clock.now() == START
        with clock.use(clock.FixedClock(ANCHOR)):
            assert clock.now() == ANCHOR
        assert clock.now() == START
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(minutes=1)


def test_use_sets_the_clock_at_once() -> None:
    earlier = clock.use(clock.FixedClock(START))
    assert clock.now() == START
    with earlier:
        pass
    assert clock.now() != START


def test_two_demo_clocks_with_one_anchor_show_the_same() -> None:
    one, other = clock.DemoClock(START, 60, ANCHOR), clock.DemoClock(START, 60, ANCHOR)
    real = ANCHOR + timedelta(minutes=3)
    assert one.at(real) == other.at(real) == START + timedelta(hours=3)


def test_seven_days_pass_in_minutes() -> None:
    fast = clock.DemoClock(START, 2016, ANCHOR)
    assert fast.at(ANCHOR + timedelta(minutes=5)) == START + timedelta(days=7)


def test_a_demo_clock_shows_utc() -> None:
    assert clock.DemoClock(START, 1, ANCHOR).now().utcoffset() == timedelta(0)


@pytest.mark.parametrize("speed", [0, -1])
def test_a_demo_clock_never_runs_back(speed: float) -> None:
    with pytest.raises(ValueError, match="speed"):
        clock.DemoClock(START, speed)


def test_a_demo_clock_needs_a_zone() -> None:
    with pytest.raises(ValueError, match="zone"):
        clock.DemoClock(datetime(2026, 1, 1))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (datetime(2026, 1, 1, 15, 59, 59, tzinfo=UTC), "2026-01-01"),
        (datetime(2026, 1, 1, 16, 0, tzinfo=UTC), "2026-01-02"),
    ],
)
def test_days_begin_at_midnight_in_shanghai(at: datetime, day: str) -> None:
    assert clock.local_day(at) == day
