"""Texts judged by what was learnt from the others: how good a way is shows only on texts it has not seen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mulian.modules.cases.domain.classifying.heads import Doubles, Effort, Labels, heads
from mulian.modules.cases.domain.classifying.matrix import Counted, Sparse, vocabulary, weigh


@dataclass(frozen=True)
class HeldOut:
    """Texts (`rows`, their numbers) judged by ways that did not learn from them."""

    rows: NDArray[np.int64]
    scores: list[Doubles]
    known: Doubles
    marks: Doubles


@dataclass(frozen=True)
class Task:
    """What is tried: texts as marks, the fold of each (-1: of none), how much work it may be."""

    counted: Counted
    fold_of: NDArray[np.int64]
    effort: Effort
    seed: int
    tell: Callable[[str], object]


def try_out(task: Task, labels: Labels, topics: int) -> HeldOut:
    """The rows in turn; those in no fold (hints) are always learnt from. Of the parts only so many as are tried."""
    counted, fold_of, found, seed, tell = task.counted, task.fold_of, task.effort, task.seed, task.tell
    order: list[NDArray[np.int64]] = []
    parts: list[list[Doubles]] = []
    known: list[Doubles] = []
    tried = np.unique(fold_of[fold_of >= 0])[: found.tried]
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
    return HeldOut(at, scores, np.concatenate(known), counted.sizes[at].astype(float))


def _share_known(held: Sparse, sizes: NDArray[np.int64]) -> Doubles:
    """The part of each text's marks that the others have."""
    row_of = np.repeat(np.arange(held.shape[0]), np.diff(held.indptr))
    seen = np.bincount(row_of, held.data != 0, held.shape[0])
    return np.asarray(seen / np.maximum(sizes, 1), dtype=np.float64)


def folds(labels: Labels, seed: int, parts: int) -> NDArray[np.int64]:
    """The part of each row (0 … parts-1); every topic is spread over all of them."""
    order = np.random.default_rng(seed).permutation(len(labels))
    order = order[np.argsort(labels[order], kind="stable")]
    found = np.empty(len(labels), dtype=np.int64)
    found[order] = np.arange(len(labels)) % parts
    return found
