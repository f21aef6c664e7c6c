"""The ways are trusted as they were right, and a topic with few rows gets no advantage by chance."""

from __future__ import annotations

import numpy as np
import pytest

from mulian.modules.cases.domain.classifying.stacking import blend, softmax


def test_a_way_that_is_right_is_trusted_and_one_that_guesses_is_not() -> None:
    labels = np.arange(200) % 4
    chance = np.random.default_rng(1)
    right, guess = np.eye(4)[labels] + chance.normal(0, 0.4, (200, 4)), chance.normal(0, 1, (200, 4))
    mix = blend([right, guess], labels)
    assert mix.trust[0] * right.std() > 5 * mix.trust[1] * guess.std()
    assert softmax(mix.logits([right, guess])).sum(axis=1) == pytest.approx(np.ones(200))


def test_the_more_topics_the_less_advantage_a_topic_has_of_its_own() -> None:
    """Nothing to tell them apart but how often they are: with many topics that is mostly chance."""

    def advantage(topics: int) -> float:
        labels = np.repeat(np.arange(topics), np.where(np.arange(topics) % 2, 3, 1))
        return float(np.ptp(blend([np.zeros((len(labels), topics))], labels).constant) * topics)

    assert advantage(100) < advantage(10)
