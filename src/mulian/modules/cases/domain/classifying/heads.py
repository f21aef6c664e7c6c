"""Linear ways to tell topics apart by weighed marks. Each errs differently; together they err less.

All are linear in the same marks, so their sum is one table of weights: five opinions cost what one does. How many are
asked depends on the work: texts times marks times topics.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import SGDClassifier
from sklearn.svm import LinearSVC

from mulian.modules.cases.domain.classifying.matrix import Sparse

Doubles = NDArray[np.float64]
Weights = NDArray[np.float32]
Labels = NDArray[np.int64]
SMOOTH = 0.1
"""Weight every mark is given in every topic, as if seen once lightly (complement naive Bayes)."""
RATIO_SMOOTH = 0.02
"""The same for log ratios: marks are weighed, one is about 0.05."""
FIRMNESS = 1.0
"""How hard a machine tries to get every text it learns from right (C)."""
NEAR_ENOUGH, ROUNDS = 1e-2, 200
"""When a machine stops; ten times nearer changed no figure."""


@dataclass(frozen=True)
class Head:
    """One way's table: marks by topics, and a constant for each topic."""

    weights: Weights
    constant: Doubles

    def scores(self, rows: Sparse) -> Doubles:
        found: Doubles = np.asarray(rows @ self.weights) + self.constant
        return found


def beside(one: Head, other: Head) -> Head:
    """Both tables as one, the columns of the other after those of the first."""
    return Head(np.hstack([one.weights, other.weights]), np.concatenate([one.constant, other.constant]))


@dataclass(frozen=True)
class Effort:
    """Which ways are asked, into how many parts the texts fall, and on how many of these they are tried first.

    What is learnt from all texts is surer than what was learnt without a part, and not as much better: the smaller
    the part, the better what was proved holds.
    """

    ways: tuple[str, ...]
    parts: int
    tried: int


_ALL = ("machine", "even", "ratios", "joint", "complement")
_FEWER = ("machine", "even", "joint", "complement")


_EFFORTS = (
    (3e6, Effort(_ALL, 5, 5)),
    (4e7, Effort(_ALL, 10, 10)),
    (1e8, Effort(_FEWER, 5, 5)),
    (1e9, Effort(_FEWER, 5, 1)),
)
_MOST = Effort(("swift", "complement"), 5, 1)
_MANY_MARKS = 20_000_000
"""Above so many the machines would need more than a gigabyte."""


def effort(marks: int, topics: int) -> Effort:
    """What can be done within minutes on two cores, for so many marks in all texts."""
    if marks > _MANY_MARKS:
        return _MOST
    return next((each for most, each in _EFFORTS if marks * topics <= most), _MOST)


def heads(rows: Sparse, labels: Labels, topics: int, ways: Sequence[str], seed: int) -> list[Head]:
    """The ways, learnt. `labels` are 0 … topics-1; a topic without a row scores below every other."""
    return [_centred(_WAYS[way](rows, labels, topics, seed)) for way in ways]


def _machine(rows: Sparse, labels: Labels, topics: int, seed: int) -> Head:
    """Linear support vector machines, one topic against the rest."""
    made = LinearSVC(C=FIRMNESS, random_state=seed, tol=NEAR_ENOUGH, max_iter=ROUNDS)
    return _fitted(made, rows, labels, topics)


def _even(rows: Sparse, labels: Labels, topics: int, seed: int) -> Head:
    """The same; a topic's texts together weigh as much as all others: rare topics are heard."""
    here, own = np.unique(labels, return_counts=True)
    extra = {int(topic): (len(labels) - n) / n for topic, n in zip(here, own, strict=True)}
    two = len(here) == 2
    made = LinearSVC(
        C=FIRMNESS if two else FIRMNESS / 2,
        class_weight="balanced" if two else extra,
        random_state=seed,
        tol=NEAR_ENOUGH,
        max_iter=ROUNDS,
    )
    return _fitted(made, rows, labels, topics)


