"""Reads clocks.toml: what the county allows around its clocks."""

from __future__ import annotations

from datetime import timedelta

from mulian.core.packs.pack import Table
from mulian.modules.cases.domain.attempts import AttemptRules
from mulian.modules.cases.domain.extending import ExtensionRules
from mulian.modules.cases.domain.limits import Limits
from mulian.modules.cases.domain.pausing import PauseReason, PauseRules
from mulian.modules.cases.domain.staffing import Level
from mulian.modules.cases.domain.supervising import SupervisionRules
from mulian.modules.cases.domain.urging import UrgingRules


def limits_of(row: Table) -> Limits:
    """The pack's figures, or the defaults where it says nothing at all."""
    if not row:
        return Limits()
    pause, extension, urging, supervision = (
        row[name] for name in ("pause", "extension", "urging", "supervision")
    )
    return Limits(
        pauses=PauseRules(
            reasons=tuple(_reason(each) for each in row.get("reason", ())),
            most=int(pause["most"]),
            alone=timedelta(days=pause["alone_days"]),
            longest=timedelta(days=pause["longest_days"]),
        ),
        extensions=ExtensionRules(most=int(extension["most"]), longest_days=int(extension["longest_days"])),
        urging=UrgingRules(
            every=timedelta(hours=urging["hours"]), every_urgent=timedelta(minutes=urging["urgent_minutes"])
        ),
        supervision=SupervisionRules(
            days=int(supervision["days"]), clock=str(supervision.get("clock", "round"))
        ),
        attempts=tuple(_attempts(each) for each in row.get("attempts", ())),
    )


def _reason(row: Table) -> PauseReason:
    longest = row.get("longest_days")
    return PauseReason(
        code=row["code"], name=row["name"], longest=timedelta(days=longest) if longest else None
    )


def _attempts(row: Table) -> AttemptRules:
    return AttemptRules(
        code=row["code"],
        tries={level: int(row[level.value]) for level in Level if row.get(level.value)},
        topics=tuple(row.get("topics", ())),
        areas=tuple(row.get("areas", ())),
    )
