"""Appends events to the log, inside the transaction that writes the state they describe."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from mulian.core.database.batch import attempt, later, together
from mulian.core.database.rows import insert
from mulian.core.events.canonical import canonical
from mulian.core.events.models import Event as Row
from mulian.core.events.models import EventPrivate
from mulian.core.events.wake import wake
from mulian.kernel.actor import Actor
from mulian.kernel.event import Event
from mulian.kernel.ids import uuid7

__all__ = ["append", "attempt", "commitment", "together"]


def append(
    event: Event,
    *,
    actor: Actor,
    at: datetime,
    occurred: datetime | None = None,
    areas: Iterable[str] = (),
    feeds: Iterable[str] = (),
    rev: int | None = None,
    fields: Iterable[str] | None = None,
    cause: UUID | None = None,
) -> UUID:
    """Writes one event and returns its id.

    `areas`: codes the fact belongs to (for figures). `feeds`: reader keys that must learn of the subject.
    `rev`, `fields`: the subject's revision after this, and the names of the fields that changed when nothing
    else about it did, so that phones get a patch.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("an event belongs in the transaction of the change it describes")
    private = event.private()
    salt = secrets.token_hex(16) if private else ""
    row = Row(
        id=uuid7(),
        name=event.name,
        version=event.version,
        subject_kind=event.subject_kind,
        subject_id=event.subject_id,
        occurred_at=occurred or at,
        recorded_at=at,
        actor=actor.person,
        posting=actor.postings[0].id if actor.postings else None,
        device=actor.device,
        areas=sorted(set(areas)),
        feeds=sorted(set(feeds)),
        rev=rev,
        fields=sorted(set(fields)) if fields is not None else None,
        data=event.data(),
        commitment=commitment(salt, private) if private else "",
        cause=cause,
    )
    later(_insert, (row, EventPrivate(event_id=row.id, salt=salt, values=private) if private else None))
    return row.id


def commitment(salt: str, values: dict[str, object]) -> str:
    """Hash that binds the chain to personal values without holding them."""
    return hashlib.sha256(salt.encode() + canonical(values)).hexdigest()


def _insert(rows: list[tuple[Row, EventPrivate | None]]) -> None:
    if not rows:
        return
    insert([row for row, _ in rows])
    privates = [private for _, private in rows if private is not None]
    if privates:
        insert(privates)
    transaction.on_commit(wake)
