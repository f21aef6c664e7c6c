"""Which phones hold a household: every area from the grid area up to the village that it counts in."""

from __future__ import annotations

from collections.abc import Callable, Iterable

VILLAGE_LENGTH = 12


def reader_areas(codes: Iterable[str | None], lineage: Callable[[str], Iterable[str]]) -> tuple[str, ...]:
    """The areas themselves and those above them down to the village; higher up no phone holds rows."""
    steps = {step for code in codes if code for step in lineage(code)}
    return tuple(sorted(step for step in steps if len(step) >= VILLAGE_LENGTH))
