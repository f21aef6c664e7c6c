"""A phone of one of the cast: speaks the wire contract without a server and keeps what comes down."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from mulian.core.access.devices import recognise
from mulian.core.events import stamper
from mulian.core.sync import applying, pulling
from mulian.core.sync.accepting import Sender, arrive
from mulian.core.sync.intake import store
from mulian.core.sync.models import Command
from mulian.core.sync.wire import Change
from mulian.kernel.ids import uuid7
from tests.world.cast import AT, World

PATCHED = ("case", "household")
"""Kinds of which small changes come as a patch; all others travel whole."""


@dataclass
class Phone:
    """`held` is what it has by (kind, id); `pull` gives back changes of the kinds in `of`, or all."""

    world: World
    username: str
    of: tuple[str, ...] = ()
    seq: int = 0
    cursor: Any = None
    held: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)

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

    def pull(self, at: datetime = AT) -> list[Change]:
        while stamper.stamp(at):
            pass
        changes: list[Change] = []
        while True:
            page = pulling.pull(self.world.actor(self.username, at), self.cursor, at=at, limit=200)
            self.cursor, changes = page.cursor, changes + page.changes
            if not page.more:
                break
        for change in changes:
            self._absorb(change)
        return [change for change in changes if not self.of or change.kind in self.of]

    def _absorb(self, change: Change) -> None:
        key, data = (change.kind, change.id), dict(change.data or {}) | {"rev": change.rev}
        if change.op == "drop":
            self.held.pop(key, None)
        elif change.op == "patch":
            assert change.kind in PATCHED, f"a {change.kind} travels whole"
            assert self.held[key]["rev"] == change.base, "a patch builds on what the phone holds"
            self.held[key] |= data
        else:
            self.held[key] = data

    def case(self, id: UUID) -> dict[str, Any] | None:
        return self.held.get(("case", str(id)))

    def task(self, id: UUID) -> dict[str, Any] | None:
        return self.held.get(("task", str(id)))

    def visits(self) -> dict[str, Any]:
        return self.held["visit", str(self.world.people[self.username])]
