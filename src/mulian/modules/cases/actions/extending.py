"""More time for a promise: asked for by the responsible one, decided by somebody else above, before it expires."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from mulian.kernel.actor import Actor
from mulian.kernel.problems import Problem
from mulian.modules.cases.actions import clocks, opening, spreading, writing
from mulian.modules.cases.actions.asking import ask_above
from mulian.modules.cases.actions.said import content, said
from mulian.modules.cases.domain import extending as rule
from mulian.modules.cases.domain.extending import Asked
from mulian.modules.cases.domain.promises import Amount, Moment, extend
from mulian.modules.cases.domain.states import Verb, check_said
from mulian.modules.cases.events import ExtensionAsked, ExtensionDecided
from mulian.modules.cases.models import Case, Extension, Promise
from mulian.modules.cases.permissions import Permission
from mulian.modules.cases.queries import holding
from mulian.modules.cases.queries.policies import policy_of
from mulian.modules.cases.queries.rules import rules


@transaction.atomic
def ask(*, case: UUID, actor: Actor, at: datetime, days: int, reason: str) -> Case:
    """Asks for `days` more days (of the promise's calendar); the level above joins and is told.

    Raises `cases.extension_too_late`, `_pending`, `_too_often`, `_too_long`, `cases.reason_needed`.
    """
    opened = opening.open_case(case, actor=actor, permission=Permission.WORK, at=at)
    opening.require_hand(actor, opened)
    row, given = opened.case, content(text=reason)
    check_said(Verb.WAIT, said(given))
    promise = _promise(row)
    held = rule.check_open(holding.promise_of(promise) if promise else None, at)
    assert promise is not None
    asked = promise.extensions.filter(state=Asked.ASKED).exists()
    granted = promise.extensions.filter(state=Asked.GRANTED).count()
    rule.check_asked(rules().limits.extensions, days=days, granted=granted, pending=asked)
    Extension.objects.create(
        promise=promise, days=days, reason=given.text[:300], asked_by_id=actor.person, asked_at=at
    )
    clocks.begin(row, Moment.DELAYED, at)
    event = ExtensionAsked(
        subject_id=row.id, promise=held.kind, days=days, due=_time(held.due), text=given.text
    )
    wanted = writing.record(row, event, actor=actor, at=at, fields=("due",))
    title = "More time is asked for: case %(number)s"
    ask_above(opened, at, kind="extension_asked", title=title, key=f"extension_asked:{wanted}")
    return row


@transaction.atomic
def decide(*, case: UUID, actor: Actor, at: datetime, granted: bool | None, reason: str = "") -> Case:
    """Somebody above, who did not ask, grants or refuses it. What expired meanwhile can only be refused."""
    opened = opening.open_case(case, actor=actor, permission=Permission.WORK, at=at)
    opening.require_above(actor, opened)
    if granted is None:
        raise Problem("invalid")
    row, given = opened.case, content(text=reason)
    asked = Extension.objects.select_for_update().filter(promise__case=row, state=Asked.ASKED).first()
    if asked is None:
        raise Problem(rule.NONE_ASKED)
    if asked.asked_by_id == actor.person:
        raise Problem(rule.OWN)
    promise = Promise.objects.select_for_update().get(id=asked.promise_id)
    held = holding.promise_of(promise)
    if granted:
        rule.check_open(held, at)
        policy = policy_of(held.version)
        held = extend(held, Amount(days=asked.days), policy=policy, area=row.area_id)
        writing.save_promise(row, promise, held, at)
        writing.settle_due(row)
    asked.state = Asked.GRANTED if granted else Asked.REFUSED
    asked.decided_by_id, asked.decided_at = actor.person, at
    asked.save()
    event = ExtensionDecided(
        subject_id=row.id, promise=held.kind, granted=granted, due=_time(held.due), text=given.text
    )
    decided = writing.record(row, event, actor=actor, at=at, fields=("due",))
    title = "More time was decided on: case %(number)s"
    persons = [asked.asked_by_id, row.responsible_person_id]
    spreading.notify(row, persons, kind="extension_decided", title=title, key=f"extension:{decided}", at=at)
    return row


def _promise(row: Case) -> Promise | None:
    kinds = [kind.value for kind in rule.EXTENDABLE]
    return (
        Promise.objects.select_for_update().filter(case=row, kind__in=kinds, state__in=clocks.LIVING).first()
    )


def _time(moment: datetime) -> str:
    return moment.isoformat(timespec="minutes")
