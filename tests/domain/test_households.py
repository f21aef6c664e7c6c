"""Where a household was, and how many a liaison serves."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mulian.modules.households.domain.capacity import Load, Range, judge
from mulian.modules.households.domain.history import Told, at_moment, spells

DAY0 = datetime(2026, 1, 1, tzinfo=UTC)
MOVES = st.lists(st.tuples(st.integers(0, 20), st.sampled_from(["winter", "spring", None])), max_size=8)


def told(moves: list[tuple[int, str | None]]) -> list[Told[str]]:
    return [Told(DAY0 + timedelta(days=day), turn, place) for turn, (day, place) in enumerate(moves)]


@given(MOVES, st.randoms())
def test_where_it_was_on_any_day_is_the_last_move_in_effect(
    moves: list[tuple[int, str | None]], chance: object
) -> None:
    said = told(moves)
    mixed = list(said)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    history = spells(mixed)
    for day in range(22):
        at = DAY0 + timedelta(days=day)
        before = [each for each in said if each.at <= at]
        expected = max(before, key=lambda each: (each.at, each.turn)).place if before else None
        found = at_moment(history, at)
        assert (found.place if found else None) == expected


@given(MOVES)
def test_spells_never_overlap_and_are_never_empty(moves: list[tuple[int, str | None]]) -> None:
    history = spells(told(moves))
    assert all(each.end is None or each.start < each.end for each in history)
    assert all(a.end is not None and a.end <= b.start for a, b in pairwise(history))


@pytest.mark.parametrize(
    ("households", "liaisons", "load"),
    [(5, 1, Load.FITS), (12, 1, Load.FITS), (4, 1, Load.FEW), (13, 1, Load.MANY), (24, 2, Load.FITS),
     (25, 2, Load.MANY), (9, 2, Load.FEW), (3, 0, Load.NOBODY), (0, 0, Load.FITS)],
)  # fmt: skip
def test_the_load_of_a_grid_area(households: int, liaisons: int, load: Load) -> None:
    assert judge(households=households, liaisons=liaisons, range=Range(5, 12)) is load


def test_a_range_goes_from_low_to_high() -> None:
    with pytest.raises(ValueError, match="low to high"):
        Range(12, 5)
