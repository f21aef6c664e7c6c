"""Four linear ways to tell topics apart by weighed marks. Each errs differently; together they err less.

All are linear in the same marks, so their sum is one table of weights: four opinions cost what one does.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.exceptions import ConvergenceWarning
from sklearn.svm import LinearSVC

from mulian.modules.cases.domain.classifying.matrix import Sparse

Doubles = NDArray[np.float64]
Labels = NDArray[np.int64]
SMOOTH = 0.1
"""Weight every mark is given in every topic, as if seen once lightly (complement naive Bayes)."""
RATIO_SMOOTH = 0.02
"""The same for the log ratios of the naive-Bayes machine: marks are weighed, one is about 0.05."""
FIRMNESS = 2.0
"""How hard a machine tries to get every text it learns from right (C; chosen by cross-validation, ADR 0028)."""
MUCH = 400_000
"""Texts times topics above which the two slowest ways are left out: they would cost many minutes and add little."""


@dataclass(frozen=True)
class Head:
    """One way's table: marks by topics, and a constant for each topic."""

    weights: Doubles
    constant: Doubles

    def scores(self, rows: Sparse) -> Doubles:
        found: Doubles = np.asarray(rows @ self.weights) + self.constant
        return found


def heads(rows: Sparse, labels: Labels, topics: int, seed: int) -> list[Head]:
    """The ways, learnt. `labels` are 0 … topics-1; a topic without a row scores below every other."""
    found = [_machine(rows, labels, topics, seed, None), _complement(rows, labels, topics)]
    if rows.shape[0] * topics <= MUCH:
        found += [_machine(rows, labels, topics, seed, "balanced"), _ratios(rows, labels, topics, seed)]
    return [_centred(head) for head in found]


def _machine(rows: Sparse, labels: Labels, topics: int, seed: int, weight: str | None) -> Head:
    """Linear support vector machines, one against the rest; `balanced`: rare topics count as much as frequent."""
    weights, constant = np.zeros((rows.shape[1], topics)), np.full(topics, -1.0)
    for topic in np.unique(labels):
        weights[:, topic], constant[topic] = _one(rows, labels == topic, seed, weight)
    return Head(weights, constant)


def _one(rows: Sparse, mine: NDArray[np.bool_], seed: int, weight: str | None) -> tuple[Doubles, float]:
    if mine.all():
        return np.zeros(rows.shape[1]), 1.0
    machine = LinearSVC(C=FIRMNESS, class_weight=weight, random_state=seed, tol=1e-3, max_iter=300)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        machine.fit(rows, mine)
    return machine.coef_[0], float(machine.intercept_[0])


def _ratios(rows: Sparse, labels: Labels, topics: int, seed: int) -> Head:
    """Naive Bayes with support vectors (Wang and Manning 2012): marks are stretched by their log ratio first."""
    weights, constant = np.zeros((rows.shape[1], topics)), np.full(topics, -1.0)
    everything = _sum(rows)
    for topic in np.unique(labels):
        inside = _sum(rows[labels == topic])
        here, there = inside + RATIO_SMOOTH, everything - inside + RATIO_SMOOTH
        ratio = np.log((here / here.sum()) / (there / there.sum()))
        stretched = (rows @ sparse.diags(ratio)).tocsr()
        size = np.sqrt(stretched.multiply(stretched).sum() / max(rows.shape[0], 1)) or 1.0
        one, constant[topic] = _one(stretched / size, labels == topic, seed, None)
        weights[:, topic] = one * ratio / size
    return Head(weights, constant)


def _complement(rows: Sparse, labels: Labels, topics: int) -> Head:
    """Complement naive Bayes (Rennie 2003): how unlike all other topics a text is; steady for rare topics."""
    everything, weights = _sum(rows), np.zeros((rows.shape[1], topics))
    for topic in range(topics):
        others = np.maximum(everything - _sum(rows[labels == topic]), 0) + SMOOTH
        weights[:, topic] = -np.log(others / others.sum())
    return Head(weights, np.zeros(topics))


def _sum(rows: Sparse) -> Doubles:
    return np.asarray(rows.sum(axis=0), dtype=np.float64).ravel()


def _centred(head: Head) -> Head:
    """What all topics share says nothing."""
    weights = head.weights - head.weights.mean(axis=1, keepdims=True)
    return Head(weights, head.constant - head.constant.mean())
