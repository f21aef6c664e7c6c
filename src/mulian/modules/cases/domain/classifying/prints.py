"""Prints of texts: enough to see that a model learnt from one, not enough to read it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from mulian.modules.cases.domain.classifying.rows import Row, same


def prints(rows: Iterable[Row]) -> NDArray[np.uint64]:
    """A number for each text, ascending; equal texts have equal numbers."""
    return np.array(sorted({_print(row) for row in rows}), dtype=np.uint64)


def unseen(rows: Sequence[Row], learnt: NDArray[np.uint64]) -> tuple[Row, ...]:
    """The rows whose text is not among those learnt from."""
    known = set(learnt.tolist())
    return tuple(row for row in rows if _print(row) not in known)


def _print(row: Row) -> int:
    return int.from_bytes(hashlib.sha256(same(row.text).encode("utf-8", "replace")).digest()[:8], "little")
