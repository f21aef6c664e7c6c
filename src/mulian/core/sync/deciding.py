"""The result rows of decided commands, and the one event that tells phones of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from mulian.core.database.quick import fetch, key, slots, uuid
from mulian.core.database.rows import insert_values
from mulian.core.events import feeds
from mulian.core.events.log import append
from mulian.core.sync.events import CommandsDecided
from mulian.core.sync.models import Applied, Command
from mulian.kernel.actor import SYSTEM
from mulian.kernel.ids import uuid7

NAMES = ("id", "state", "code", "refs", "at", "device", "told_by")


def known_results(batch: Sequence[Command]) -> dict[UUID, Applied]:
    """What was decided before and is not yet in the intake (a crash, or another process): next to never anything."""
    statement = f"SELECT id FROM sync_applied WHERE id IN {slots(len(batch))}"
    found = fetch(statement, [key(command.id) for command in batch]) if batch else []
    return Applied.objects.in_bulk([uuid(row[0]) for row in found]) if found else {}


def write_results(decided: Sequence[Command], now: datetime) -> None:
    """In the transaction of the effect.

    One event tells of all verdicts of the batch; each phone finds its own by `told_by`, the event's subject. A reply
    that waited carries them sooner, but it may be lost.
    """
    final = [command for command in decided if command.state != Command.State.PARKED]
    if not final:
        return
    event = uuid7()
    keys = {feeds.of_device(command.device) for command in final}
    append(_decided(event, final), actor=SYSTEM, at=now, feeds=keys)
    insert_values(Applied, NAMES, [(c.id, c.state, c.code, c.refs, now, c.device, event) for c in final])


def late_results(device: UUID, events: Iterable[UUID]) -> list[Applied]:
    """The verdicts of one phone's commands that these events told of."""
    return list(Applied.objects.filter(told_by__in=list(events), device=device).order_by("id"))


def _decided(subject: UUID, final: Sequence[Command]) -> CommandsDecided:
    refused = {str(command.id): command.code for command in final if command.state == Command.State.REFUSED}
    return CommandsDecided(subject_id=subject, applied=len(final) - len(refused), refused=refused)
