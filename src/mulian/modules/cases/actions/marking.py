"""Writes that a step of a ladder fired."""

from __future__ import annotations

from datetime import datetime

from mulian.core.database.batch import later
from mulian.core.database.rows import insert
from mulian.modules.cases.domain.ladder import Step
from mulian.modules.cases.models import LadderStep, Promise


def mark(row: Promise, step: Step, now: datetime) -> None:
    """The unique key is the last guard: a step that somebody else fired undoes this whole transaction."""
    later(_write, LadderStep(promise=row, key=step.key, kind=step.kind, at=step.at, fired_at=now))


def _write(steps: list[LadderStep]) -> None:
    insert(steps)
