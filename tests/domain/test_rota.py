"""The rota: hours nobody covers, against a counter of single minutes."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from mulian.kernel.clock import CN
from mulian.modules.cases.domain.rota import Gap, Span, Turn, away_from_all, gaps, listens, present

DAY = datetime(2026, 11, 23, tzinfo=CN)
ANY, OTHER = UUID(int=1), UUID(int=2)


def at(hour: float) -> datetime:
    return DAY + timedelta(hours=hour)


def turn(starts: float, ends: float, language: str = "bo", person: UUID = ANY) -> Turn:
    return Turn(UUID(int=9), person, language, at(starts), at(ends))


def gap(starts: float, ends: float, language: str = "bo") -> Gap:
    return Gap(language, at(starts), at(ends))


def test_an_empty_rota_is_one_gap() -> None:
    assert gaps([], {}, language="bo", since=at(0), until=at(24)) == [gap(0, 24)]


def test_a_turn_covers_its_language_and_one_without_covers_any() -> None:
    turns = [turn(0, 8), turn(8, 16, "zh-hans"), turn(20, 24, "")]
    assert gaps(turns, {}, language="bo", since=at(0), until=at(24)) == [gap(8, 20)]
    assert gaps(turns, {}, language="zh-hans", since=at(0), until=at(24)) == [
        gap(0, 8, "zh-hans"),
        gap(16, 20, "zh-hans"),
    ]


def test_leave_opens_a_gap_inside_a_turn_and_nobody_takes_it_over_by_itself() -> None:
    away = {ANY: [(at(10), at(12))]}
    mine = turn(8, 16)
    assert present(mine, away) == [(at(8), at(10)), (at(12), at(16))]
    assert gaps([mine], away, language="bo", since=at(8), until=at(16)) == [gap(10, 12)]
    assert gaps([mine, turn(9, 13, person=OTHER)], away, language="bo", since=at(8), until=at(16)) == []
    assert [listens(mine, away, at(hour)) for hour in (7.9, 8, 10, 11.9, 12, 16)] == [
        False, True, False, False, True, False,
    ]  # fmt: skip


def test_leave_from_one_of_two_duties_leaves_the_other() -> None:
    first, second = [(at(0), at(10))], [(at(6), at(24))]
    assert away_from_all([first, second]) == [(at(6), at(10))]
    assert away_from_all([first, []]) == []
    assert away_from_all([first]) == first
    assert away_from_all([]) == []


HOURS = st.integers(-4, 28)
SPANS = st.tuples(HOURS, st.integers(1, 12)).map(lambda s: (at(s[0]), at(s[0] + s[1])))
TURNS = st.builds(
    lambda span, language, person: Turn(UUID(int=9), person, language, *span),
    SPANS,
    st.sampled_from(["", "bo", "zh-hans"]),
    st.sampled_from([ANY, OTHER]),
)


@given(
    st.lists(TURNS, max_size=6), st.dictionaries(st.sampled_from([ANY, OTHER]), st.lists(SPANS, max_size=3))
)
def test_gaps_are_exactly_the_hours_in_which_nobody_can_be_asked(
    turns: list[Turn], away: dict[UUID, list[Span]]
) -> None:
    found = gaps(turns, away, language="bo", since=at(0), until=at(24))
    for hour in range(24):
        somebody = any(
            t.language in ("", "bo")
            and t.starts <= at(hour) < t.ends
            and not any(s <= at(hour) < e for s, e in away.get(t.person, ()))
            for t in turns
        )
        assert any(each.starts <= at(hour) < each.ends for each in found) is not somebody
    assert all(a.ends < b.starts for a, b in pairwise(found))
