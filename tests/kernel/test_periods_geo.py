"""Half-open periods; distances and the shifted map datum."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mulian.kernel.geo import Point, from_gcj02, metres, nearest, to_gcj02
from mulian.kernel.periods import Period, merged

DAY0 = datetime(2026, 1, 1, tzinfo=UTC)
HOURS = st.integers(0, 60)


def at(hour: int) -> datetime:
    return DAY0 + timedelta(hours=hour)


def period(pair: tuple[int, int]) -> Period:
    return Period(at(min(pair)), at(max(pair)))


PERIODS = st.tuples(HOURS, HOURS).map(period)


def test_the_start_is_inside_and_the_end_is_not() -> None:
    held = Period(at(1), at(2))
    assert [held.holds(at(1)), held.holds(at(2) - timedelta(seconds=1)), held.holds(at(2))] == [
        True,
        True,
        False,
    ]


def test_touching_periods_share_nothing() -> None:
    assert Period(at(1), at(2)).overlap(Period(at(2), at(3))) is None


def test_an_open_period_has_no_length() -> None:
    with pytest.raises(ValueError, match="open"):
        _ = Period(at(1)).length


def test_a_period_never_ends_before_it_starts() -> None:
    with pytest.raises(ValueError, match="before"):
        Period(at(2), at(1))


def test_closing_never_lengthens() -> None:
    assert Period(at(1), at(2)).closed(at(5)) == Period(at(1), at(2))
    assert Period(at(1)).closed(at(5)) == Period(at(1), at(5))


@given(st.lists(PERIODS, max_size=8))
def test_merged_holds_the_same_hours_in_order_and_apart(periods: list[Period]) -> None:
    result = merged(periods)
    for hour in range(61):
        assert any(each.holds(at(hour)) for each in result) == any(each.holds(at(hour)) for each in periods)
    assert all(a.end is not None and a.end < b.start for a, b in pairwise(result))


def test_a_degree_of_latitude_is_about_111_kilometres() -> None:
    assert metres(Point(34, 100), Point(35, 100)) == pytest.approx(111_195, abs=50)


def test_the_nearest_place_lies_within_the_radius_or_there_is_none() -> None:
    places = [("far", Point(34.2, 100)), ("near", Point(34.1, 100))]
    hit = nearest(Point(34, 100), places, 20_000)
    assert hit is not None
    assert (hit[0], round(hit[1], -2)) == ("near", 11_100)
    assert nearest(Point(33, 100), places, 20_000) is None


@given(st.floats(20, 50), st.floats(80, 130))
def test_the_shifted_datum_comes_back_to_a_centimetre(lat: float, lon: float) -> None:
    there = to_gcj02(Point(lat, lon))
    assert metres(from_gcj02(*there), Point(lat, lon)) < 0.01


def test_the_shift_in_qinghai_is_hundreds_of_metres() -> None:
    lat, lon = to_gcj02(Point(33.97, 99.9))
    assert 100 < metres(Point(lat, lon), Point(33.97, 99.9)) < 700


def test_outside_china_nothing_is_shifted() -> None:
    assert to_gcj02(Point(48.85, 2.35)) == (48.85, 2.35)


@pytest.mark.parametrize(("lat", "lon"), [(91, 0), (0, 181), (float("nan"), 0), (0, float("inf"))])
def test_a_point_lies_on_the_earth(lat: float, lon: float) -> None:
    with pytest.raises(ValueError, match="earth"):
        Point(lat, lon)
