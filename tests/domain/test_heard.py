"""Time to be heard: ranks that happened, and no gain from leaving a voice unheard."""

from __future__ import annotations

from math import ceil

from hypothesis import given
from hypothesis import strategies as st

from mulian.modules.cases.domain.heard import Rank, Spread, Wait, spread


def test_ranks_of_a_day() -> None:
    found = spread([Wait(each) for each in (4, 1, 3, 2, 100, 5, 6, 7, 8, 9)])
    assert found == Spread(10, 0, Rank(5, False), Rank(9, False))
    assert spread([]) == Spread(0, 0, None, None)
    assert spread([Wait(7)]) == Spread(1, 0, Rank(7, False), Rank(7, False))


def test_an_unheard_voice_counts_with_its_time_so_far_and_makes_what_lies_above_it_a_least() -> None:
    found = spread([Wait(1), Wait(2), Wait(50, unheard=True)])
    assert found == Spread(3, 1, Rank(2, False), Rank(50, True))
    early = spread([Wait(1, unheard=True), Wait(2), Wait(3)])
    assert early == Spread(3, 1, Rank(2, True), Rank(3, True))


@given(st.lists(st.integers(0, 500), min_size=1, max_size=60), st.data())
def test_leaving_a_voice_unheard_never_looks_better_than_hearing_it_now(
    waits: list[int], data: st.DataObject
) -> None:
    one = data.draw(st.integers(0, len(waits) - 1))
    heard = spread(Wait(each) for each in waits)
    left = spread(Wait(each, unheard=n == one) for n, each in enumerate(waits))
    assert [each and each.minutes for each in (left.median, left.p90)] == [
        each and each.minutes for each in (heard.median, heard.p90)
    ]
    assert left.unheard == 1
    assert heard.median == Rank(sorted(waits)[ceil(0.5 * len(waits)) - 1], False)
    assert heard.p90 == Rank(sorted(waits)[ceil(0.9 * len(waits)) - 1], False)
