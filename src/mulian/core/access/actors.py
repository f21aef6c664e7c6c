"""Makes actors from people; cached per process and checked by one number a request."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from mulian.core.access import version
from mulian.core.access.models import Person
from mulian.core.access.models import Posting as PostingRow
from mulian.kernel.actor import Actor, Posting, Role

_cache: dict[UUID, tuple[int, datetime | None, datetime, Actor]] = {}


def actor_of(
    person: UUID, at: datetime, device: UUID | None = None, *, moment: int | None = None
) -> Actor | None:
    """The person with the duties held at `at`; None when unknown or inactive.

    `moment` is the access version where the caller has just read it.
    """
    moment = version.current() if moment is None else moment
    found = _cache.get(person)
    if found is None or found[0] != moment or not _holds(found, at):
        loaded = _load(person, at)
        if loaded is None:
            _cache.pop(person, None)
            return None
        until = _next_change(person, at)
        found = _cache[person] = (moment, until, at, loaded)
    actor = found[3]
    return (
        actor if device is None else Actor(actor.person, actor.name, actor.language, actor.postings, device)
    )


def _holds(entry: tuple[int, datetime | None, datetime, Actor], at: datetime) -> bool:
    """A cached actor is true from when it was loaded until the next posting begins or ends."""
    _, until, since, _ = entry
    return since <= at and (until is None or at < until)


def actor_then(person: UUID, at: datetime, device: UUID | None = None) -> Actor | None:
    """The person with the duties held at a past moment (uncached): what was written then counts as then."""
    actor = _load(person, at)
    return actor and Actor(actor.person, actor.name, actor.language, actor.postings, device)


def _load(person: UUID, at: datetime) -> Actor | None:
    row = Person.objects.filter(id=person, is_active=True).first()
    if row is None:
        return None
    current = PostingRow.objects.filter(person=person, valid_from__lte=at).filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=at)
    )
    postings = tuple(
        Posting(p.id, Role(p.role), p.area_id, p.unit_id, tuple(p.topics))
        for p in current.order_by("valid_from", "id")
    )
    return Actor(row.id, row.name, row.language, postings)


def _next_change(person: UUID, at: datetime) -> datetime | None:
    rows = PostingRow.objects.filter(person=person)
    moments = [
        *rows.filter(valid_from__gt=at).values_list("valid_from", flat=True),
        *rows.filter(valid_to__gt=at).values_list("valid_to", flat=True),
    ]
    return min((m for m in moments if m), default=None)
