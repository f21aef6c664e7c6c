"""From the shares of topics to one number: how often such an answer is right."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Doubles = NDArray[np.float64]
SIGNS = 4
"""Signs of certainty, each the better the higher: log odds of the first, its lead, share of known marks, how many."""
_LEAST = 1e-6
_CLIP = 12.0


@dataclass(frozen=True)
class Certainty:
    """Weights of the signs, a constant for each topic, and knots that turn the sum into a rate of being right.

    `threshold` is the sum from which an answer is used without a person; infinite when none may be.
    """

    weights: Doubles
    constant: Doubles
    knots: Doubles
    rates: Doubles
    threshold: float

    def sums(self, signs: Doubles, first: NDArray[np.int64]) -> Doubles:
        found: Doubles = signs @ self.weights + self.constant[first]
        return found

    def told(self, shares: Doubles, known: float, marks: float) -> tuple[float, float]:
        """(the sum, how often such answers were right) of one text's first answer."""
        found = signs(shares[np.newaxis], np.array([known]), np.array([marks]))
        total = self.sums(found, shares[np.newaxis].argmax(axis=1))
        return float(total[0]), float(self.rate(total)[0])

    def rate(self, sums: Doubles) -> Doubles:
        """How often answers this certain were right (0..1); never falls as the sum rises."""
        found: Doubles = np.interp(sums, self.knots, self.rates)
        return found


def signs(shares: Doubles, known: Doubles, marks: Doubles) -> Doubles:
    """One row of signs for each row of shares; `known` 0..1, `marks` ≥ 0."""
    two = np.sort(shares, axis=1)[:, -2:]
    first, second = two[:, -1], (two[:, 0] if shares.shape[1] > 1 else np.zeros(len(shares)))
    odds = np.log(np.maximum(first, _LEAST)) - np.log(np.maximum(1 - first, _LEAST))
    lead = np.log(np.maximum(first, _LEAST)) - np.log(np.maximum(second, _LEAST))
    columns = [np.clip(odds, -_CLIP, _CLIP), np.clip(lead, 0, _CLIP), known, np.log1p(marks)]
    return np.stack(columns, axis=1)
