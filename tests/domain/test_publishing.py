"""How public a case may be: the table, and that no mixture of marks ever shows more than each alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mulian.kernel.geo import Point, metres
from mulian.modules.cases.domain.publishing import Bearing, is_public, shown_point
from mulian.modules.cases.domain.topics import Follows, Kind

SPOT, VILLAGE = Point(33.9123456, 100.1543219), Point(33.94, 99.86)
NEAR = Point(33.912, 100.154)
LAMP = Bearing(listed=True, follows=Follows.PLACE, kind=Kind.PROBLEM)


@pytest.mark.parametrize(
    ("case", "public", "fine", "coarse"),
    [
        (LAMP, True, NEAR, VILLAGE),
        (replace(LAMP, kind=Kind.SUGGESTION), True, NEAR, VILLAGE),
        (replace(LAMP, household=True), True, VILLAGE, VILLAGE),
        (replace(LAMP, by_phone=True), True, VILLAGE, VILLAGE),
        (replace(LAMP, near_home=True), True, VILLAGE, VILLAGE),
        (replace(LAMP, listed=False), False, None, None),
        (replace(LAMP, follows=Follows.PERSON), False, None, None),
        (replace(LAMP, complaint=True), False, None, None),
        (replace(LAMP, kind=Kind.COMPLAINT), False, None, None),
        (replace(LAMP, kind=Kind.WISH), False, None, None),
        (replace(LAMP, kind=Kind.QUESTION), False, None, None),
        (replace(LAMP, kind=Kind.THANKS), False, None, None),
        (replace(LAMP, kind=Kind.TEST), False, None, None),
        (replace(LAMP, kind=Kind.CANCELLED), False, None, None),
    ],
)
def test_the_table_of_what_everybody_may_see(
    case: Bearing, public: bool, fine: Point | None, coarse: Point | None
) -> None:
    assert is_public(case) is public
    assert shown_point(case, point=SPOT, village=VILLAGE, fine=True) == fine
    assert shown_point(case, point=SPOT, village=VILLAGE, fine=False) == coarse
    assert shown_point(case, point=SPOT, village=None, fine=False) is None
    assert shown_point(case, point=None, village=VILLAGE, fine=True) == coarse


def test_what_is_shown_near_by_is_a_hundred_metres_off_at_most() -> None:
    shown = shown_point(LAMP, point=SPOT, village=VILLAGE, fine=True)

    assert shown is not None
    assert 1 < metres(shown, SPOT) < 100


@given(
    case=st.builds(
        Bearing,
        listed=st.booleans(),
        follows=st.sampled_from(Follows),
        kind=st.sampled_from(Kind),
        complaint=st.booleans(),
        household=st.booleans(),
        by_phone=st.booleans(),
        near_home=st.booleans(),
    ),
    point=st.builds(Point, st.floats(-90, 90), st.floats(-180, 180)),
    fine=st.booleans(),
)
def test_one_mark_of_a_person_is_enough_to_hide_the_spot(case: Bearing, point: Point, fine: bool) -> None:
    shown = shown_point(case, point=point, village=VILLAGE, fine=fine)

    if case.household or case.by_phone or case.near_home or not fine:
        assert shown in (None, VILLAGE)
    if not is_public(case):
        assert shown is None
