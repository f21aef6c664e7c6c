"""Makes actors from people; cached per process and checked by one number a request."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

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
        loaded, until = _load(person, at)
        if loaded is None:
            _cache.pop(person, None)
            return None
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
    actor, _ = _load(person, at)
    return actor and Actor(actor.person, actor.name, actor.language, actor.postings, device)


def _load(person: UUID, at: datetime) -> tuple[Actor | None, datetime | None]:
    """The actor, and when the next posting begins or ends."""
    row = Person.objects.filter(id=person, is_active=True).values_list("id", "name", "language").first()
    if row is None:
        return None, None
    known = PostingRow.objects.filter(person=person).exclude(valid_to__lte=at).order_by("valid_from", "id")
    rows = list(known.values_list("id", "role", "area_id", "unit_id", "topics", "valid_from", "valid_to"))
    held = (posting for posting in rows if posting[5] <= at)
    postings = tuple(
        Posting(id, Role(role), area, unit, tuple(topics)) for id, role, area, unit, topics, *_ in held
    )
    changes = [moment for *_, begins, ends in rows for moment in (begins, ends) if moment and moment > at]
    return Actor(*row, postings), min(changes, default=None)
