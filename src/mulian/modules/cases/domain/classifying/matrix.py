"""Texts as a sparse matrix of marks, and the weights that make rare marks count."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from mulian.modules.cases.domain.classifying.marks import BLOCKS, Floats, Keys, Marks, block_weights

Sparse: TypeAlias = Any
"""A `csr_matrix`; scipy ships no types."""
_TOGETHER = 4_000_000
"""So many marks are counted at once, more roughly first."""
_BUCKETS = 1 << 25
"""Two marks share one of these now and then: that keeps one too many, never one too few."""


@dataclass(frozen=True)
class Vocabulary:
    """The marks in use, ascending; how rare each is (inverse document frequency); the block of each."""

    keys: Keys
    rarity: Floats
    blocks: NDArray[np.uint8]


@dataclass(frozen=True)
class Counted:
    """All texts by all marks: how often (damped: 1 + ln n), with every mark's key and block.

    `tibetan` is the Tibetan part of each text, `sizes` how many different marks it has, kept or not.
    """

    counts: Sparse
    keys: Keys
    blocks: NDArray[np.uint8]
    tibetan: Floats
    sizes: NDArray[np.int64]


def count(texts: Iterable[Marks], at_most: int, least: int = 1, public: Sequence[Marks] = ()) -> Counted:
    """Marks of one text only help a little; they go first when there are more than `at_most`, then the rarest.

    A mark of fewer than `least` texts is never kept, except those of `public` texts (a pack's words): they stand last
    among the rows, and no person said them.
    """
    read = [*texts, *public]
    known, often = _found(read, at_most, least)
    kept = np.sort(known[_kept(often, at_most, least)])
    kept = np.unique(np.concatenate([kept, *(each.keys for each in public)]))
    blocks = np.zeros(len(kept), np.uint8)
    columns, damped, sizes = [], [], np.zeros(len(read), np.int64)
    for row, each in enumerate(read):
        at = np.searchsorted(kept, each.keys)
        at[at == len(kept)] = 0
        there = kept[at] == each.keys if len(kept) else np.zeros(len(at), bool)
        blocks[at[there]] = each.blocks[there]
        columns.append(at[there].astype(np.int32))
        damped.append((1 + np.log(each.counts[there])).astype(np.float32))
        sizes[row] = there.sum()
    starts = np.concatenate([[0], np.cumsum(sizes)])
    whole = sparse.csr_matrix(
        (np.concatenate(damped), np.concatenate(columns), starts), shape=(len(read), len(kept))
    )
    tibetan = np.array([each.tibetan for each in read], np.float32)
    return Counted(whole, kept, blocks, tibetan, np.array([len(each.keys) for each in read], np.int64))


def _found(texts: Sequence[Marks], at_most: int, least: int) -> tuple[Keys, NDArray[np.int64]]:
    """All marks and in how many texts each is. Of very many, those of one text are dropped before they are counted."""
    total = sum(len(each.keys) for each in texts)
    if total <= _TOGETHER:
        return np.unique(np.concatenate([each.keys for each in texts]), return_counts=True)
    buckets = np.zeros(_BUCKETS, np.uint16)
    for each in texts:
        at = each.keys & np.uint32(_BUCKETS - 1)
        buckets[at] = np.minimum(buckets[at], 65_000) + 1
    enough = buckets >= max(least, 2)
    keys = np.concatenate([each.keys[enough[each.keys & np.uint32(_BUCKETS - 1)]] for each in texts])
    keys.sort()
    first = np.flatnonzero(np.append(True, keys[1:] != keys[:-1])) if len(keys) else np.zeros(0, np.int64)
    return keys[first], np.diff(np.append(first, len(keys)))


def _kept(often: NDArray[np.int64], at_most: int, least: int) -> NDArray[np.int64]:
    kept = np.flatnonzero(often >= least)
    if len(kept) > at_most:
        kept = np.flatnonzero(often >= max(least, 2))
    if len(kept) > at_most:
        kept = kept[np.argsort(-often[kept], kind="stable")[:at_most]]
    return kept


def vocabulary(counted: Counted, rows: NDArray[np.int64]) -> Vocabulary:
    """How rare each mark is among these rows; a mark none of them has weighs nothing."""
    often = np.bincount(counted.counts[rows].indices, minlength=len(counted.keys))
    rarity = np.log((1 + len(rows)) / (1 + often)) + 1
    return Vocabulary(counted.keys, np.where(often > 0, rarity, 0.0).astype(np.float32), counted.blocks)


def weigh(counted: Counted, rows: NDArray[np.int64], words: Vocabulary) -> Sparse:
    """The rows ready to learn from: every text has the same length, shared by its blocks (`block_weights`)."""
    weighed = counted.counts[rows]
    weighed.data *= words.rarity[weighed.indices]
    where = np.repeat(np.arange(len(rows), dtype=np.int64), np.diff(weighed.indptr)) * BLOCKS
    where += words.blocks[weighed.indices]
    squares = np.bincount(where, weighed.data**2, BLOCKS * len(rows)).reshape(-1, BLOCKS)
    factors = block_weights(np.sqrt(squares).astype(np.float32), counted.tibetan[rows])
    weighed.data *= factors.ravel()[where]
    return weighed
