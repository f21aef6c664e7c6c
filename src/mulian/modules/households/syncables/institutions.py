"""Institutions on the phones of whose duty holds them (grid heads, village leads), and checks told from there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec
from msgspec import Meta

from mulian.core.access.scope import permitted
from mulian.core.sync.envelope import Envelope
from mulian.kernel.actor import Actor
from mulian.kernel.clock import CN
from mulian.modules.households.actions.institutions import note_check
from mulian.modules.households.models import Institution
from mulian.modules.households.permissions import Permission
from mulian.modules.households.queries.catalogue import catalogue
from mulian.modules.households.queries.institutions import Due, dues, institutions
from mulian.modules.households.syncables.rendering import carried

SPOKEN = ("zh", "bo")
"""A phone is turned between them without network."""


class CheckBody(msgspec.Struct):
    """`households.check`: one thing at an institution was looked at, `on` a day (default: today)."""

    institution: UUID
    code: Annotated[str, Meta(max_length=24)]
    sound: bool
    found: Annotated[str, Meta(max_length=200)] = ""
    on: date | None = None


def apply_check(body: CheckBody, *, envelope: Envelope, now: datetime) -> dict[str, str]:
    """A day ahead of the server's counts as today."""
    note_check(
        institution=body.institution,
        code=body.code,
        sound=body.sound,
        found=body.found,
        done_on=min(body.on, now.astimezone(CN).date()) if body.on else None,
        actor=envelope.actor,
        at=now,
    )
    return {"institution": str(body.institution)}


def visible_institutions(actor: Actor, at: datetime) -> list[UUID]:
    """Those of a duty in a village or below."""
    if not permitted(carried(actor), Permission.PLACES):
        return []
    return list(institutions(carried(actor), at).values_list("id", flat=True))


def render_institutions(
    ids: Iterable[UUID], actor: Actor, at: datetime
) -> dict[UUID, tuple[int, dict[str, Any]]]:
    """id → (rev, the whole of it with its checks); two queries for any number. It never says who is there."""
    holder = carried(actor)
    if not permitted(holder, Permission.PLACES):
        return {}
    rows = list(institutions(holder, at).filter(id__in=list(ids)))
    checks, inspects = dues(rows), permitted(holder, Permission.INSPECT)
    return {row.id: (row.rev, _data(row, checks[row.id], inspects)) for row in rows}


def _data(row: Institution, checks: list[Due], inspects: bool) -> dict[str, Any]:
    """What is not there is not sent."""
    data: dict[str, Any] = {
        "name": {"zh": row.name_zh, "bo": row.name_bo} if row.name_bo else {"zh": row.name_zh},
        "kind": _spoken(catalogue().institutions[row.kind]),
        "capacity": row.capacity,
        "phone": row.phone,
        "lat": row.lat,
        "lon": row.lon,
        "checks": [_check(due) for due in checks],
        "inspects": inspects,
    }
    return {key: value for key, value in data.items() if value not in (None, "", [], False)}


def _check(due: Due) -> dict[str, Any]:
    data: dict[str, Any] = {"code": due.entry.code, "label": _spoken(due.entry.name)}
    if due.last is None:
        return data
    data |= {"done": due.last.done_on.isoformat(), "sound": due.last.sound}
    return data | ({"due": due.on.isoformat()} if due.on else {})


def _spoken(names: Any) -> dict[str, str]:
    return {code: names[code] for code in SPOKEN if names.get(code)}
