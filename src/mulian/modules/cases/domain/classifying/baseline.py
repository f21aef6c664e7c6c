"""What has to be beaten: a linear support vector machine on TF-IDF of character n-grams, as scikit-learn has it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

from mulian.modules.cases.domain.classifying.measuring import Answer
from mulian.modules.cases.domain.classifying.rows import Row, sample

RUNS = (1, 4)
"""Characters in an n-gram."""
MOST_LETTERS = 5_000_000
"""Its words fill memory: of more letters it learns from an even choice of rows."""
_MOST_CELLS = 50_000_000
"""Letters times labels above which it leaves out n-grams of one text: nearly nothing is lost, its table is a third."""


@dataclass(frozen=True)
class Baseline:
    """The machine, its words, and from how many rows; with one label there is nothing to learn (`machine` is None)."""

    rows: int
    labels: tuple[str, ...]
    words: Any
    machine: Any

    @property
    def size(self) -> int:
        """Bytes of weights and words, without the room Python needs around them."""
        if self.machine is None:
            return 0
        words = sum(len(word.encode("utf-8", "replace")) for word in self.words.vocabulary_)
        return int(self.machine.coef_.nbytes + self.words.idf_.nbytes + words)

    def answers(self, test: Sequence[Row]) -> list[Answer]:
        """How certain an answer is: the lead of the first over the second. None is sent by itself."""
        if self.machine is None:
            return [Answer(row.label, self.labels, 0.0, sure=False) for row in test]
        scores = self.machine.decision_function(self.words.transform([row.text for row in test]))
        if scores.ndim == 1:
            scores = np.stack([-scores, scores], axis=1)
        order = np.argsort(-scores, axis=1, kind="stable")[:, :2]
        lead = np.take_along_axis(scores, order, axis=1)
        return [
            Answer(row.label, tuple(self.labels[at] for at in best), float(two[0] - two[1]), sure=False)
            for row, best, two in zip(test, order, lead, strict=True)
        ]


def train(train: Sequence[Row], seed: int) -> Baseline:
    """Learns from the rows."""
    letters = sum(len(row.text) for row in train)
    if letters > MOST_LETTERS:
        train = sample(train, len(train) * MOST_LETTERS // letters)
    labels = tuple(sorted({row.label for row in train}))
    if len(labels) == 1:
        return Baseline(len(train), labels, None, None)
    least = 2 if min(letters, MOST_LETTERS) * len(labels) > _MOST_CELLS else 1
    words = TfidfVectorizer(analyzer="char", ngram_range=RUNS, sublinear_tf=True, min_df=least)
    machine = LinearSVC(C=1.0, random_state=seed)
    machine.fit(words.fit_transform([row.text for row in train]), [row.label for row in train])
    return Baseline(len(train), labels, words, machine)
