"""Prints of texts: enough to see that a model learnt from one, not enough to read it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from mulian.modules.cases.domain.classifying.rows import Row, same


def prints(rows: Iterable[Row]) -> NDArray[np.uint64]:
    """A number for each text, ascending; equal texts have equal numbers."""
    digests = (hashlib.sha256(same(row.text).encode("utf-8", "replace")).digest()[:8] for row in rows)
    return np.unique(np.frombuffer(b"".join(digests), dtype="<u8").astype(np.uint64))


def unseen(rows: Sequence[Row], learnt: NDArray[np.uint64]) -> tuple[Row, ...]:
    """The rows whose text is not among those learnt from."""
    return tuple(row for row in rows if not np.isin(prints([row]), learnt)[0])
