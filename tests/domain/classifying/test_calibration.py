"""The threshold lies where the promise is proved, not where it is hoped."""

from __future__ import annotations

from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mulian.modules.cases.domain.classifying.calibration import lower_bound, lowest_safe


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 300), st.data())
def test_the_lower_bound_is_that_of_clopper_and_pearson(answered: int, data: st.DataObject) -> None:
    """By its definition: with that rate, so many right or more would happen once in twenty times."""
    hits = data.draw(st.integers(1, answered))
    rate = float(lower_bound(np.array([float(hits)]), np.array([answered]))[0])
    chances = (comb(answered, k) * rate**k * (1 - rate) ** (answered - k) for k in range(hits, answered + 1))
    assert sum(chances) == pytest.approx(0.05, abs=1e-6)
    assert lower_bound(np.array([0.0]), np.array([answered]))[0] == 0.0


@pytest.mark.parametrize(
    ("right", "wrong_below", "safe"),
    [(200, 50, True), (100, 50, False), (0, 50, False)],
    ids=["enough", "too few to prove it", "never right"],
)
def test_the_threshold_lies_where_the_promise_is_proved(right: int, wrong_below: int, safe: bool) -> None:
    sums = np.array([2.0] * right + [1.0] * wrong_below)
    hits = np.array([1.0] * right + [0.0] * wrong_below)
    assert lowest_safe(sums, hits) == (2.0 if safe else float("inf"))


def test_what_goes_already_counts_for_the_threshold_of_the_rest() -> None:
    """200 right ones and three wrong: alone too few to go whole; beside 600 right ones that go anyway they do."""
    sums, right = np.arange(203, 0, -1.0), np.append(np.ones(200), np.zeros(3))
    assert lowest_safe(sums, right) > lowest_safe(sums, right, before=(600.0, 600)) == 1.0
    assert lowest_safe(sums, right, before=(500.0, 600)) == float("inf")
