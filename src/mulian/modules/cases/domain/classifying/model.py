"""What was learnt, as plain tables: judges a text with numpy alone in well under a millisecond."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mulian.modules.cases.domain.classifying.certainty import Certainty, signs
from mulian.modules.cases.domain.classifying.marks import BLOCKS, Floats, Keys, Marks, block_weights, marks


@dataclass(frozen=True)
class Judgement:
    """What a text is about: the most likely topic first. `certainty` is how often such an answer was right (0..1)."""

    topics: tuple[str, ...]
    shares: tuple[float, ...]
    certainty: float
    sure: bool

    @property
    def topic(self) -> str:
        return self.topics[0]


@dataclass(frozen=True)
class Model:
    """`table` holds weights of marks by topics in 1/127 of `scale` (one number for each topic).

    `rarity` weighs marks as they did in training. `name` tells models apart in a case's history;
    `learnt` are prints of the texts it learnt from (none for models made of people's reports).
    """

    name: str
    topics: tuple[str, ...]
    keys: Keys
    rarity: NDArray[np.float16]
    table: NDArray[np.int8]
    scale: Floats
    constant: Floats
    certainty: Certainty
    learnt: NDArray[np.uint64]

    def judge(self, text: str, also: Iterable[str] = (), best: int = 2) -> Judgement:
        """The likeliest topics of any text; an empty one gets the most frequent, and is never sure."""
        found = marks(text, also)
        shares, known = self.shares(found)
        order = np.argsort(-shares, kind="stable")[:best]
        first = order[:1].astype(np.int64)
        told = signs(shares[np.newaxis], np.array([known]), np.array([float(len(found.keys))]))
        total = self.certainty.sums(told, first)
        return Judgement(
            topics=tuple(self.topics[at] for at in order),
            shares=tuple(round(float(shares[at]), 4) for at in order),
            certainty=round(float(self.certainty.rate(total)[0]), 4),
            sure=known > 0 and bool(total[0] >= self.certainty.threshold),
        )

    def shares(self, found: Marks) -> tuple[NDArray[np.float64], float]:
        """(the share of each topic, the part of the marks that is known)."""
        at = np.searchsorted(self.keys, found.keys)
        at[at == len(self.keys)] = 0
        known = (self.keys[at] == found.keys) if len(self.keys) else np.zeros(len(at), bool)
        rows, blocks = at[known], found.blocks[known]
        weights = (1 + np.log(found.counts[known])) * self.rarity[rows].astype(np.float32)
        norms = np.sqrt(np.bincount(blocks, weights**2, BLOCKS)).astype(np.float32)
        factors = block_weights(norms[np.newaxis], np.array([found.tibetan], np.float32))
        weights = weights * factors[0, blocks]
        logits = weights @ self.table[rows].astype(np.float32) * self.scale + self.constant
        raised = np.exp((logits - logits.max()).astype(np.float64))
        return raised / raised.sum(), float(known.sum() / max(len(known), 1))
