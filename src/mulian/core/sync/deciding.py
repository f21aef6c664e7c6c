"""The result rows of decided commands, and the one event that tells phones of late verdicts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from mulian.core.database.rows import insert_values
from mulian.core.events import feeds
from mulian.core.events.log import append
from mulian.core.sync.events import CommandsDecided
from mulian.core.sync.models import Applied, Command
from mulian.kernel.actor import SYSTEM
from mulian.kernel.ids import uuid7

NAMES = ("id", "state", "code", "refs", "at", "device", "told_by")


def known_results(batch: Sequence[Command]) -> dict[UUID, Applied]:
    """What was decided before and is not yet in the intake (a crash, or another process)."""
    return Applied.objects.in_bulk([command.id for command in batch])


def write_results(decided: Sequence[Command], told: set[UUID], now: datetime) -> None:
    """In the transaction of the effect. `told`: ids whose reply carries the verdict; the others need the feed.

    One event tells of all late verdicts of the batch; each phone finds its own by `told_by`, the event's subject.
    """
    final = [command for command in decided if command.state != Command.State.PARKED]
    late = [command for command in final if command.id not in told]
    event = uuid7() if late else None
    if late and event:
        keys = {feeds.of_device(command.device) for command in late}
        append(_decided(event, late), actor=SYSTEM, at=now, feeds=keys)
    untold = {command.id for command in late}
    rows = ((c.id, c.state, c.code, c.refs, now, c.device, event if c.id in untold else None) for c in final)
    insert_values(Applied, NAMES, rows)


def late_results(device: UUID, events: Iterable[UUID]) -> list[Applied]:
    """The verdicts of one phone's commands that these events told of."""
    return list(Applied.objects.filter(told_by__in=list(events), device=device).order_by("id"))


def _decided(subject: UUID, late: Sequence[Command]) -> CommandsDecided:
    refused = {str(command.id): command.code for command in late if command.state == Command.State.REFUSED}
    return CommandsDecided(subject_id=subject, applied=len(late) - len(refused), refused=refused)
