"""One level of topics told apart: on texts not learnt from, how certain each answer is, by mixes it had no part in.

How much each way is trusted and how certain an answer is are themselves learnt from answers. Judged on those same
answers they look better than they are, the more so the more topics there are; so each part of the texts is judged by
what was learnt from the other parts, and what is promised rests on that.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mulian.modules.cases.domain.classifying.calibration import calibrate
from mulian.modules.cases.domain.classifying.certainty import Certainty, signs
from mulian.modules.cases.domain.classifying.heads import Doubles, Labels
from mulian.modules.cases.domain.classifying.measuring import macro_f1
from mulian.modules.cases.domain.classifying.stacking import Mix, blend, softmax
from mulian.modules.cases.domain.classifying.trying import HeldOut

_PARTS, _FEW_PARTS = 5, 2
_MANY = 5_000
"""Of more texts two parts are enough: what is learnt from half of them hardly differs."""
_ENOUGH_TO_BLEND = 12_000


@dataclass(frozen=True)
class Answers:
    """Of each text that was tried: the likeliest topic, and the sum of its certainty (-inf: no mark is known)."""

    first: NDArray[np.int64]
    sums: Doubles


@dataclass(frozen=True)
class Level:
    """How the ways are mixed, how certain an answer is (no threshold yet), and the answers to texts not learnt from."""

    mix: Mix
    certainty: Certainty
    answers: Answers


def judged(held: HeldOut, right: Labels) -> Level:
    """All ways mixed, or the plain machine alone where that tells topics apart better on texts not learnt from."""
    mixed = _crossed(held, right, held.scores)
    alone = _crossed(held, right, held.scores[:1])
    single = len(held.scores) > 1 and _f1(alone, right) > _f1(mixed, right)
    used = held.scores[:1] if single else held.scores
    mix, certainty = _learnt(held, right, used, np.arange(len(right)))
    return Level(_with_none(mix, len(held.scores)), certainty, alone if single else mixed)


def _crossed(held: HeldOut, right: Labels, scores: list[Doubles]) -> Answers:
    number = len(right)
    part = np.arange(number) % min(_PARTS if number <= _MANY else _FEW_PARTS, max(number, 1))
    first, sums = np.zeros(number, np.int64), np.full(number, -np.inf)
    for own in np.unique(part):
        here = np.flatnonzero(part == own)
        others = np.flatnonzero(part != own) if number > 1 else here
        mix, certainty = _learnt(held, right, scores, others)
        shares = softmax(mix.logits([each[here] for each in scores]))
        first[here] = shares.argmax(axis=1)
        found = certainty.sums(signs(shares, held.known[here], held.marks[here]), first[here])
        sums[here] = np.where(held.known[here] > 0, found, -np.inf)
    return Answers(first, sums)


def _learnt(
    held: HeldOut, right: Labels, scores: list[Doubles], rows: NDArray[np.int64]
) -> tuple[Mix, Certainty]:
    few = rows[:_ENOUGH_TO_BLEND]
    mix = blend([each[few] for each in scores], right[few])
    shares = softmax(mix.logits([each[rows] for each in scores]))
    return mix, calibrate(shares, held.known[rows], held.marks[rows], right[rows])


def _f1(answers: Answers, right: Labels) -> float:
    return macro_f1([(str(a), str(b)) for a, b in zip(right.tolist(), answers.first.tolist(), strict=True)])


def _with_none(mix: Mix, ways: int) -> Mix:
    """Ways that are not used are trusted with nothing."""
    return Mix(np.append(mix.trust, np.zeros(ways - len(mix.trust))), mix.constant)
