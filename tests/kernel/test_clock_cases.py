"""Lives of promises against a counter that looks at every minute; the bench runs 100,000 of them."""

from __future__ import annotations

from bench import clocks


def test_random_clock_cases_equal_the_minute_counter() -> None:
    found = clocks.run(1500, seed=7)
    assert (found["cases"], found["mismatches"]) == (1500, 0)


def test_the_counter_would_see_a_minute_too_many() -> None:
    """A rule that is one minute off is found at once."""
    right, wrong = clocks.Amount, lambda **parts: right(**{**parts, "minutes": parts.get("minutes", 0) + 1})
    calendar = clocks._calendar(clocks.random.Random(1))
    held = clocks.promise(
        clocks.Rule(code="r", kind=clocks.PromiseKind.SOLVE, amount=wrong(days=1), clock="c"),
        at=clocks._at(5000),
        policy=calendar.policy,
    )
    assert not clocks._same(held, calendar, 5000, right(days=1), right(), [], calendar)
