"""The cast, and short ways to issue and answer tasks and to speak as a phone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from mulian.core.access.devices import recognise
from mulian.core.events import deliveries, stamper
from mulian.core.sync import applying, pulling
from mulian.core.sync.accepting import Sender, arrive
from mulian.core.sync.intake import store
from mulian.core.sync.models import Command
from mulian.kernel import clock
from mulian.kernel.ids import uuid7
from mulian.modules.tasks.actions import issuing
from mulian.modules.tasks.domain.asking import Asks
from mulian.modules.tasks.models import Assignment, Task
from tests import world as cast
from tests.world import AT, VILLAGE, World

DAY = timedelta(days=1)


@pytest.fixture
def world(db: None) -> World:
    return cast.build()


@pytest.fixture
def frozen() -> Iterator[None]:
    """Requests happen at the cast's moment."""
    with clock.use(clock.FixedClock(AT)):
        yield


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


class Phone:
    """Speaks the wire contract for one of the cast, without a server."""

    def __init__(self, world: World, username: str) -> None:
        self.world, self.username, self.seq = world, username, 0
        self.cursor: Any = None
        self.held: dict[tuple[str, str], dict[str, Any]] = {}

    def send(
        self, kind: str, body: dict[str, Any], *, at: datetime = AT, written: datetime | None = None
    ) -> Command:
        """Accepts and applies one command; the row as it stands then."""
        known = recognise(self.world.token(self.username), at)
        assert known is not None
        self.seq += 1
        raw = {
            "id": str(uuid7(at)), "seq": self.seq, "kind": kind, "v": 1,
            "at": (written or at).isoformat(), "body": body,
        }  # fmt: skip
        sender = Sender(known.device, known.person, known.revoked)
        arrival = arrive(json.dumps(raw).encode(), sender=sender, now=at)
        store([arrival.row])
        applying.apply_waiting(at)
        return Command.objects.get(id=UUID(arrival.id))

    def pull(self, at: datetime = AT) -> list[pulling.Change]:
        while stamper.stamp(at):
            pass
        changes: list[pulling.Change] = []
        while True:
            page = pulling.pull(self.world.actor(self.username, at), self.cursor, at=at, limit=200)
            self.cursor, changes = page.cursor, changes + page.changes
            if not page.more:
                break
        for change in changes:
            if change.op == "drop":
                self.held.pop((change.kind, change.id), None)
            else:
                assert change.op == "put", "tasks and visits travel whole"
                self.held[change.kind, change.id] = dict(change.data or {}) | {"rev": change.rev}
        return [change for change in changes if change.kind in ("task", "visit")]

    def task(self, task: Task) -> dict[str, Any] | None:
        return self.held.get(("task", str(task.id)))

    def visits(self) -> dict[str, Any]:
        return self.held["visit", str(self.world.people[self.username])]
