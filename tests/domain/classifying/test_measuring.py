"""The figures of a sorter: as scikit-learn has them, and right as far as was said."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mulian.modules.cases.domain.classifying import reporting
from mulian.modules.cases.domain.classifying.measuring import Answer, Figures, macro_f1, measure


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=1, max_size=40))
def test_macro_f1_is_scikit_learns(pairs: list[tuple[str, str]]) -> None:
    from sklearn.metrics import f1_score

    right, said = zip(*pairs, strict=True)
    assert macro_f1(pairs) == pytest.approx(f1_score(right, said, average="macro", zero_division=0))


def test_a_neighbour_below_the_same_topmost_topic_counts_as_near() -> None:
    answers = [
        Answer("road.bridge", ("road.blocked",), 0.9, sure=True),
        Answer("road.bridge", ("road.bridge",), 0.9, sure=True),
        Answer("road.bridge", ("water.supply",), 0.9, sure=False),
    ]
    figures = measure(answers)
    assert (figures.sent_right, figures.sent_near) == (0.5, 1.0)
    assert measure([Answer("road", ("road",), 0.9, sure=True)]).sent_near is None


@pytest.mark.parametrize(
    ("sure", "branch", "label", "right"),
    [
        (True, "", "road.a", True),
        (True, "road", "road.b", False),
        (False, "road", "road.b", True),
        (False, "road", "road", True),
        (False, "water", "road.a", False),
    ],
)
def test_what_is_sent_is_right_as_far_as_it_was_said(
    sure: bool, branch: str, label: str, right: bool
) -> None:
    found = measure([Answer(label, ("road.a",), 0.9, sure=sure, branch=branch)])
    assert (found.sent, found.sent_right, found.sent_whole) == (1.0, float(right), float(sure))


@pytest.mark.parametrize(
    ("at_precision", "in_two", "said"),
    [(0.85, 0.9, "too few rows"), (0.5, 0.97, "overlap"), (0.5, 0.8, "too little")],
)
def test_why_less_is_sent_than_wanted(at_precision: float, in_two: float, said: str) -> None:
    figures = Figures(100, 0.9, 0.9, in_two, 0.5, 1.0, None, at_precision, 0.0, ())
    assert said in reporting.why(figures)
