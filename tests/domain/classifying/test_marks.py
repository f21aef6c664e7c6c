"""How a text is read: one spelling, runs of characters, Tibetan syllables, facts beside the words."""

from __future__ import annotations

import numpy as np
import pytest

from mulian.modules.cases.domain.classifying.marks import FOUND_SHARE, RUNS, UNITS, block_weights, marks


def test_tibetan_is_seen_by_syllables_without_their_particle() -> None:
    road, roads = marks("ལམ་"), marks("ལམ་གྱི་")
    shared = set(road.keys[road.blocks == UNITS]) & set(roads.keys[roads.blocks == UNITS])
    assert len(shared) == 1


def test_chinese_is_its_characters_and_tibetan_half_its_syllables() -> None:
    chinese, tibetan, both = marks("路断了"), marks("ལམ་ཆད་སོང་"), marks("路断了ལམ་")
    assert set(chinese.blocks) == {RUNS}
    assert (chinese.tibetan, tibetan.tibetan) == (0.0, 1.0)
    assert 0 < both.tibetan < 1
    norms = np.array([[1.0, 0, 0], [1.0, 1, 0], [0, 1.0, 0], [1.0, 0, 1]], np.float32)
    weights = block_weights(norms, np.array([0.0, 1.0, 1.0, 0.0], np.float32)) ** 2
    told = FOUND_SHARE
    wanted = [[1, 0, 0], [0.5, 0.5, 0], [0, 1, 0], [1 - told, 0, told]]
    assert weights == pytest.approx(np.array(wanted), abs=1e-6)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ａb  139", "aB ༡༣༩"), ("ལམ་ཆད།", "ལམ༌ཆད།"), (" 路断了\n", "路断了")],
    ids=["width, case, digits", "the mark that does not break", "blanks"],
)
def test_what_is_written_in_two_ways_is_one_spelling(one: str, other: str) -> None:
    assert np.array_equal(marks(one).keys, marks(other).keys)


def test_letters_of_tibetan_are_known_without_the_mark_between_syllables() -> None:
    with_marks, without = marks("ལམ་ཆད་སོང་"), marks("ལམཆདསོང")
    assert set(without.keys[without.blocks == RUNS]) == set(with_marks.keys[with_marks.blocks == RUNS])


def test_a_fact_beside_the_words_is_a_mark() -> None:
    assert len(marks("路", ["heard"]).keys) == len(marks("路").keys) + 1
