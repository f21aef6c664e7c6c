"""Stretches as rows, and back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from mulian.insight.domain.stretches import Standing, Stretch
from mulian.insight.models import Segment

STANDING = tuple(field.name for field in fields(Standing))
AT_ONCE = 500
"""Rows read at once: whoever stops early has not read the rest."""
OWN = tuple(field.name for field in fields(Stretch) if field.name != "standing")
NAMES = (*OWN, *STANDING)


def values(stretch: Stretch) -> tuple[Any, ...]:
    """In the order of `NAMES`."""
    own = (getattr(stretch, name) for name in OWN)
    return (*own, *(getattr(stretch.standing, name) for name in STANDING))


def stretches(rows: Any) -> Iterable[Stretch]:
    """Of a query over segments, in its order."""
    many = len(OWN)
    for row in rows.values_list(*NAMES).iterator(AT_ONCE):
        standing = Standing(**dict(zip(STANDING, row[many:], strict=True)))
        yield Stretch(**dict(zip(OWN, row[:many], strict=True)), standing=standing)


def row(stretch: Stretch) -> Segment:
    return Segment(**dict(zip(NAMES, values(stretch), strict=True)))
