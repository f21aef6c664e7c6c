"""The cast, and short ways to issue and answer tasks and to speak as a phone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest

from mulian.core.events import deliveries, stamper
from mulian.kernel.ids import uuid7
from mulian.modules.tasks.actions import issuing
from mulian.modules.tasks.domain.asking import Asks
from mulian.modules.tasks.models import Assignment, Task
from tests.world import AT, VILLAGE, World
from tests.world.phone import Phone

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Line:
    """Issues and reads tasks as the cast does."""

    world: World

    def issue(self, by: str = "village_lead", at: datetime = AT, **said: Any) -> Task:
        given: dict[str, Any] = {
            "id": uuid7(at), "title": "统计饲草", "area": VILLAGE, "due": at + 10 * DAY, "asks": Asks.DONE
        } | said  # fmt: skip
        return issuing.issue(actor=self.world.actor(by, at), at=at, **given)

    def parts(self, task: Task) -> dict[tuple[str, str], str]:
        """(user name, area or household) → state."""
        names = {id: name for name, id in self.world.people.items()}
        families = {id: name for name, id in self.world.households.items()}
        rows = Assignment.unscoped.because("a test looks").filter(task=task)
        return {
            (names[r.person_id], families[r.household] if r.household else r.area_id): r.state for r in rows
        }

    def part(self, task: Task, username: str) -> Assignment:
        rows = Assignment.unscoped.because("a test looks")
        return rows.get(task=task, person=self.world.people[username])

    def phone(self, username: str) -> Phone:
        """Only what it learns of tasks and visits."""
        return Phone(self.world, username, of=("task", "visit"))

    def react(self, at: datetime = AT) -> None:
        """What the worker does: stamp, then run every delivery that is due."""
        while stamper.stamp(at):
            pass
        while deliveries.run_due(at, 100):
            pass
        while stamper.stamp(at):
            pass


@pytest.fixture
def line(world: World) -> Line:
    return Line(world)
