"""Appends events to the log, inside the transaction that writes the state they describe."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from mulian.core.database.batch import later
from mulian.core.database.rows import insert_values
from mulian.core.events.canonical import canonical
from mulian.core.events.models import Event as Row
from mulian.core.events.models import EventPrivate
from mulian.kernel.actor import Actor
from mulian.kernel.event import Event
from mulian.kernel.ids import uuid7

Values = tuple[Any, ...]
NAMES = (
    "id", "name", "version", "subject_kind", "subject_id", "occurred_at", "recorded_at", "actor", "posting", "device",
    "areas", "feeds", "rev", "fields", "data", "commitment", "cause",
)  # fmt: skip
PRIVATE = ("event_id", "salt", "values")


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
    id = uuid7()
    row = (
        id,
        event.name,
        event.version,
        event.subject_kind,
        event.subject_id,
        occurred or at,
        at,
        actor.person,
        actor.postings[0].id if actor.postings else None,
        actor.device,
        sorted(set(areas)),
        sorted(set(feeds)),
        rev,
        sorted(set(fields)) if fields is not None else None,
        event.data(),
        commitment(salt, private) if private else "",
        cause,
    )
    later(_insert, (row, (id, salt, private) if private else None))
    return id


def commitment(salt: str, values: dict[str, object]) -> str:
    """Hash that binds the chain to personal values without holding them."""
    return hashlib.sha256(salt.encode() + canonical(values)).hexdigest()


def _insert(rows: list[tuple[Values, Values | None]]) -> None:
    insert_values(Row, NAMES, [row for row, _ in rows])
    insert_values(EventPrivate, PRIVATE, [private for _, private in rows if private is not None])
