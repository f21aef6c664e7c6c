"""Learns from held-out answers how certain is certain enough. The number promised is a lower bound, not a hope."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import betaincinv
from sklearn.isotonic import IsotonicRegression

from mulian.modules.cases.domain.classifying.certainty import SIGNS, Certainty, Doubles, signs
from mulian.modules.cases.domain.classifying.heads import Labels

PRECISION = 0.98
"""Of the answers used without a person, so many must be right."""
TRUST = 0.95
"""How sure we must be of that (one-sided Clopper and Pearson 1934)."""
_HELD = 0.02
_KNOTS = 40


def calibrate(shares: Doubles, known: Doubles, marks: Doubles, labels: Labels) -> Certainty:
    """From held-out shares and the right topics; no answer is certain enough yet (`lowest_safe` says which are)."""
    first = shares.argmax(axis=1)
    right = (first == labels).astype(float)
    found = signs(shares, known, marks)
    weights, constant = _fit(found, first, right, shares.shape[1])
    knots, rates = _rates(found @ weights + constant[first], right)
    return Certainty(weights, constant, knots, rates, float("inf"))


def _fit(found: Doubles, first: NDArray[np.int64], right: Doubles, topics: int) -> tuple[Doubles, Doubles]:
    """Logistic regression; a sign never counts against an answer, a topic's constant is held near the others'."""

    def loss(at: Doubles) -> tuple[float, Doubles]:
        weights, base, own = at[:SIGNS], at[SIGNS], at[SIGNS + 1 :]
        sums = found @ weights + base + own[first]
        chance = 1 / (1 + np.exp(-np.clip(sums, -30, 30)))
        cost = -np.log(np.maximum(np.where(right > 0, chance, 1 - chance), 1e-12)).mean()
        off = (chance - right) / len(right)
        slope_own = np.bincount(first, off, topics) + 2 * _HELD * own
        slope = np.concatenate([off @ found + 2 * 1e-4 * weights, [off.sum()], slope_own])
        return cost + 1e-4 * (weights @ weights) + _HELD * (own @ own), slope

    start = np.concatenate([[1.0, 0.0, 0.0, 0.0, 0.0], np.zeros(topics)])
    bounds = [(1e-3, 20.0), (0.0, 20.0), (0.0, 20.0), (0.0, 5.0)] + [(None, None)] * (topics + 1)
    best = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 200}).x
    return best[:SIGNS], best[SIGNS] + best[SIGNS + 1 :]


def _rates(sums: Doubles, right: Doubles) -> tuple[Doubles, Doubles]:
    """A few knots of the isotonic regression, made strictly ordered so that it can be interpolated."""
    level = IsotonicRegression(y_min=0.0, y_max=1.0, out_of_bounds="clip").fit(sums, right)
    knots = np.unique(np.quantile(sums, np.linspace(0, 1, _KNOTS)))
    return knots, np.clip(level.predict(knots), 0.001, 0.999)


def lowest_safe(
    sums: Doubles, right: Doubles, precision: float = PRECISION, before: tuple[float, int] = (0.0, 0)
) -> float:
    """The lowest sum above which the rate of right answers is at least `precision`, as far as rows can prove it: fewer
    than about 150 can prove no 98%. The sums must come from what these rows had no part in.

    `before`: right ones and all of those that go whatever their sum.
    """
    order = np.argsort(-sums, kind="stable")
    hits = before[0] + np.cumsum(right[order])
    answered = before[1] + np.arange(1, len(order) + 1)
    last_of_its_sum = np.append(np.diff(sums[order]) < 0, True)
    safe = np.flatnonzero((lower_bound(hits, answered) >= precision) & last_of_its_sum)
    return float(sums[order][safe[-1]]) if len(safe) else float("inf")


def lower_bound(hits: Doubles, answered: NDArray[np.int64]) -> Doubles:
    """The lowest true rate these counts allow (Clopper and Pearson 1934, one-sided at `TRUST`)."""
    none = hits == 0
    found = betaincinv(np.where(none, 1, hits), answered - hits + 1, 1 - TRUST)
    return np.where(none, 0.0, found)
