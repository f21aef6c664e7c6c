"""Who serves a grid area: qualification and hand-over."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from mulian.core.access import scope, version
from mulian.core.access.events import PostingClosed, PostingOpened
from mulian.core.access.models import Person, Posting
from mulian.core.areas.codes import Level
from mulian.core.areas.events import area_subject
from mulian.core.areas.models import Area
from mulian.core.events import feeds
from mulian.core.events.log import append
from mulian.kernel.actor import Actor, Role
from mulian.kernel.clock import CN
from mulian.kernel.ids import uuid7
from mulian.kernel.problems import Problem, register
from mulian.modules.households.actions.placements import reader_feeds
from mulian.modules.households.events import LiaisonAssigned, LiaisonQualified
from mulian.modules.households.models import Qualification
from mulian.modules.households.permissions import Permission
from mulian.modules.households.queries.capacity import Capacity, capacity_of

register(
    "households.not_qualified",
    422,
    "This person is not on the village's list of possible liaisons.",
    "Put the person on the list first.",
)


@transaction.atomic
def qualify(*, person: UUID, area: str, basis: str, actor: Actor, at: datetime) -> None:
    """Puts a person on a village's list of possible liaisons; twice is harmless."""
    scope.require_area(actor, Permission.ASSIGN, area)
    if not Person.objects.filter(id=person, is_active=True).exists():
        raise Problem("not_found")
    since = at.astimezone(CN).date()
    _, created = Qualification.objects.get_or_create(
        person_id=person, area_id=area, defaults={"basis": basis, "since": since}
    )
    if created:
        append(LiaisonQualified(subject_id=person, area=area, basis=basis), actor=actor, at=at, areas=[area])


@transaction.atomic
def assign_liaison(
    *, area: str, person: UUID, actor: Actor, at: datetime, beside: bool = False
) -> Capacity | None:
    """Hands a grid area to a qualified person; the earlier liaisons' duty ends now, unless `beside`.

    The households follow the area: they leave the old phone and appear on the new one at the next sync.
    """
    scope.require_area(actor, Permission.ASSIGN, area)
    if not Area.objects.filter(code=area, level=Level.GRID, valid_to__isnull=True).exists():
        raise Problem("households.grid_needed")
    if not Qualification.objects.filter(person=person, area=area[:12]).exists():
        raise Problem("households.not_qualified")
    serving = _serving(area, at)
    ended = [] if beside else [posting for posting in serving if posting.person_id != person]
    for posting in ended:
        _close(posting, actor, at)
    if person not in [posting.person_id for posting in serving]:
        _open(person, area, actor, at)
    version.bump()
    people = [p.person_id for p in ended]
    append(
        LiaisonAssigned(
            subject_id=area_subject(area), area=area, person=str(person), before=[str(p) for p in people]
        ),
        actor=actor,
        at=at,
        areas=[area],
        feeds=[*reader_feeds([area]), *(feeds.of_person(p) for p in [person, *people])],
    )
    return capacity_of(area, at)


def _serving(area: str, at: datetime) -> list[Posting]:
    rows = Posting.objects.filter(role=Role.LIAISON, area=area, valid_from__lte=at).exclude(valid_to__lte=at)
    return list(rows.order_by("valid_from", "id"))


def _close(posting: Posting, actor: Actor, at: datetime) -> None:
    Posting.objects.filter(id=posting.id).update(valid_to=at)
    closed = PostingClosed(
        subject_id=posting.person_id, posting=str(posting.id), role=posting.role, area=posting.area_id
    )
    append(closed, actor=actor, at=at, areas=[posting.area_id], feeds=[feeds.of_person(posting.person_id)])


def _open(person: UUID, area: str, actor: Actor, at: datetime) -> None:
    posting = Posting.objects.create(
        id=uuid7(), person_id=person, role=Role.LIAISON, area_id=area, topics=[], valid_from=at
    )
    opened = PostingOpened(
        subject_id=person, posting=str(posting.id), role=posting.role, area=area, unit=None
    )
    append(opened, actor=actor, at=at, areas=[area], feeds=[feeds.of_person(person)])
