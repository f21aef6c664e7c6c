"""Reads for the screens of people: whoever serves where the asker's duty lies, and nobody else."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from mulian.core.access import scope
from mulian.core.access.models import Device, DutyShift, Leave, Person, Posting
from mulian.core.areas import queries as areas
from mulian.core.areas.codes import within
from mulian.core.database.vendor import prefix_range
from mulian.kernel.actor import PUBLIC, Actor
from mulian.kernel.problems import Problem


def current(at: datetime) -> Q:
    """Postings held at a moment."""
    return Q(valid_from__lte=at) & (Q(valid_to__isnull=True) | Q(valid_to__gt=at))


def people(actor: Actor, permission: str, at: datetime, words: str = "") -> QuerySet[Person]:
    """People with a duty inside the actor's area; over the whole installation also those without any.

    The entry visitors of public doors stand under is nobody and in no list.
    """
    rows = Person.objects.exclude(id=PUBLIC)
    rows = rows.filter(_sought(words)) if words else rows
    reach = _reach(actor, permission)
    if reach is not None:
        serving = Posting.objects.filter(reach, current(at), person=OuterRef("pk"))
        rows = rows.filter(Exists(serving))
    return rows.prefetch_related(duties(at)).order_by("name", "username")


def person(actor: Actor, permission: str, id: UUID, at: datetime) -> Person:
    """One of them; anyone else does not exist for this actor (404)."""
    found = people(actor, permission, at).filter(id=id).first()
    if found is None:
        raise Problem("not_found")
    return found


def duties(at: datetime) -> Prefetch:
    """The postings held now, with place, office and leave, as `held`."""
    held = Posting.objects.filter(current(at)).select_related("area", "unit").order_by("valid_from", "id")
    away = Leave.objects.filter(ends__gt=at).select_related("deputy").order_by("starts")
    return Prefetch(
        "postings", held.prefetch_related(Prefetch("leaves", away, to_attr="away")), to_attr="held"
    )


def past_duties(person: UUID, at: datetime) -> QuerySet[Posting]:
    """Duties that ended, latest first."""
    ended = Posting.objects.filter(person=person, valid_to__lte=at)
    return ended.select_related("area", "unit").order_by("-valid_to")


def posting(actor: Actor, permission: str, id: UUID, at: datetime) -> Posting:
    """One running duty of a person in reach."""
    found = Posting.objects.filter(current(at), id=id).select_related("area", "unit", "person").first()
    if found is None:
        raise Problem("not_found")
    person(actor, permission, found.person_id, at)
    return found


def devices(actor: Actor, permission: str, at: datetime) -> QuerySet[Device]:
    """Phones of the people in reach, newest first."""
    owners = people(actor, permission, at).values("pk")
    rows = Device.objects.filter(person__in=owners).select_related("person")
    return rows.order_by("revoked_at", "-enrolled_at")


def device(actor: Actor, permission: str, id: UUID, at: datetime) -> Device:
    found = devices(actor, permission, at).filter(id=id).first()
    if found is None:
        raise Problem("not_found")
    return found


def shifts(actor: Actor, permission: str, at: datetime) -> QuerySet[DutyShift]:
    """The rota from now on, of offices in reach."""
    rows = DutyShift.objects.filter(ends__gt=at).select_related("unit", "person")
    reach = _reach(actor, permission, "unit__area")
    return (rows.filter(reach) if reach is not None else rows).order_by("starts", "unit__code", "id")


def _sought(words: str) -> Q:
    return Q(name__icontains=words) | Q(username__icontains=words)


def _reach(actor: Actor, permission: str, column: str = "area") -> Q | None:
    """A filter on an area column; None when some duty reaches the whole installation."""
    root = areas.root()
    held = scope.granting(actor, permission)
    if root is not None and any(within(root.code, posting.area) for posting in held):
        return None
    where = Q(pk__in=[])
    for posting_held in held:
        low, high = prefix_range(posting_held.area)
        where |= Q(**{f"{column}__gte": low, f"{column}__lt": high})
    return where
