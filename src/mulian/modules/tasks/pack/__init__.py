"""The tasks part of a county pack: visits.toml, who is visited and how often (shape: core/packs/shapes/county.py)."""

from __future__ import annotations

from datetime import datetime, time

import msgspec

from mulian.core.packs.pack import Pack
from mulian.core.packs.shapes.county import Visit
from mulian.kernel.clock import CN
from mulian.modules.tasks.domain.visiting import Duty, Whom

__all__ = ["check", "duties_of"]


def duties_of(pack: Pack) -> tuple[Duty, ...]:
    """The visit duties as the rules take them. Raises msgspec.ValidationError for rows of a wrong shape."""
    rows = [msgspec.convert(row, Visit) for row in pack.rows("visits", "visit")]
    return tuple(
        Duty(
            code=row.code,
            name={"zh": row.name.zh, "bo": row.name.bo, "en": row.name.en},
            whom=Whom(row.whom),
            days=row.days,
            since=datetime.combine(row.from_, time(), CN),
            areas=tuple(row.areas),
        )
        for row in rows
    )


def check(pack: Pack) -> list[str]:
    """What is wrong with visits.toml beyond its shape, one sentence each."""
    areas = {area.code for area in pack.areas}
    return [
        f"visits.toml: {duty.code}: area {code} is not in areas.csv"
        for duty in duties_of(pack)
        for code in duty.areas
        if code not in areas
    ]
