"""Turns what a phone sent into rows of the intake. Nothing is judged here but the shape."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import msgspec

from mulian.core.access.devices import recognise
from mulian.core.registry import commands, resolve
from mulian.core.sync import sealing
from mulian.core.sync.models import Command
from mulian.core.sync.upcasting import upcast
from mulian.core.sync.wire import MAX_COMMAND_BYTES, Envelope, decode_envelope
from mulian.kernel.ids import is_uuid7, uuid7
from mulian.kernel.problems import Problem

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Sender:
    """Which phone spoke, for whom, and whether it still may."""

    device: UUID
    person: UUID
    revoked: bool


class Row(msgspec.Struct):
    """A command as it is written to the intake (the columns of `Command` that arriving fills)."""

    id: UUID
    device: UUID
    person: UUID | None
    raw: bytes
    received_at: datetime
    carrier: UUID | None = None
    seq: int = 0
    kind: str = ""
    v: int = 1
    after: list[str] = []
    urgent: bool = False
    state: str = "received"
    code: str = ""
    decided_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Arrival:
    """One command of a request: the id the phone waits for, and its row (under its own id or a new one)."""

    id: str
    row: Row


def arrive(raw: bytes, *, sender: Sender, now: datetime) -> Arrival:
    """Makes the row. A command that cannot even be read is kept too, refused, under a fresh id."""
    try:
        envelope = open_envelope(raw)
        _check(envelope, raw)
        row = _row(envelope, raw, sender, now)
    except Problem as problem:
        return _unreadable(raw, problem.code, sender, now)
    return Arrival(envelope.id, row)


def open_envelope(raw: bytes) -> Envelope:
    """The command inside the bytes; a sealed one is opened (raises `sync.malformed`, `sync.sealed`).

    A body of an earlier version has the present shape; `v` stays what the phone wrote.
    """
    envelope = decode_envelope(raw)
    if envelope.sealed is None:
        return upcast(envelope)
    inner = decode_envelope(sealing.unseal(envelope.sealed.kid, envelope.sealed.box))
    if inner.id != envelope.id or inner.sealed is not None:
        raise Problem("sync.sealed")
    inner.from_ = envelope.from_
    return upcast(inner)


def _check(envelope: Envelope, raw: bytes) -> None:
    if not is_uuid7(envelope.id) or not all(is_uuid7(one) for one in envelope.after):
        raise Problem("sync.bad_id")
    if len(raw) > MAX_COMMAND_BYTES or len(envelope.kind) > 40 or not envelope.kind:
        raise Problem("sync.malformed")
    if not (-(2**63) <= envelope.seq < 2**63 and 0 <= envelope.v < 2**15):
        raise Problem("sync.malformed")


def _row(envelope: Envelope, raw: bytes, sender: Sender, now: datetime) -> Row:
    origin = _origin(envelope, sender, now)
    row = Row(
        id=UUID(envelope.id),
        device=origin.device,
        carrier=sender.device if origin.device != sender.device else None,
        person=origin.person,
        seq=envelope.seq,
        kind=envelope.kind,
        v=envelope.v,
        after=[str(UUID(one)) for one in envelope.after],
        urgent=_urgent(envelope),
        raw=raw,
        received_at=now,
    )
    if origin.revoked:
        _refuse(row, "sync.revoked", now)
    return row


def _origin(envelope: Envelope, sender: Sender, now: datetime) -> Sender:
    """The phone that made the command: the sender, or for a carried one whoever's token lies in the box.

    Whether the report counts is the maker's affair: a carrier that was revoked itself still hands others' in.
    """
    if envelope.from_ is None or envelope.from_ == str(sender.device):
        return sender
    known = recognise(envelope.token, now) if envelope.token else None
    if known is None or str(known.device) != envelope.from_:
        raise Problem("sync.sealed")
    return Sender(known.device, known.person, known.revoked or known.actor is None)


def _urgent(envelope: Envelope) -> bool:
    """Only orders the queue, so a body it cannot read is simply not urgent here; applying judges it."""
    kind = commands().get(envelope.kind)
    if kind is None or kind.urgent is None:
        return False
    try:
        return bool(resolve(kind.urgent)(bytes(envelope.body)))
    except Exception as error:
        log.info("urgency of a %s unread: %s", envelope.kind, error)
        return False


def _unreadable(raw: bytes, code: str, sender: Sender, now: datetime) -> Arrival:
    row = Row(uuid7(), sender.device, sender.person, raw, now)
    _refuse(row, code, now)
    return Arrival(_claimed_id(raw), row)


def _claimed_id(raw: bytes) -> str:
    """The id as the phone wrote it, so that it can match the receipt."""
    try:
        found = msgspec.json.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return ""
    claimed = found.get("id") if isinstance(found, dict) else None
    return claimed[:64] if isinstance(claimed, str) else ""


def _refuse(row: Row, code: str, now: datetime) -> None:
    row.state, row.code, row.decided_at = Command.State.REFUSED.value, code, now
