"""History by period against the slow truth: whatever is told, late or in any order, each day has its one answer."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from mulian.modules.households.domain.tellings import Told, ends

FIRST = date(2026, 1, 1)
days = st.integers(0, 40).map(lambda n: FIRST + timedelta(days=n))


@st.composite
def histories(draw: st.DrawFn) -> list[Told]:
    """Some tellings: each as of a day, since then or since earlier, said at any time."""
    found = []
    for key in range(draw(st.integers(0, 12))):
        as_of = draw(days)
        since = as_of - timedelta(days=draw(st.integers(0, 10)))
        said = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=draw(st.integers(0, 5)))
        found.append(Told(as_of, said, key, since))
    return found


def slow_truth(told: list[Told], day: date) -> int | None:
    """Of all that reach the day, whoever looked last, then said last, then came last."""
    reaching = [one for one in told if one.since <= day]
    best = None
    for one in reaching:
        if best is None or (one.as_of, one.said_at, one.key) > (best.as_of, best.said_at, best.key):
            best = one
    return best.key if best else None


def held(told: list[Told], day: date) -> list[int]:
    """As the one query finds it: begun, and not ended."""
    ended = ends(told)

    def holds(one: Told) -> bool:
        end = ended[one.key]
        return one.since <= day and (end is None or day < end)

    return [one.key for one in told if holds(one)]


@settings(max_examples=300)
@given(histories())
def test_every_day_has_the_one_answer_of_the_slow_truth(told: list[Told]) -> None:
    for number in range(-12, 45):
        day = FIRST + timedelta(days=number)
        wanted = slow_truth(told, day)
        assert held(told, day) == ([] if wanted is None else [wanted])


@given(histories(), st.integers())
def test_the_order_of_arrival_changes_nothing(told: list[Told], seed: int) -> None:
    shuffled = Random(seed).sample(told, len(told))
    assert ends(told) == ends(shuffled)


def test_a_correction_of_the_same_day_leaves_the_first_with_an_empty_period() -> None:
    said = datetime(2026, 1, 1, tzinfo=UTC)
    wrong, right = Told(FIRST, said, 1, FIRST), Told(FIRST, said + timedelta(hours=1), 2, FIRST)

    assert ends([wrong, right]) == {1: FIRST, 2: None}


def test_what_was_told_late_enters_the_past_and_leaves_today() -> None:
    now, past = FIRST + timedelta(days=30), FIRST
    said = datetime(2026, 3, 1, tzinfo=UTC)
    late = Told(past, said + timedelta(days=1), 2, past)

    assert ends([Told(now, said, 1, now), late]) == {1: None, 2: now}
