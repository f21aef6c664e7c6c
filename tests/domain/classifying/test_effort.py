"""Very many texts are learnt from in bounded time and memory."""

from __future__ import annotations

import numpy as np
import pytest

from mulian.modules.cases.domain.classifying import learning
from mulian.modules.cases.domain.classifying.heads import effort, heads
from mulian.modules.cases.domain.classifying.marks import Marks, marks
from mulian.modules.cases.domain.classifying.matrix import count, vocabulary, weigh
from mulian.modules.cases.domain.classifying.rows import Row, sample
from tests.domain.classifying.learnt import invented


@pytest.mark.parametrize(
    ("texts_marks", "topics", "ways", "tried"),
    [
        (30_000, 97, 5, 5),
        (400_000, 97, 5, 10),
        (1_000_000, 97, 4, 5),
        (10_000_000, 97, 4, 1),
        (10_000_001, 101, 2, 1),
        (20_000_001, 2, 2, 1),
    ],
)
def test_effort_is_bounded(texts_marks: int, topics: int, ways: int, tried: int) -> None:
    found = effort(texts_marks, topics)
    assert (len(found.ways), found.tried) == (ways, tried)


@pytest.mark.parametrize("script", ["zh", "bo"])
def test_the_swift_way_is_nearly_as_good_as_the_machine(script: str) -> None:
    found = invented(script)
    topics = sorted({row.label for row in found.all})
    numbers = np.array([topics.index(row.label) for row in found.all])
    counted = count([marks(row.text) for row in found.all], 1_000_000)
    learn, test = np.arange(len(found.train)), np.arange(len(found.train), len(found.all))
    words = vocabulary(counted, learn)
    rows, held = weigh(counted, learn, words), weigh(counted, test, words)
    swift, machine = heads(rows, numbers[learn], len(topics), ("swift", "machine"), 1)
    right = [float((way.scores(held).argmax(axis=1) == numbers[test]).mean()) for way in (swift, machine)]
    assert right[0] > right[1] - 0.03


def test_of_very_many_marks_those_of_one_text_go_first() -> None:
    shared, blocks = np.arange(10, 2010, dtype=np.uint32), np.zeros(2000, np.uint8)
    common = Marks(shared, np.ones(2000, np.float32), blocks, 0.0)
    own = Marks(np.array([5], np.uint32), np.ones(1, np.float32), blocks[:1], 0.0)
    counted = count([common] * 2100 + [own], 1_000_000)
    assert np.array_equal(counted.keys, shared)
    assert counted.counts.nnz == 2100 * 2000
    assert counted.sizes.tolist() == [2000] * 2100 + [1]


def test_very_long_tables_are_learnt_from_in_part() -> None:
    rows = [Row(f"{at} {'长' * 1999}", "road") for at in range(12_000)]
    kept = learning.bounded(rows)
    assert len(kept) == 12_000 * learning.MOST_LETTERS // (12_000 * 2000)
    assert learning.bounded(kept) == kept


def test_of_many_rows_an_even_choice_keeps_every_label() -> None:
    rows = [Row(f"text {at}", "rare" if at == 77 else "common") for at in range(500)]
    chosen = sample(rows, 50)
    assert len(chosen) in (50, 51)
    assert {row.label for row in chosen} == {"rare", "common"}
    assert sample(rows, 50) == chosen
