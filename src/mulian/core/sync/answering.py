"""One round trip: take in, let it be applied, tell what is new."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext

from mulian.core.access.devices import Known
from mulian.core.access.models import Device
from mulian.core.events.queries import head
from mulian.core.events.wake import wake
from mulian.core.sync import applying, pulling, rates, waiting
from mulian.core.sync import cursor as cursors
from mulian.core.sync.accepting import Arrival, Sender, arrive
from mulian.core.sync.intake import WRITER, Standing
from mulian.core.sync.models import Command
from mulian.core.sync.wire import MAX_PULL, Answer, Change, Receipt, Request
from mulian.kernel import clock
from mulian.kernel.actor import Actor

WAIT_SECONDS = 0.3
SHORT_QUEUE = 40


def answer(request: Request, known: Known, now: datetime) -> Answer:
    """Serves one request of one known phone (revoked ones too: they are taken in and wiped)."""
    actor = known.actor
    with translation.override(actor.language if actor else "zh-hans"):
        receipts = _push(request, known, now)
        if known.revoked or actor is None:
            return _wipe(known, receipts, now)
        return _pull(request, actor, receipts, clock.now())


def _push(request: Request, known: Known, now: datetime) -> list[Receipt]:
    if not request.commands:
        return []
    sender = Sender(known.device, known.person, known.revoked or known.actor is None)
    arrivals = [arrive(bytes(raw), sender=sender, now=now) for raw in request.commands]
    rates.spend(known.device, [a.row.urgent for a in arrivals])
    standings = WRITER.accept([a.row for a in arrivals])
    final = _settled(standings)
    return [_receipt(a, s) for a, s in zip(arrivals, final, strict=True)]


def _settled(standings: list[Standing]) -> list[Standing]:
    """Waits a moment for fresh commands while the queue is short; says how each stands then."""
    open_ids = [s.id for s in standings if s.state in (Command.State.RECEIVED, Command.State.PARKED)]
    if not open_ids:
        return standings
    if applying.queue_is_long() or waiting.count() > SHORT_QUEUE:
        wake()
        return standings
    waiter = waiting.start(open_ids)
    wake()
    verdicts = waiting.finish(waiter, WAIT_SECONDS)
    return [_again(s, verdicts.get(s.id)) for s in standings]


def _again(standing: Standing, verdict: waiting.Verdict | None) -> Standing:
    if verdict is None:
        return standing
    return replace(standing, state=verdict.state, code=verdict.code, refs=verdict.refs)


def _receipt(arrival: Arrival, standing: Standing) -> Receipt:
    return pulling.receipt(arrival.id, standing.state, standing.code, standing.refs, gettext)


def _pull(request: Request, actor: Actor, receipts: list[Receipt], now: datetime) -> Answer:
    upto, epoch = head()
    device = str(actor.device)
    sent = cursors.read(request.cursor if request.epoch == epoch else None, device=device, epoch=epoch)
    page = pulling.pull(actor, sent, upto=upto, at=now, limit=max(0, min(request.max, MAX_PULL)))
    return Answer(
        epoch=epoch,
        cursor=cursors.write(page.cursor, device=device, epoch=epoch),
        more=page.more,
        now=now.isoformat(timespec="seconds"),
        receipts=receipts,
        changes=page.changes,
    )


def _wipe(known: Known, receipts: list[Receipt], now: datetime) -> Answer:
    mark_wiped(known.device, now)
    return Answer(head()[1], "", False, now.isoformat(timespec="seconds"), receipts, [Change("wipe")])


def mark_wiped(device: UUID, now: datetime) -> None:
    """Remembers that the wipe was answered, so that the village can see it happened."""
    Device.objects.filter(id=device, wiped_at__isnull=True).update(wiped_at=now)
