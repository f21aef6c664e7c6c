"""Applies accepted commands: up to 20 in one transaction, one by one when a batch fails, urgent first.

Effect, result row and event commit together in the main database; the intake's state follows. After a crash
between the two, the result row says what happened and nothing is done twice.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import msgspec
from django.conf import settings
from django.db import OperationalError, transaction
from django.db.models import Q, QuerySet

from mulian.core.access import actors
from mulian.core.access.models import Device
from mulian.core.database.rows import insert, update_many
from mulian.core.database.vendor import skip_locked
from mulian.core.events import feeds
from mulian.core.events.log import append, attempt, together
from mulian.core.registry import commands, resolve
from mulian.core.sync import waiting
from mulian.core.sync.accepting import open_envelope
from mulian.core.sync.envelope import Envelope
from mulian.core.sync.events import CommandDecided
from mulian.core.sync.models import Applied, Command
from mulian.core.sync.wire import moment
from mulian.kernel.actor import SYSTEM, Actor
from mulian.kernel.problems import Problem

BATCH = 20
LEASE = timedelta(seconds=30)
TRIES = 5
SAVE = ["state", "code", "refs", "decided_at", "leased_until", "tries"]
log = logging.getLogger(__name__)
_last_batch = 0


def queue_is_long() -> bool:
    """Whether the last look found so much that a reply should not wait for its verdict."""
    return _last_batch >= BATCH // 2


def apply_waiting(now: datetime, limit: int = BATCH) -> int:
    """Claims and decides one batch; returns how many commands were claimed."""
    global _last_batch
    batch = _claim(now, limit)
    _last_batch = len(batch)
    if batch:
        told = waiting.take(command.id for command in batch)
        try:
            _decide(batch, told, now)
            _settle(batch)
        finally:
            waiting.release({c.id: waiting.Verdict(c.state, c.code, c.refs) for c in batch})
    return len(batch)


def _claim(now: datetime, limit: int) -> list[Command]:
    free = Q(leased_until__isnull=True) | Q(leased_until__lt=now)
    rows = Command.objects.filter(free, state=Command.State.RECEIVED).order_by("-urgent", "id")
    if not rows.exists():
        return []
    with transaction.atomic(using=settings.INTAKE):
        batch = list(skip_locked(rows)[:limit])
        Command.objects.filter(id__in=[c.id for c in batch]).update(leased_until=now + LEASE)
    return batch


def _decide(batch: Sequence[Command], told: set[UUID], now: datetime) -> None:
    try:
        _transact(batch, told, now)
    except Exception as error:
        if len(batch) == 1:
            _fail(batch[0], error, now)
            return
        for command in batch:
            _decide([command], told, now)


def _transact(batch: Sequence[Command], told: set[UUID], now: datetime) -> None:
    with transaction.atomic(), together():
        known = Applied.objects.in_bulk([c.id for c in batch])
        fresh = []
        for command in batch:
            if command.id in known:
                _copy(known[command.id], command)
                continue
            _apply_one(command, now)
            if command.state != Command.State.RECEIVED:
                fresh.append(command)
                _announce(command, told, now)
        insert([_result(c, now) for c in fresh if c.state != Command.State.PARKED])


def _apply_one(command: Command, now: datetime) -> None:
    """Decides one command: parked, refused with a code, or applied with what it made."""
    try:
        if _missing(command):
            command.state = Command.State.PARKED
            return
        with attempt():
            command.refs = _handle(command, now)
        command.state, command.code = Command.State.APPLIED, ""
    except Problem as problem:
        command.state, command.code = Command.State.REFUSED, problem.code
    command.decided_at = now


def _handle(command: Command, now: datetime) -> dict[str, str]:
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
    refs: dict[str, str] = resolve(kind.handler)(body, envelope=envelope, now=now)
    return refs


def _actor(command: Command, now: datetime) -> Actor:
    person = command.person or Device.objects.values_list("person_id", flat=True).get(id=command.device)
    found = actors.actor_of(person, now, command.device)
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


def _announce(command: Command, told: set[UUID], now: datetime) -> None:
    if command.id in told or command.state == Command.State.PARKED:
        return
    decided = CommandDecided(subject_id=command.id, state=command.state, code=command.code)
    append(decided, actor=SYSTEM, at=now, feeds=[feeds.of_device(command.device)])


def _result(command: Command, now: datetime) -> Applied:
    return Applied(id=command.id, state=command.state, code=command.code, refs=command.refs, at=now)


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
            Applied.objects.bulk_create([_result(command, now)], ignore_conflicts=True)
            _announce(command, set(), now)


def _settle(batch: Sequence[Command]) -> None:
    """Writes the verdicts to the intake and wakes what was parked behind them."""
    for command in batch:
        if command.state != Command.State.RECEIVED:
            command.leased_until = None
    with transaction.atomic(using=settings.INTAKE):
        update_many(batch, SAVE, using=settings.INTAKE)
        decided = {str(c.id) for c in batch if c.state in (Command.State.APPLIED, Command.State.REFUSED)}
        if decided:
            _wake([c.id for c in _parked() if decided & set(c.after)])


def unpark(now: datetime) -> int:
    """Sweep: wakes parked commands whose last dependency was decided by another process at the same moment."""
    parked = list(_parked())
    wanted = {UUID(one) for command in parked for one in command.after}
    decided = {str(id) for id in Applied.objects.filter(id__in=wanted).values_list("id", flat=True)}
    return _wake([c.id for c in parked if set(c.after) <= decided])


def _parked() -> QuerySet[Command]:
    return Command.objects.filter(state=Command.State.PARKED).only("id", "after")


def _wake(ids: Sequence[UUID]) -> int:
    rows = Command.objects.filter(id__in=ids, state=Command.State.PARKED)
    return rows.update(state=Command.State.RECEIVED, leased_until=None)
