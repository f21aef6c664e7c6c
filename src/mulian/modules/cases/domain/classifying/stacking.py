"""How much each way of judging is trusted, found on texts none of them learnt from, and folded into one table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize

from mulian.modules.cases.domain.classifying.heads import Doubles, Head, Labels

EVEN = 0.005
"""How strongly the trusts are held together."""
RARE = 0.5
"""A topic's rows together count as the root of their number: rare topics are heard, frequent ones not drowned."""
NEUTRAL = 0.0005
"""How strongly topics are held to no advantage of their own, times their number: the more there are, the fewer rows
tell of each."""


@dataclass(frozen=True)
class Mix:
    """A factor for each way and a constant for each topic; summed scores are natural log odds."""

    trust: Doubles
    constant: Doubles

    def logits(self, scores: Sequence[Doubles]) -> Doubles:
        """Scores of each way (rows by topics) as one table of log odds."""
        summed: Doubles = sum((t * s for t, s in zip(self.trust, scores, strict=True)), np.zeros(1))
        return summed + self.constant

    def fold(self, heads: Sequence[Head]) -> Head:
        """All ways as one."""
        weights = np.zeros_like(heads[0].weights)
        constant = self.constant.copy()
        for trust, head in zip(self.trust, heads, strict=True):
            weights += np.float32(trust) * head.weights
            constant += trust * head.constant
        return Head(weights, constant)


def blend(scores: Sequence[Doubles], labels: Labels) -> Mix:
    """The mix that makes the right topics of held-out texts most likely. Deterministic."""
    ways, topics = len(scores), scores[0].shape[1]
    neutral = NEUTRAL * topics
    spread = np.array([max(float(each.std()), 1e-9) for each in scores])
    even = np.stack([each / size for each, size in zip(scores, spread, strict=True)])
    picked = np.arange(len(labels)), labels
    rows = np.bincount(labels, minlength=topics)[labels] ** -RARE
    share = (rows / rows.sum())[:, np.newaxis]

    def loss(at: Doubles) -> tuple[float, Doubles]:
        trust, constant = at[:ways], at[ways:]
        logits = np.tensordot(trust, even, 1) + constant
        shares = softmax(logits)
        wrong = -(share[:, 0] * np.log(np.maximum(shares[picked], 1e-12))).sum()
        shares[picked] -= 1
        shares *= share
        apart = trust - trust.mean()
        cost = wrong + EVEN * (apart @ apart) + neutral * (constant @ constant)
        slope = np.tensordot(even, shares, 2) + 2 * EVEN * apart
        return cost, np.concatenate([slope, shares.sum(axis=0) + 2 * neutral * constant])

    start = np.concatenate([np.ones(ways), np.zeros(topics)])
    bounds = [(0.05, None)] * ways + [(None, None)] * topics
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 200})
    return Mix(found.x[:ways] / spread, found.x[ways:])


def softmax(logits: Doubles) -> Doubles:
    """Shares of one for each row."""
    raised = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares: Doubles = raised / raised.sum(axis=1, keepdims=True)
    return shares
