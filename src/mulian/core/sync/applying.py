"""Applies accepted commands: up to 20 in one transaction, one by one when a batch fails, urgent first.

Effect, result row and event commit together in the main database; the intake's state follows. After a crash
between the two, the result row says what happened and nothing is done twice.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from django.db import OperationalError, transaction

from mulian.core.access import actors, version
from mulian.core.access.models import Device
from mulian.core.database.batch import attempt, remembered, sitting, together
from mulian.core.database.vendor import without_waiting
from mulian.core.registry import commands, resolve
from mulian.core.sync.accepting import open_envelope
from mulian.core.sync.claiming import claim, settle
from mulian.core.sync.deciding import known_results, write_results
from mulian.core.sync.envelope import Envelope
from mulian.core.sync.models import Applied, Command
from mulian.core.sync.wire import moment
from mulian.kernel.actor import Actor
from mulian.kernel.problems import Problem

BATCH = 20
SITTING = 5 * BATCH
TRIES = 5
log = logging.getLogger(__name__)


class _Undo(Exception):
    """A handler refused after it may have written: the batch is done again with a savepoint for each command."""


def apply_waiting(now: datetime, limit: int = SITTING) -> int:
    """Claims some commands and decides them batch by batch; returns how many were claimed."""
    claimed = claim(now, limit)
    with sitting():
        for start in range(0, len(claimed), BATCH):
            _decide(claimed[start : start + BATCH], now)
    if claimed:
        settle(claimed)
    return len(claimed)


def _decide(batch: Sequence[Command], now: datetime) -> None:
    try:
        try:
            _transact(batch, now, careful=False)
        except _Undo:
            _transact(batch, now, careful=True)
    except Exception as error:
        if len(batch) == 1:
            _fail(batch[0], error, now)
            return
        for command in batch:
            _decide([command], now)


def _transact(batch: Sequence[Command], now: datetime, *, careful: bool) -> None:
    """`careful`: behind a savepoint each, so that a refusal undoes only what its own command wrote.

    Lost with the machine's power, the batch is done again, for its commands lie in the intake; nobody was told of it
    before its events were stamped or its commands settled, and those commits wait for the disk.
    """
    with transaction.atomic(), together():
        without_waiting()
        known = known_results(batch)
        fresh = []
        for command in batch:
            if command.id in known:
                _copy(known[command.id], command)
                continue
            _apply_one(command, now, attempt if careful else _Hopeful)
            if command.state != Command.State.RECEIVED:
                fresh.append(command)
        write_results(fresh, now)


class _Hopeful(AbstractContextManager[None]):
    """Instead of a savepoint (two statements, of which most commands need none): a refusal starts over."""

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> None:
        if isinstance(error, Problem):
            raise _Undo from error


def _apply_one(command: Command, now: datetime, guard: Callable[[], AbstractContextManager[None]]) -> None:
    """Decides one command: parked, refused with a code, or applied with what it made."""
    try:
        if _missing(command):
            command.state = Command.State.PARKED
            return
        handle, body, envelope = _prepared(command, now)
        with guard():
            command.refs = handle(body, envelope=envelope, now=now)
        command.state, command.code = Command.State.APPLIED, ""
    except Problem as problem:
        command.state, command.code = Command.State.REFUSED, problem.code
    command.decided_at = now


def _prepared(command: Command, now: datetime) -> tuple[Any, Any, Envelope]:
    """The handler and what it takes. Writes nothing. Raises Problem for what cannot be handled at all."""
    kind = commands().get(command.kind)
    if kind is None or command.v not in kind.versions:
        raise Problem("sync.unknown_kind")
    sent = open_envelope(bytes(command.raw))
    try:
        body = msgspec.json.decode(sent.body, type=resolve(kind.body))
    except (msgspec.ValidationError, msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise Problem("sync.bad_body") from error
    envelope = Envelope(
        id=command.id,
        seq=command.seq,
        actor=_actor(command, now),
        device=command.device,
        at=moment(sent.at) or command.received_at,
        received_at=command.received_at,
    )
    return resolve(kind.handler), body, envelope


def _actor(command: Command, now: datetime) -> Actor:
    person = command.person or Device.objects.values_list("person_id", flat=True).get(id=command.device)
    at_version = remembered("access.version", version.current)
    found = actors.actor_of(person, now, command.device, moment=at_version)
    if found is None:
        raise Problem("sync.revoked")
    return found


def _missing(command: Command) -> bool:
    """Only `after` parks: something this builds on has not been applied (a refused one refuses this too)."""
    wanted = [UUID(one) for one in command.after]
    if not wanted:
        return False
    states = dict(Applied.objects.filter(id__in=wanted).values_list("id", "state"))
    if Command.State.REFUSED in states.values():
        raise Problem("sync.after_refused")
    return len(states) < len(set(wanted))


def _copy(result: Applied, command: Command) -> None:
    command.state, command.code, command.refs = result.state, result.code, result.refs
    command.decided_at = result.at


def _fail(command: Command, error: Exception, now: datetime) -> None:
    """Not a judgement but a fault: tried again later, shown as unprocessed meanwhile, refused after five.

    A fault of the machine (a full disk, a database that is away) says nothing about the command and never counts.
    """
    log.error("command %s (%s) failed", command.id, command.kind, exc_info=error)
    command.state = Command.State.RECEIVED
    if isinstance(error, OperationalError):
        command.leased_until = now + timedelta(seconds=5)
        return
    command.tries += 1
    command.leased_until = now + timedelta(seconds=2**command.tries)
    if command.tries >= TRIES:
        command.state, command.code, command.decided_at = Command.State.REFUSED, "sync.failed", now
        with transaction.atomic():
            if command.id not in known_results([command]):
                write_results([command], now)
