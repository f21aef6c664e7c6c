"""The file of a model: whole or refused, and always small."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mulian.kernel.problems import Problem
from mulian.modules.cases.domain.classifying import keeping, learning
from mulian.modules.cases.domain.classifying.rows import Row

TWO = (Row("桥", "road"), Row("水", "water"))


@pytest.mark.parametrize("at", [0, 5, 20, 40, 200, -1, -40])
def test_a_damaged_file_is_refused(at: int) -> None:
    raw = bytearray(keeping.to_bytes(learning.learn(TWO)))
    raw[at] ^= 1
    with pytest.raises(Problem) as refused:
        keeping.from_bytes(bytes(raw))
    assert refused.value.code == "classify.broken_model"


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.booleans())
def test_a_file_from_a_stranger_is_refused(body: bytes, dressed: bool) -> None:
    raw = keeping.sealed(keeping.FIRST + body) if dressed else body
    with pytest.raises(Problem):
        keeping.from_bytes(raw)


def test_a_head_that_promises_too_much_is_refused() -> None:
    raw = keeping.to_bytes(learning.learn(TWO))
    content = raw[:-32].replace(b'"keys": [', b'"keys": [9')
    with pytest.raises(Problem):
        keeping.from_bytes(keeping.sealed(content))


@pytest.mark.parametrize("topics", [2, 97, 1000])
@pytest.mark.parametrize("learnt_from", [0, 200_000])
def test_a_file_of_any_number_of_topics_and_texts_stays_small(topics: int, learnt_from: int) -> None:
    marks_kept = learning.room(topics, learnt_from)
    assert 10_000 < marks_kept < 2_000_000
    assert marks_kept * (topics + 6) + learnt_from * 8 < 15_000_000
