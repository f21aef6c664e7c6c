"""What was learnt, as plain tables: judges a text with numpy alone in well under a millisecond."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from mulian.modules.cases.domain.classifying.branches import branch_of
from mulian.modules.cases.domain.classifying.certainty import Certainty, Doubles
from mulian.modules.cases.domain.classifying.destinations import Destinations, destination, reaches
from mulian.modules.cases.domain.classifying.finding import Finder
from mulian.modules.cases.domain.classifying.marks import BLOCKS, Floats, Keys, Marks, block_weights, marks


@dataclass(frozen=True)
class Judgement:
    """What a text is about: the most likely topic first. `certainty` is how often such an answer was right (0..1).

    `sure`: the first may be used without a person. `branch`: the topic above it all that may be used, though no closer
    one is sure ("" where none may), right, or with the right receivers, in `branch_certainty` of such answers.
    """

    topics: tuple[str, ...]
    shares: tuple[float, ...]
    certainty: float
    sure: bool
    branch: str = ""
    branch_certainty: float = 0.0

    @property
    def topic(self) -> str:
        return self.topics[0]


@dataclass(frozen=True)
class Model:
    """`table` holds weights of marks by topics, then by branches, in 1/127 of `scale` (one number for each).

    `branches` are the topmost topics, told apart by weights of their own; none where no topic lies below another. From
    the threshold of `certainty` on the receivers of the first topic are right, from `named` on that topic itself is;
    `places` say which topics share receivers, `finder` which words were known before any report. `rarity` weighs marks
    as they did in training. `name` tells models apart in a case's history; `learnt` are prints of the texts it learnt
    from (none for models made of people's reports).
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
    branches: tuple[str, ...] = ()
    branch_certainty: Certainty | None = None
    named: float = float("inf")
    places: Destinations = field(default_factory=dict)
    finder: Finder = field(default_factory=Finder)

    def judge(self, text: str, also: Iterable[str] = (), best: int = 2) -> Judgement:
        """The likeliest topics of any text; an empty one gets the most frequent, and is never sure."""
        found = marks(text, also, self.finder.topics(text))
        shares, above, known = self.shares(found)
        many = float(len(found.keys))
        order = np.argsort(-shares, kind="stable")[:best]
        first = self.topics[order[0]]
        total, rate = self.certainty.told(shares, known, many)
        branch, agreed, how = self._branch(above, known, many, first)
        near = destination(self.places, first).topic
        told = known > 0 and agreed and total >= self.certainty.threshold
        sure = told and (total >= self.named or near == first)
        if told and not sure:
            branch, how = near, rate
        return Judgement(
            topics=tuple(self.topics[at] for at in order),
            shares=tuple(round(float(shares[at]), 4) for at in order),
            certainty=round(rate, 4),
            sure=sure,
            branch=branch,
            branch_certainty=round(how, 4),
        )

    def reaches(self, said: str, label: str) -> bool:
        """Whether a report of `label` sent as `said` has the right topic, as far as it was said, or receivers."""
        return reaches(self.places, said, label)

    def _branch(self, above: Doubles, known: float, many: float, first: str) -> tuple[str, bool, float]:
        """(the branch that may be used, whether the first topic lies in the likeliest branch, how certain)."""
        if self.branch_certainty is None:
            return "", True, 0.0
        likeliest = self.branches[int(above.argmax())]
        total, rate = self.branch_certainty.told(above, known, many)
        sure = known > 0 and total >= self.branch_certainty.threshold
        return (likeliest if sure else ""), likeliest == branch_of(first), rate

    def shares(self, found: Marks) -> tuple[Doubles, Doubles, float]:
        """(the share of each topic, that of each branch, the part of the marks that is known)."""
        at = np.searchsorted(self.keys, found.keys)
        at[at == len(self.keys)] = 0
        known = (self.keys[at] == found.keys) if len(self.keys) else np.zeros(len(at), bool)
        rows, blocks = at[known], found.blocks[known]
        weights = (1 + np.log(found.counts[known])) * self.rarity[rows].astype(np.float32)
        norms = np.sqrt(np.bincount(blocks, weights**2, BLOCKS)).astype(np.float32)
        factors = block_weights(norms[np.newaxis], np.array([found.tibetan], np.float32))
        weights = weights * factors[0, blocks]
        logits = weights @ self.table[rows].astype(np.float32) * self.scale + self.constant
        topics = len(self.topics)
        part = float(known.sum() / max(len(known), 1))
        return _shares(logits[:topics]), _shares(logits[topics:]), part


def _shares(logits: Floats) -> Doubles:
    raised = np.exp((logits - logits.max(initial=0.0)).astype(np.float64))
    shares: Doubles = raised / max(raised.sum(), 1e-300)
    return shares
