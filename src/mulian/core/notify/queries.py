"""What a person was told, and what did not reach anybody."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from mulian.core.notify.models import Bounce, Notice, NoticeSend
from mulian.core.notify.sending import BOUNCES
from mulian.kernel.actor import Actor


def unread(actor: Actor) -> int:
    """How many notices the actor has not read (one index-only count; screens poll it)."""
    return Notice.objects.filter(person=actor.person, read_at=None).count()


def notices(
    actor: Actor, *, limit: int = 50, before: datetime | None = None, only_unread: bool = False
) -> QuerySet[Notice]:
    """The actor's notices, newest first; `before` turns the page."""
    mine = Notice.objects.filter(person=actor.person)
    if before is not None:
        mine = mine.filter(created_at__lt=before)
    if only_unread:
        mine = mine.filter(read_at=None)
    return mine.order_by("-created_at", "id")[:limit]


def not_delivered(since: datetime) -> QuerySet[NoticeSend]:
    """SMS that were given up since then, newest first (`mulian doctor` counts them)."""
    dead = NoticeSend.objects.filter(state=NoticeSend.State.DEAD, due_at__gte=since)
    return dead.select_related("notice").order_by("-due_at", "id")


def silent_numbers() -> list[UUID]:
    """People whose number the gateway keeps rejecting: nothing is sent there until it changes."""
    stopped = Bounce.objects.filter(times__gte=BOUNCES).order_by("person")
    return list(stopped.values_list("person", flat=True))
