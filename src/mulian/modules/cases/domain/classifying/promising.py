"""From which certainty reports go by themselves, at each level, so that what is promised holds for all that go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mulian.modules.cases.domain.classifying.branches import branch_of
from mulian.modules.cases.domain.classifying.calibration import lowest_safe
from mulian.modules.cases.domain.classifying.destinations import Destinations, destination, reaches
from mulian.modules.cases.domain.classifying.levels import Answers

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Thresholds:
    """Sums of certainty: from `topic` on its receivers are right, from `named` on the topic itself is, from `branch` on
    (where the topic is below) the topmost topic is. Infinite: never."""

    topic: float
    named: float
    branch: float


@dataclass(frozen=True)
class Said:
    """The answers at one level and what each of their numbers stands for."""

    answers: Answers
    names: Sequence[str]

    def words(self) -> list[str]:
        return [self.names[at] for at in self.answers.first]


def thresholds(close: Said, above: Said | None, labels: Sequence[str], places: Destinations) -> Thresholds:
    """From answers to texts nothing was learnt from, and the right labels. All that goes, together, is right often
    enough: what goes to a topic goes before what goes to a topmost one."""
    said, sums = close.words(), close.answers.sums
    receivers = [destination(places, each).receivers for each in said]
    fits = np.array(
        [key == destination(places, each).receivers for key, each in zip(receivers, labels, strict=True)]
    )
    exact = np.array([a == b for a, b in zip(said, labels, strict=True)])
    branches = above.words() if above else [branch_of(each) for each in said]
    may = np.isfinite(sums) & [branch_of(a) == b for a, b in zip(said, branches, strict=True)]
    topic = lowest_safe(sums[may], _numbers(fits[may]))
    named = max(topic, lowest_safe(sums[may], _numbers(exact[may])))
    if above is None:
        return Thresholds(topic, named, float("inf"))
    gone = may & (sums >= topic)
    before = (float((gone & fits).sum()), int(gone.sum()))
    return Thresholds(topic, named, _branch(above, labels, places, ~gone, before))


def _branch(
    above: Said, labels: Sequence[str], places: Destinations, rest: Flags, before: tuple[float, int]
) -> float:
    right = np.array([reaches(places, a, b) for a, b in zip(above.words(), labels, strict=True)])
    left = rest & np.isfinite(above.answers.sums)
    return lowest_safe(above.answers.sums[left], _numbers(right[left]), before=before)


def _numbers(flags: Flags) -> NDArray[np.float64]:
    return flags.astype(np.float64)
