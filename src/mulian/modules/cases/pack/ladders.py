"""Reads ladder.toml: the order of levels, quiet hours, when a promise reminds, and where that differs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time, timedelta

from mulian.core.packs.pack import Table
from mulian.kernel.quiet import QuietHours
from mulian.modules.cases.domain.ladder import LadderRules, Ladders
from mulian.modules.cases.domain.staffing import Level


def ladders_of(row: Table) -> Ladders:
    """The usual ladder and those of single areas."""
    usual = _ladder(row)
    here = {area: _ladder({**row, **each}) for each in row.get("overrides", ()) for area in each["areas"]}
    return Ladders(usual, here)


def _ladder(row: Table) -> LadderRules:
    quiet, urgent = row["quiet"], row["urgent"]
    return LadderRules(
        orders=tuple(Level(each) for each in row["orders"]),
        urgent_first_minutes=int(urgent["township_and_leader_on_duty_minutes"]),
        urgent_all_minutes=int(urgent["all_leaders_minutes"]),
        step=timedelta(hours=float(row["step_hours"])),
        quiet=QuietHours(time.fromisoformat(quiet["from"]), time.fromisoformat(quiet["to"])),
    )


def remind_here(row: Table) -> Mapping[str, float]:
    """area → share of a promise after which it reminds there."""
    return {
        area: float(each["remind_at"])
        for each in row.get("overrides", ())
        if each.get("remind_at")
        for area in each["areas"]
    }
