"""Learns a model from texts whose topic is known. Needs scikit-learn; the same rows and seed give the same model."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mulian.modules.cases.domain.classifying.calibration import calibrate
from mulian.modules.cases.domain.classifying.certainty import Certainty
from mulian.modules.cases.domain.classifying.heads import (
    Doubles,
    Effort,
    Head,
    Labels,
    Weights,
    effort,
    heads,
)
from mulian.modules.cases.domain.classifying.marks import READ_HEAD, READ_TAIL, marks
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
from mulian.modules.cases.domain.classifying.stacking import Mix, blend, softmax

FOLDS = 5
"""Parts of the texts; each is judged by what was learnt from the others."""
MOST_LETTERS = 20_000_000
"""Of more an even choice of texts is learnt from: memory stays below 1.5 GB."""
FILE_BYTES = 14_000_000
"""Room for the table, its keys and the prints of what was learnt from: the file stays below 15 MB."""
_CELLS = 24_000_000
_MOST_MARKS = 1_000_000
_PER_MARK, _PER_PRINT = 6, 8
"""Bytes beside the weights: a key of four, a rarity of two; a print of a text."""
_ENOUGH_TO_BLEND = 12_000


@dataclass(frozen=True)
class _HeldOut:
    """Texts (`rows`, their numbers) judged by ways that did not learn from them."""

    rows: NDArray[np.int64]
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
    tell: Callable[[str], object] = lambda said: None,
) -> Model:
    """A model from at least one row. Few rows give a model that is never sure.

    `hints` (a topic's own words) are learnt from and never measured with. Of more than `MOST_LETTERS` an even choice is
    learnt from. `private`: keep no mark that only one text has, and no prints of the texts. `tell` hears what is done.
    """
    rows = bounded(rows)
    everyone = [*rows, *hints]
    topics = tuple(sorted({row.label for row in everyone}))
    numbers = {topic: at for at, topic in enumerate(topics)}
    labels = np.array([numbers[row.label] for row in everyone], dtype=np.int64)
    tell(f"reading {len(everyone):,} texts of {len(topics):,} labels")
    most = min(_MOST_MARKS, _CELLS // len(topics))
    counted = count((marks(row.text, row.also) for row in everyone), most, least=2 if private else 1)
    found = effort(counted.counts.nnz, len(topics))
    held_out = _held_out(counted, labels, len(rows), len(topics), found, seed, tell)
    mix, certainty = _judged(held_out, labels[held_out.rows])
    tell(f"learning from all, {len(found.ways)} ways")
    everything = np.arange(len(everyone))
    words = vocabulary(counted, everything)
    weighed = weigh(counted, everything, words)
    folded = mix.fold(heads(weighed, labels, len(topics), found.ways, seed))
    learnt = np.zeros(0, np.uint64) if private else prints(rows)
    kept = _worth_keeping(folded, weighed, room(len(topics), len(learnt)))
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
        learnt=learnt,
    )


def _judged(held_out: _HeldOut, right: Labels) -> tuple[Mix, Certainty]:
    """How much each way is trusted, and how certain is certain enough."""
    mix = blend([each[:_ENOUGH_TO_BLEND] for each in held_out.scores], right[:_ENOUGH_TO_BLEND])
    shares = softmax(mix.logits(held_out.scores))
    return mix, calibrate(shares, held_out.known, held_out.marks, right)


def bounded(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows that are learnt from: all, or an even choice of very many or very long ones."""
    letters = sum(min(len(row.text), READ_HEAD + READ_TAIL) for row in rows)
    return sample(rows, len(rows) if letters <= MOST_LETTERS else len(rows) * MOST_LETTERS // letters)


def _held_out(
    counted: Counted,
    labels: Labels,
    rows: int,
    topics: int,
    found: Effort,
    seed: int,
    tell: Callable[[str], object],
) -> _HeldOut:
    """The first `rows` in turn; what follows them (hints) is always learnt from. With one fold, a fifth of them."""
    fold_of = np.append(folds(labels[:rows], seed), np.full(len(labels) - rows, -1))
    order: list[NDArray[np.int64]] = []
    parts: list[list[Doubles]] = []
    known: list[Doubles] = []
    tried = np.unique(fold_of[:rows])[: found.folds]
    for fold in tried:
        tell(f"trying it on texts not learnt from, {len(order) + 1} of {len(tried)}")
        test = np.flatnonzero(fold_of == fold)
        train = np.flatnonzero(fold_of != fold)
        if not len(train):
            train = test
        words = vocabulary(counted, train)
        held = weigh(counted, test, words)
        ways = heads(weigh(counted, train, words), labels[train], topics, found.ways, seed)
        parts.append([way.scores(held) for way in ways])
        known.append(_share_known(held, counted.sizes[test]))
        order.append(test)
    at = np.concatenate(order)
    scores = [np.concatenate(way) for way in zip(*parts, strict=True)]
    return _HeldOut(at, scores, np.concatenate(known), counted.sizes[at].astype(float))


def _share_known(held: Sparse, sizes: NDArray[np.int64]) -> Doubles:
    """The part of each text's marks that the others have."""
    row_of = np.repeat(np.arange(held.shape[0]), np.diff(held.indptr))
    seen = np.bincount(row_of, held.data != 0, held.shape[0])
    return np.asarray(seen / np.maximum(sizes, 1), dtype=np.float64)


def folds(labels: Labels, seed: int) -> NDArray[np.int64]:
    """A number 0..4 for each row; every topic is spread over all of them."""
    order = np.random.default_rng(seed).permutation(len(labels))
    order = order[np.argsort(labels[order], kind="stable")]
    found = np.empty(len(labels), dtype=np.int64)
    found[order] = np.arange(len(labels)) % FOLDS
    return found


def room(topics: int, learnt: int) -> int:
    """How many marks a file has room for."""
    return max(FILE_BYTES - _PER_PRINT * learnt, FILE_BYTES // 4) // (topics + _PER_MARK)


def _worth_keeping(folded: Head, weighed: Sparse, most: int) -> NDArray[np.int64]:
    """The marks that move scores most, at most so many."""
    if len(folded.weights) <= most:
        return np.arange(len(folded.weights))
    used = np.sqrt(np.bincount(weighed.indices, weighed.data**2, weighed.shape[1]))
    moved = used * np.abs(folded.weights).max(axis=1)
    return np.sort(np.argsort(-moved, kind="stable")[:most])


def _small(weights: Weights) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Weights as whole numbers of -127..127 with one scale for each topic."""
    scale = np.maximum(np.abs(weights).max(axis=0, initial=0.0), 1e-9) / 127
    return np.rint(weights / scale).astype(np.int8), scale.astype(np.float32)