def _swift(rows: Sparse, labels: Labels, topics: int, seed: int) -> Head:
    """The same machine found by averaged steps (Bottou 2010): needs no copy of very many texts."""
    made = SGDClassifier(
        loss="modified_huber", alpha=1 / (FIRMNESS * len(labels)), average=True, max_iter=6, tol=None,
        random_state=seed, n_jobs=2,
    )  # fmt: skip
    return _fitted(made, rows, labels, topics)


def _joint(rows: Sparse, labels: Labels, topics: int, seed: int) -> Head:
    """A machine on marks stretched by how unevenly topics use them: one stretch for all topics."""
    ratio = _log_ratios(_by_topic(rows, labels, topics))
    stretch = np.sqrt((ratio**2).mean(axis=1)).astype(np.float32)
    stretched, size = _stretched(rows, stretch)
    found = _machine(stretched, labels, topics, seed)
    return Head(found.weights * (stretch / size)[:, np.newaxis], found.constant)


def _ratios(rows: Sparse, labels: Labels, topics: int, seed: int) -> Head:
    """Naive Bayes with support vectors (Wang and Manning 2012): a stretch for each topic."""
    weights, constant = np.zeros((rows.shape[1], topics), np.float32), np.full(topics, -1.0)
    ratio = _log_ratios(_by_topic(rows, labels, topics))
    for topic in np.unique(labels):
        stretched, size = _stretched(rows, ratio[:, topic])
        one = _machine(stretched, (labels == topic).astype(np.int64), 2, seed)
        weights[:, topic] = one.weights[:, 1] * ratio[:, topic] / size
        constant[topic] = one.constant[1]
    return Head(weights, constant)


def _complement(rows: Sparse, labels: Labels, topics: int, seed: int) -> Head:
    """Complement naive Bayes (Rennie 2003): how unlike all other topics a text is; steady for rare topics."""
    sums = _by_topic(rows, labels, topics)
    others = np.maximum(sums.sum(axis=1, keepdims=True) - sums, 0) + SMOOTH
    return Head(-np.log(others / others.sum(axis=0)), np.zeros(topics))


def _fitted(made: Any, rows: Sparse, labels: Labels, topics: int) -> Head:
    here = np.unique(labels)
    weights, constant = np.zeros((rows.shape[1], topics), np.float32), np.full(topics, -1.0)
    if len(here) == 1:
        constant[here] = 1.0
        return Head(weights, constant)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        made.fit(rows, labels)
    table, own = made.coef_, made.intercept_
    if len(here) == 2:
        table, own = np.concatenate([-table, table]), np.concatenate([-own, own])
    weights[:, here], constant[here] = table.T, own
    return Head(weights, constant)


def _by_topic(rows: Sparse, labels: Labels, topics: int) -> Weights:
    """How much of each mark every topic has."""
    number = len(labels)
    of = sparse.csr_matrix((np.ones(number, np.float32), (labels, np.arange(number))), shape=(topics, number))
    return np.asarray((of @ rows).toarray().T, dtype=np.float32)


def _log_ratios(sums: Weights) -> Weights:
    here = sums + RATIO_SMOOTH
    there = np.maximum(sums.sum(axis=1, keepdims=True) - sums, 0) + RATIO_SMOOTH
    ratio = np.log(here / here.sum(axis=0)) - np.log(there / there.sum(axis=0))
    return np.asarray(ratio, dtype=np.float32)


def _stretched(rows: Sparse, stretch: Weights) -> tuple[Sparse, float]:
    """Rows by a factor for each mark, again of length one on average; and what they were divided by."""
    data = rows.data * stretch[rows.indices]
    size = float(np.sqrt((data**2).sum() / max(rows.shape[0], 1))) or 1.0
    return sparse.csr_matrix((data / size, rows.indices, rows.indptr), shape=rows.shape), size


def _centred(head: Head) -> Head:
    """What all topics share says nothing."""
    weights = head.weights - head.weights.mean(axis=1, keepdims=True)
    return Head(weights, head.constant - head.constant.mean())


_WAYS: Mapping[str, Callable[[Sparse, Labels, int, int], Head]] = {
    "machine": _machine, "even": _even, "swift": _swift, "joint": _joint, "ratios": _ratios,
    "complement": _complement,
}  # fmt: skip
