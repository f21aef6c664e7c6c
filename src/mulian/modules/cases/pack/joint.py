"""Reads joint.toml: work that several share."""

from __future__ import annotations

from mulian.core.packs.pack import Table
from mulian.modules.cases.domain.joint import Joint
from mulian.modules.cases.domain.mass import Mass
from mulian.modules.cases.domain.merging import Sameness
from mulian.modules.cases.domain.parts import Whistle
from mulian.modules.cases.domain.promises import Amount


def joint_of(row: Table) -> Joint:
    """The pack's words, or the defaults where it says nothing."""
    return Joint(
        near_metres=float(row.get("near_metres", Joint().near_metres)),
        mass=_mass(row.get("mass", {})),
        same=_same(row.get("same", {})),
        whistle=_whistle(row["whistle"]) if row.get("whistle") else Whistle(),
    )


def _mass(row: Table) -> Mass:
    usual = Mass()
    return Mass(
        reports=int(row.get("reports", usual.reports)),
        minutes=float(row.get("minutes", usual.minutes)),
        metres=float(row.get("metres", usual.metres)),
        hours=float(row.get("hours", usual.hours)),
    )


def _same(row: Table) -> Sameness:
    usual = Sameness()
    return Sameness(
        metres=float(row.get("metres", usual.metres)),
        days=float(row.get("days", usual.days)),
        suggest=float(row.get("suggest", usual.suggest)),
    )


def _whistle(row: Table) -> Whistle:
    return Whistle(
        report_in=Amount(minutes=60 * int(row["report_in_hours"])),
        urgent_report_in=Amount(minutes=int(row["urgent_report_in_minutes"])),
        answer=Amount(days=int(row["answer_days"])),
        clock=str(row.get("clock", "round")),
    )
