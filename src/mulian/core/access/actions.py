"""Writes to people, duties and rotas. Each checks the right, keeps history, and moves the access version."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from mulian.core.access import scope, version
from mulian.core.access.events import (
    LeaveSet,
    PersonChanged,
    PersonCreated,
    PostingClosed,
    PostingOpened,
    ShiftChanged,
)
from mulian.core.access.models import DutyShift, Leave, Person, Posting
from mulian.core.access.permissions import Permission
from mulian.core.areas.models import Area, Unit
from mulian.core.events import feeds
from mulian.core.events.log import append
from mulian.kernel.actor import PUBLIC, Actor, Role
from mulian.kernel.ids import uuid7
from mulian.kernel.problems import Problem, register

register("access.username_taken", 409, "This user name is taken.", "Choose another user name.")
register("access.period", 422, "The end must come after the beginning.", "Correct the dates.")
register("access.unit_needed", 422, "This duty needs a unit.", "Choose the unit the person works for.")


@transaction.atomic
def create_person(
    *,
    username: str,
    name: str,
    actor: Actor,
    at: datetime,
    language: str = "zh-hans",
    phone: str = "",
    password: str | None = None,
    id: UUID | None = None,
) -> Person:
    """Makes a login without any duty. Without a password the person cannot sign in, only use a phone."""
    scope.require_any(actor, Permission.MANAGE)
    if Person.objects.filter(username=username).exists():
        raise Problem("access.username_taken")
    person = Person(
        id=id or uuid7(), username=username, name=name, language=language, phone=phone, created_at=at
    )
    person.set_password(password)
    person.save(force_insert=True)
    append(PersonCreated(subject_id=person.id, username=username), actor=actor, at=at)
    return person


@transaction.atomic
def change_person(
    *,
    person: UUID,
    actor: Actor,
    at: datetime,
    name: str | None = None,
    phone: str | None = None,
    active: bool | None = None,
    password: str | None = None,
) -> None:
    """Renames, switches off or on, or gives a one-time password (to be changed at the next sign-in)."""
    scope.require_any(actor, Permission.MANAGE)
    row = _person(person)
    given = {"name": name, "phone": phone, "is_active": active}
    changed = {key: value for key, value in given.items() if value is not None}
    for key, value in changed.items():
        setattr(row, key, value)
    if password is not None:
        row.set_password(password)
        row.must_change_password = True
    row.save()
    version.bump()
    what = ",".join(sorted(changed) + (["password"] if password is not None else []))
    append(PersonChanged(subject_id=person, what=what), actor=actor, at=at, feeds=[feeds.of_person(person)])


@transaction.atomic
def set_language(*, person: UUID, language: str, actor: Actor, at: datetime) -> None:
    """A person chooses the language the console and the notices use."""
    if actor.person != person:
        raise Problem("not_found")
    Person.objects.filter(id=person).update(language=language)
    version.bump()
    append(PersonChanged(subject_id=person, what="language"), actor=actor, at=at)


@transaction.atomic
def password_chosen(*, person: UUID, actor: Actor, at: datetime) -> None:
    """A person replaced the password by one only they know; a one-time password is done with."""
    if actor.person != person:
        raise Problem("not_found")
    Person.objects.filter(id=person).update(must_change_password=False)
    append(PersonChanged(subject_id=person, what="own password"), actor=actor, at=at)


@transaction.atomic
def open_posting(
    *,
    person: UUID,
    role: Role,
    area: str,
    actor: Actor,
    at: datetime,
    unit: UUID | None = None,
    topics: Iterable[str] = (),
    valid_from: datetime | None = None,
    valid_to: datetime | None = None,
) -> Posting:
    """Gives a person a duty in an area, from now or a given moment."""
    scope.require_any(actor, Permission.MANAGE)
    if not Area.objects.filter(code=area).exists():
        raise Problem("areas.unknown")
    if role in scope.UNIT_BOUND and unit is None:
        raise Problem("access.unit_needed")
    starts = valid_from or at
    if valid_to is not None and valid_to <= starts:
        raise Problem("access.period")
    posting = Posting.objects.create(
        id=uuid7(),
        person=_person(person),
        role=role,
        area_id=area,
        unit_id=unit,
        topics=list(topics),
        valid_from=starts,
        valid_to=valid_to,
    )
    version.bump()
    opened = PostingOpened(
        subject_id=person, posting=str(posting.id), role=role, area=area, unit=str(unit) if unit else None
    )
    append(opened, actor=actor, at=at, areas=[area], feeds=[feeds.of_person(person)])
    return posting


@transaction.atomic
def close_posting(*, posting: UUID, actor: Actor, at: datetime) -> None:
    """Ends a duty now. What the person wrote before stays valid as written then."""
    scope.require_any(actor, Permission.MANAGE)
    row = _posting(posting)
    if row.valid_to is not None and row.valid_to <= at:
        return
    Posting.objects.filter(id=posting).update(valid_to=at)
    version.bump()
    closed = PostingClosed(subject_id=row.person_id, posting=str(posting), role=row.role, area=row.area_id)
    append(closed, actor=actor, at=at, areas=[row.area_id], feeds=[feeds.of_person(row.person_id)])


@transaction.atomic
def set_leave(
    *, posting: UUID, starts: datetime, ends: datetime, deputy: UUID | None, actor: Actor, at: datetime
) -> Leave:
    """The holder is away [starts, ends); work goes to the deputy, else up."""
    scope.require_any(actor, Permission.MANAGE)
    if ends <= starts:
        raise Problem("access.period")
    row = _posting(posting)
    leave = Leave.objects.create(id=uuid7(), posting=row, deputy_id=deputy, starts=starts, ends=ends)
    version.bump()
    append(
        LeaveSet(
            subject_id=row.person_id,
            posting=str(posting),
            starts=starts.isoformat(),
            ends=ends.isoformat(),
            deputy=str(deputy) if deputy else None,
        ),
        actor=actor,
        at=at,
        areas=[row.area_id],
    )
    return leave


@transaction.atomic
def add_shift(
    *,
    unit: UUID,
    person: UUID,
    kind: str,
    starts: datetime,
    ends: datetime,
    actor: Actor,
    at: datetime,
    language: str = "",
) -> DutyShift:
    """Puts a person on the rota of a unit: on duty, or listening in a language."""
    scope.require_any(actor, Permission.ROTA)
    if ends <= starts:
        raise Problem("access.period")
    if not Unit.objects.filter(id=unit).exists():
        raise Problem("not_found")
    shift = DutyShift.objects.create(
        id=uuid7(),
        unit_id=unit,
        person=_person(person),
        kind=kind,
        language=language,
        starts=starts,
        ends=ends,
    )
    append(_shift_event(shift, "added"), actor=actor, at=at)
    return shift


@transaction.atomic
def remove_shift(*, shift: UUID, actor: Actor, at: datetime) -> None:
    """Takes a shift off the rota."""
    scope.require_any(actor, Permission.ROTA)
    row = DutyShift.objects.filter(id=shift).first()
    if row is None:
        raise Problem("not_found")
    row.delete()
    append(_shift_event(row, "removed"), actor=actor, at=at)


def _shift_event(row: DutyShift, what: str) -> ShiftChanged:
    return ShiftChanged(
        subject_id=row.person_id,
        what=what,
        unit=str(row.unit_id),
        kind=row.kind,
        starts=row.starts.isoformat(),
        ends=row.ends.isoformat(),
    )


def _person(person: UUID) -> Person:
    row = Person.objects.exclude(id=PUBLIC).filter(id=person).first()
    if row is None:
        raise Problem("not_found")
    return row


def _posting(posting: UUID) -> Posting:
    row = Posting.objects.filter(id=posting).first()
    if row is None:
        raise Problem("not_found")
    return row
