"""A model answers any text, and its certainty rises with its signs."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.classifying.learnt import learnt


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300), st.sampled_from(["zh", "bo"]))
def test_it_answers_any_text(text: str, script: str) -> None:
    judged = learnt(script).judge(text)
    assert len(judged.topics) == 2
    assert 0.0 <= judged.certainty <= 1.0
    assert judged.shares[0] >= judged.shares[1] >= 0.0


@pytest.mark.parametrize("text", ["", " \n", "\ud800", "\0", "।", "x" * 200_000, "་" * 50])
def test_odd_texts_are_answered_and_never_sure(text: str) -> None:
    assert not learnt("zh").judge(text).sure


@settings(max_examples=60, deadline=None)
@given(st.lists(st.floats(-50, 50), min_size=2, max_size=20))
def test_certainty_never_falls_as_the_signs_rise(sums: list[float]) -> None:
    rates = learnt("zh").certainty.rate(np.sort(np.array(sums)))
    assert bool(np.all(np.diff(rates) >= 0))


def test_signs_never_count_against_an_answer() -> None:
    for script in ("zh", "bo"):
        assert bool(np.all(learnt(script).certainty.weights >= 0))
