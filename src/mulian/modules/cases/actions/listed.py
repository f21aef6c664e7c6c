"""A liaison says how a family of theirs stands on a service list; a list follows its families when they move."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from mulian.core.access import scope
from mulian.core.events import feeds
from mulian.core.events.log import append
from mulian.core.events.models import Event, EventPrivate
from mulian.kernel.actor import SYSTEM, Actor
from mulian.kernel.problems import Problem
from mulian.modules.cases.actions.service_lists import told
from mulian.modules.cases.domain import purposes as rule
from mulian.modules.cases.domain.purposes import Mark
from mulian.modules.cases.events import ListFollowed, ListMarked
from mulian.modules.cases.models import ListedFamily, ServiceList
from mulian.modules.cases.permissions import Permission
from mulian.modules.cases.queries.service_lists import LIST_OVER
from mulian.modules.households import public as households


@transaction.atomic
def mark_family(*, row: UUID, mark: Mark, actor: Actor, at: datetime, why: str = "") -> ListedFamily:
    """Done, not yet, or cannot be done and why; only for families the actor serves as a liaison.

    Raises `not_found`, `cases.list_over`, `cases.list_why`.
    """
    scope.require_any(actor, Permission.LISTED)
    found = ListedFamily.unscoped.because("checked below").filter(id=row).first()
    if found is None or found.household not in households.listed.served_by(actor, [found.household], at):
        raise Problem("not_found")
    kept = ServiceList.unscoped.because("of a family of the actor").select_for_update().get(id=found.list_id)
    if kept.swept_at is not None or kept.until <= at:
        raise Problem(LIST_OVER)
    rule.check_mark(mark, why)
    words = why.strip()[: rule.WHY_MOST]
    if (found.mark, found.why) == (mark, words):
        return found
    found.mark, found.why, found.marked_at, found.marked_by_id = mark, words, at, actor.person
    found.save()
    kept.rev += 1
    kept.save(update_fields=["rev"])
    event = ListMarked(
        subject_id=kept.id, purpose=kept.purpose, household=str(found.household), mark=mark, why=words
    )
    append(event, actor=actor, at=at, areas=[kept.area_id], feeds=told([(found.household, None)], at))
    return found


def follow_listed(event: Event, *, now: datetime) -> None:
    """Handler of `households.moved` and of restrictions: phones of who serves the family now learn of its lists, the
    others let go.
    """
    if not event.data.get("current", True):
        return
    held = ListedFamily.unscoped.because("a handler acts for every list").filter(household=event.subject_id)
    lists = ServiceList.unscoped.because("the same").filter(
        swept_at__isnull=True, until__gt=now, id__in=held.values("list")
    )
    left = EventPrivate.objects.filter(event=event.id).values_list("values", flat=True)
    before = [values["from_area"] for values in left if values.get("from_area")]
    for row in lists.order_by("id"):
        keys = {*told([(event.subject_id, None)], now), *(feeds.of_area(code) for code in before)}
        append(
            ListFollowed(subject_id=row.id, purpose=row.purpose),
            actor=SYSTEM,
            at=now,
            feeds=sorted(keys),
            cause=event.id,
        )
