"""Texts as a sparse matrix of marks, and the weights that make rare marks count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from mulian.modules.cases.domain.classifying.marks import BLOCKS, Floats, Keys, Marks

Sparse: TypeAlias = Any
"""A `csr_matrix`; scipy ships no types."""


@dataclass(frozen=True)
class Vocabulary:
    """The marks in use, ascending; how rare each is (inverse document frequency); the block of each."""

    keys: Keys
    rarity: Floats
    blocks: NDArray[np.uint8]


@dataclass(frozen=True)
class Counted:
    """All texts by all marks: how often (damped: 1 + ln n), with every mark's key and block."""

    counts: Sparse
    keys: Keys
    blocks: NDArray[np.uint8]


def count(texts: Sequence[Marks], at_most: int, least: int = 1) -> Counted:
    """Marks of one text only help a little; they go first when there are more than `at_most`, then the rarest.

    A mark of fewer than `least` texts is never kept.
    """
    keys = np.concatenate([each.keys for each in texts])
    known, where, often = np.unique(keys, return_inverse=True, return_counts=True)
    blocks = np.zeros(len(known), np.uint8)
    blocks[where] = np.concatenate([each.blocks for each in texts])
    starts = np.concatenate([[0], np.cumsum([len(each.keys) for each in texts])])
    damped = (1 + np.log(np.concatenate([each.counts for each in texts]))).astype(np.float32)
    whole = sparse.csr_matrix((damped, where.astype(np.int32), starts), shape=(len(texts), len(known)))
    kept = _kept(often, at_most, least)
    return Counted(whole[:, kept].tocsr(), known[kept], blocks[kept])


def _kept(often: NDArray[np.int64], at_most: int, least: int) -> NDArray[np.int64]:
    kept = np.flatnonzero(often >= least)
    if len(kept) > at_most:
        kept = np.flatnonzero(often >= max(least, 2))
    if len(kept) > at_most:
        kept = np.sort(kept[np.argsort(-often[kept], kind="stable")[:at_most]])
    return kept


def vocabulary(counted: Counted, rows: NDArray[np.int64]) -> Vocabulary:
    """How rare each mark is among these rows; a mark none of them has weighs nothing."""
    often = np.asarray((counted.counts[rows] > 0).sum(axis=0)).ravel()
    rarity = np.log((1 + len(rows)) / (1 + often)) + 1
    return Vocabulary(counted.keys, np.where(often > 0, rarity, 0.0).astype(np.float32), counted.blocks)


def weigh(counted: Counted, rows: NDArray[np.int64], words: Vocabulary) -> Sparse:
    """The rows ready to learn from: each block of a text has the same length, whatever the text's."""
    weighed = counted.counts[rows].multiply(words.rarity[np.newaxis, :]).tocsr().astype(np.float32)
    squares = weighed.copy()
    squares.data **= 2
    member = np.zeros((len(words.blocks), BLOCKS), np.float32)
    member[np.arange(len(words.blocks)), words.blocks] = 1
    norms = np.sqrt(np.asarray(squares @ member))
    present = np.maximum((norms > 0).sum(axis=1, keepdims=True), 1)
    scale = 1 / (np.where(norms > 0, norms, 1) * np.sqrt(present))
    lengths = np.diff(weighed.indptr)
    weighed.data *= scale[np.repeat(np.arange(len(lengths)), lengths), words.blocks[weighed.indices]]
    return weighed
