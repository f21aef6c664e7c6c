"""The case part of a county pack: read into rules, checked, and tried with the pack's own tests.toml.

Files read: topics, hazards, promises, calendars, ladder, units (and areas, points) in the form
packs/README.md gives.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from mulian.core.packs.calendars import gaps
from mulian.core.packs.pack import Pack
from mulian.kernel.actor import SYSTEM
from mulian.kernel.clock import CN
from mulian.kernel.problems import Problem
from mulian.modules.cases.actions import replanning
from mulian.modules.cases.pack.reading import INVALID, CaseRules, rules_of
from mulian.modules.cases.pack.rows import Failure, run_rows
from mulian.modules.cases.queries.replanning import preview as figures_of
from mulian.modules.cases.queries.rules import rules

__all__ = [
    "INVALID",
    "CaseRules",
    "Failure",
    "apply",
    "check",
    "notes",
    "preview",
    "rules_of",
    "run_rows",
    "run_tests",
]


def check(pack: Pack) -> list[str]:
    """What is wrong with the case part of a pack, one sentence each; empty when it can be used."""
    try:
        rules_of(pack)
    except Problem as problem:
        errors = problem.params["errors"]
        assert isinstance(errors, tuple)
        return [str(each) for each in errors]
    return []


def run_tests(pack: Pack) -> list[str]:
    """The rows of tests.toml that do not come out as the pack says, one sentence each."""
    return [str(failure) for failure in run_rows(pack)]


def notes(pack: Pack, now: datetime) -> list[str]:
    """Years whose holidays deadlines are counted without, to be mended in time."""
    today = now.astimezone(CN).date()
    return [said for row in pack.rows("calendars", "calendar") for said in gaps(row, today)]


def preview(pack: Pack, now: datetime) -> Iterator[str]:
    """What counting every running promise by this pack would change; nothing is written."""
    found = rules_of(pack)
    made = figures_of(found.policy, found.topics, now)
    yield f"policy {found.policy.version}"
    yield (
        f"{made.promises} promises are counted by an earlier policy: {made.moved} move, {made.now_overdue} become "
        f"overdue, {made.no_longer_overdue} are no longer overdue, {made.cancelled} are owed no more, "
        f"{made.added} are newly owed"
    )


def apply(now: datetime) -> Iterator[str]:
    """Asks for it under the pack in force. Raises `cases.replanning_runs`."""
    made = replanning.ask(version=rules().policy.version, actor=SYSTEM, at=now)
    yield f"policy {made.version}: the worker counts the promises again; mulian pack preview shows what is left"
