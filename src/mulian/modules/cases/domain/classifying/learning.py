"""Learns a model from texts whose topic is known. Needs scikit-learn; the same rows and seed give the same model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mulian.modules.cases.domain.classifying.calibration import calibrate
from mulian.modules.cases.domain.classifying.heads import Doubles, Head, Labels, heads
from mulian.modules.cases.domain.classifying.marks import marks
from mulian.modules.cases.domain.classifying.matrix import (
    Counted,
    Sparse,
    count,
    vocabulary,
    weigh,
)
from mulian.modules.cases.domain.classifying.model import Model
from mulian.modules.cases.domain.classifying.prints import prints
from mulian.modules.cases.domain.classifying.rows import Row, sample
from mulian.modules.cases.domain.classifying.stacking import blend, softmax

FOLDS = 5
MOST_ROWS = 40_000
"""More texts make learning longer and hardly better."""
TABLE_BYTES = 13_500_000
"""Room for the table and its keys: the file stays below 15 MB."""
_CELLS = 24_000_000
_MOST_MARKS = 1_000_000
_PER_MARK = 6
"""Bytes beside the weights: a key of four, a rarity of two."""


@dataclass(frozen=True)
class _HeldOut:
    """Each text judged by ways that did not learn from it."""

    scores: list[Doubles]
    known: Doubles
    marks: Doubles


def learn(
    rows: Sequence[Row],
    *,
    hints: Sequence[Row] = (),
    seed: int = 1,
    name: str = "model",
    private: bool = False,
) -> Model:
    """A model from at least one row. Few rows give a model that is never sure.

    `hints` (a topic's own words) are learnt from and never measured with. Of more than `MOST_ROWS` an even choice is
    learnt from. `private`: keep no mark that only one text has, and no prints of the texts.
    """
    rows = sample(rows, MOST_ROWS)
    everyone = [*rows, *hints]
    topics = tuple(sorted({row.label for row in everyone}))
    numbers = {topic: at for at, topic in enumerate(topics)}
    labels = np.array([numbers[row.label] for row in everyone], dtype=np.int64)
    texts = [marks(row.text, row.also) for row in everyone]
    counted = count(texts, min(_MOST_MARKS, _CELLS // len(topics)), least=2 if private else 1)
    held_out = _held_out(counted, labels, len(rows), len(topics), seed)
    mix = blend(held_out.scores, labels[: len(rows)])
    shares = softmax(mix.logits(held_out.scores))
    certainty = calibrate(shares, held_out.known, held_out.marks, labels[: len(rows)])
    everything = np.arange(len(everyone))
    words = vocabulary(counted, everything)
    weighed = weigh(counted, everything, words)
    folded = mix.fold(heads(weighed, labels, len(topics), seed))
    kept = _worth_keeping(folded, weighed, len(topics))
    table, scale = _small(folded.weights[kept])
    return Model(
        name=name,
        topics=topics,
        keys=words.keys[kept],
        rarity=words.rarity[kept].astype(np.float16),
        table=table,
        scale=scale,
        constant=folded.constant.astype(np.float32),
        certainty=certainty,
        learnt=np.zeros(0, np.uint64) if private else prints(rows),
    )


def _held_out(counted: Counted, labels: Labels, rows: int, topics: int, seed: int) -> _HeldOut:
    """The first `rows` in turn; what follows them (hints) is always learnt from."""
    fold_of = np.append(folds(labels[:rows], seed), np.full(len(labels) - rows, -1))
    sizes = np.diff(counted.counts.indptr).astype(float)[:rows]
    known = np.zeros(rows)
    scores: list[Doubles] = []
    for fold in np.unique(fold_of[:rows]):
        test = np.flatnonzero(fold_of == fold)
        train = np.flatnonzero(fold_of != fold)
        if not len(train):
            train = test
        words = vocabulary(counted, train)
        ways = heads(weigh(counted, train, words), labels[train], topics, seed)
        held = weigh(counted, test, words)
        scores = scores or [np.zeros((rows, topics)) for _ in ways]
        for whole, way in zip(scores, ways, strict=True):
            whole[test] = way.scores(held)
        known[test] = _share_known(held, sizes[test])
    return _HeldOut(scores, known, sizes)


def _share_known(held: Sparse, sizes: Doubles) -> Doubles:
    seen = np.diff(held.indptr) - np.bincount(
        np.repeat(np.arange(held.shape[0]), np.diff(held.indptr)), held.data == 0, held.shape[0]
    )
    return np.asarray(seen / np.maximum(sizes, 1), dtype=np.float64)


def folds(labels: Labels, seed: int) -> NDArray[np.int64]:
    """A number 0..4 for each row; every topic is spread over all of them."""
    order = np.random.default_rng(seed).permutation(len(labels))
    order = order[np.argsort(labels[order], kind="stable")]
    found = np.empty(len(labels), dtype=np.int64)
    found[order] = np.arange(len(labels)) % FOLDS
    return found


def _worth_keeping(folded: Head, weighed: Sparse, topics: int) -> NDArray[np.int64]:
    """The marks that move scores most, as many as the file has room for."""
    room = TABLE_BYTES // (topics + _PER_MARK)
    if len(folded.weights) <= room:
        return np.arange(len(folded.weights))
    used = np.sqrt(np.asarray(weighed.multiply(weighed).sum(axis=0)).ravel())
    moved = used * np.abs(folded.weights).max(axis=1)
    return np.sort(np.argsort(-moved, kind="stable")[:room])


def _small(weights: Doubles) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Weights as whole numbers of -127..127 with one scale for each topic."""
    scale = np.maximum(np.abs(weights).max(axis=0, initial=0.0), 1e-9) / 127
    return np.rint(weights / scale).astype(np.int8), scale.astype(np.float32)
