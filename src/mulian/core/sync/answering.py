"""One round trip: take in, let it be applied, tell what is new."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext

from mulian.core.access import version
from mulian.core.access.models import Device
from mulian.core.events.queries import head
from mulian.core.sync import cursor as cursors
from mulian.core.sync import heartbeat, pulling, waiting, wire
from mulian.core.sync.intake import WRITER
from mulian.core.sync.models import Command
from mulian.core.sync.turns import Standing, Turn, open_turn
from mulian.core.sync.wire import MAX_PULL, Answer, Change, Receipt, Request
from mulian.kernel import clock
from mulian.kernel.actor import Actor

WAIT_SECONDS = 0.3
SHORT_QUEUE = 40
"""Beyond so many commands in a second, or waiting at once, replies say `received` and do not wait."""


def answer(request: Request, token: str, now: datetime) -> Answer:
    """Serves one request of one phone (a revoked one too: it is taken in and wiped).

    Raises `device_unknown`, and what the intake raises; nothing was acknowledged then.
    """
    turn = Turn(request, token, now)
    if request.commands:
        WRITER.accept(turn)
    else:
        open_turn(turn, version.current())
        turn.head = head()
    receipts = _receipts(turn, _settled(turn))
    actor = turn.phone.actor
    if turn.phone.revoked or actor is None:
        return _wipe(turn, receipts)
    found = _pull(turn, actor, receipts)
    _beat(turn)
    return found


def _settled(turn: Turn) -> Sequence[Standing]:
    """Waits a moment for fresh commands while the queue is short; says how each stands then."""
    standings = turn.standings
    open_ids = [s.id for s in standings if s.state in (Command.State.RECEIVED, Command.State.PARKED)]
    if not open_ids:
        return standings
    if WRITER.pace() > SHORT_QUEUE or not waiting.worthwhile(SHORT_QUEUE):
        return standings
    verdicts = waiting.wait(open_ids, WAIT_SECONDS)
    turn.head = head()
    return [_again(s, verdicts.get(s.id)) for s in standings]


def _again(standing: Standing, verdict: waiting.Verdict | None) -> Standing:
    if verdict is None:
        return standing
    return replace(standing, state=verdict.state, code=verdict.code, refs=verdict.refs)


def _receipts(turn: Turn, standings: Sequence[Standing]) -> list[Receipt]:
    """Sentences are needed, in the person's language, only where there is a code.

    A carrier hears how what it carried stands, never what it became: it may be the one complained about.
    """
    pairs = [
        (a, s if a.row.carrier is None else replace(s, refs={}))
        for a, s in zip(turn.arrivals, standings, strict=True)
    ]
    if not any(standing.code for _, standing in pairs):
        return [Receipt(arrival.id, s.state, refs=s.refs) for arrival, s in pairs]  # type: ignore[arg-type]
    actor = turn.phone.actor
    with translation.override(actor.language if actor else "zh-hans"):
        return [pulling.receipt(arrival.id, s.state, s.code, s.refs, gettext) for arrival, s in pairs]


def _pull(turn: Turn, actor: Actor, receipts: list[Receipt]) -> Answer:
    """What is new. A phone that showed only its token for pushing gets no changes, whatever it asks."""
    request, (upto, epoch), now = turn.request, turn.head, clock.now()
    device = str(actor.device)
    limit = 0 if turn.phone.push_only else max(0, min(request.max, MAX_PULL))
    sent = cursors.read(request.cursor if request.epoch == epoch else None, device=device, epoch=epoch)
    with translation.override(actor.language) if limit else nullcontext():
        page = pulling.pull(actor, sent, upto=upto, at=now, limit=limit)
    return Answer(
        epoch=epoch,
        cursor=cursors.write(page.cursor, device=device, epoch=epoch),
        more=page.more,
        now=now.isoformat(timespec="seconds"),
        receipts=receipts,
        changes=page.changes,
    )


def _wipe(turn: Turn, receipts: list[Receipt]) -> Answer:
    mark_wiped(turn.phone.device, turn.now)
    now = turn.now.isoformat(timespec="seconds")
    return Answer(turn.head[1], "", False, now, receipts, [Change("wipe")])


def mark_wiped(device: UUID, now: datetime) -> None:
    """Remembers that the wipe was answered, so that the village can see it happened."""
    Device.objects.filter(id=device, wiped_at__isnull=True).update(wiped_at=now)


def _beat(turn: Turn) -> None:
    sent = wire.moment(turn.request.at or "")
    heartbeat.beat(
        device=turn.phone.device,
        person=turn.phone.person,
        unsent=turn.request.unsent,
        skew_seconds=round((sent - turn.now).total_seconds()) if sent else 0,
        now=turn.now,
    )
