"""Where a household was, and how many a liaison serves."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mulian.modules.households.domain.capacity import Load, Range, judge
from mulian.modules.households.domain.happening import Person, cannot_come, cannot_go, successor
from mulian.modules.households.domain.history import Spell, Told, at_moment, spells
from mulian.modules.households.domain.lives import BEGINNING, Seat, Why, from_day

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


def person(turn: int, relation: str = "other", born: int | None = 1990, speaks: bool = False) -> Person:
    return Person(UUID(int=turn), f"合成{turn}", born, relation, speaks, turn)


@pytest.mark.parametrize(
    ("why", "born", "relation", "name", "wrong"),
    [
        (Why.BIRTH, 2026, "child", "新", None), (Why.BIRTH, None, "child", "新", None),
        (Why.BIRTH, 2025, "child", "新", "households.before_birth"),
        (Why.MARRIED_IN, 2027, "spouse", "新", "households.before_birth"),
        (Why.MARRIED_IN, 2000, "head", "新", "households.two_heads"),
        (Why.BIRTH, 2026, "child", "合成2", "households.came_already"),
        (Why.BIRTH, None, "child", "合成2", "households.came_already"), (Why.BIRTH, 2026, "child", "", None),
        (Why.MOVED_IN, 1990, "other", "合成1", None),
    ],
)  # fmt: skip
def test_who_cannot_have_come(
    why: Why, born: int | None, relation: str, name: str, wrong: str | None
) -> None:
    there = [person(1, "head", born=1960), person(2, "child", born=2026)]
    came = date(2026, 5, 1)
    assert cannot_come(why, came, name=name, born=born, relation=relation, present=there) == wrong


@pytest.mark.parametrize(
    ("why", "day", "born", "wrong"),
    [
        (Why.DEATH, date(2026, 5, 1), 1960, None), (Why.DEATH, date(1959, 5, 1), 1960, "households.before_birth"),
        (Why.DEATH, date(2026, 2, 1), 1960, None), (Why.DEATH, date(2025, 2, 1), 1960, "households.before_came"),
        (Why.MOVED_OUT, date(2026, 2, 1), 1960, "households.before_came"),
        (Why.MOVED_OUT, date(2026, 3, 1), None, None),
    ],
)  # fmt: skip
def test_who_cannot_have_gone(why: Why, day: date, born: int | None, wrong: str | None) -> None:
    """Came in January, split off in March: a death in February is late news, a leaving then is none."""
    first, new = Seat(UUID(int=1), 1, "child"), Seat(UUID(int=2), 1, "head")
    january, march = from_day(date(2026, 1, 1)), from_day(date(2026, 3, 1))
    history = [Spell(first, january, march), Spell(new, march, None)]
    assert cannot_go(why, day, born=born, history=history) == wrong


def test_of_who_was_always_there_any_day_after_the_birth_can_be_told() -> None:
    history = [Spell(Seat(UUID(int=1), 1, "child"), BEGINNING, None)]
    assert cannot_go(Why.MOVED_OUT, date(1990, 1, 1), born=1990, history=history) is None


@pytest.mark.parametrize(
    ("people", "heir"),
    [
        ([], None), ([person(1, born=2020)], 1), ([person(1, "child", 2020), person(2, "parent", 1950)], 2),
        ([person(1, "parent", 1950), person(2, "spouse")], 2),
        ([person(1, "spouse"), person(2, "child", 2000, speaks=True)], 2),
        ([person(1, born=2000), person(2, born=1980), person(3, born=None)], 2),
    ],
)  # fmt: skip
def test_who_heads_a_household_whose_head_left(people: list[Person], heir: int | None) -> None:
    found = successor(people, 2026)
    assert (found.int if found else None) == heir
