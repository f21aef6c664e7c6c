"""Phones: enrolment by a code that works once, recognition by token, revocation that wipes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from mulian.core.access import actors, scope, tokens, version
from mulian.core.access.events import DeviceEnrolled, DeviceRevoked, EnrolmentStarted
from mulian.core.access.models import Device, Enrolment, Person, Posting
from mulian.core.access.permissions import Permission
from mulian.core.events import feeds
from mulian.core.events.log import append
from mulian.kernel.actor import SYSTEM, Actor
from mulian.kernel.ids import uuid7
from mulian.kernel.problems import Problem, register

CODE_LIFE = timedelta(hours=24)
register("enrol.unknown", 404, "This code is not known.", "Check the digits, or ask for a new code.")
register(
    "device_locked", 403, "The phone is locked; its PIN opens this.", "Enter the PIN on the phone first."
)
register("enrol.used", 410, "This code was used or has expired.", "Ask for a new code.")


@dataclass(frozen=True)
class Known:
    """What a token stands for. `actor` is None when its person is switched off.

    `push_only`: this was the token a locked phone keeps open. It may hand in reports, sounds and photos and
    hear what became of them; it reads nothing.
    """

    device: UUID
    person: UUID
    revoked: bool
    actor: Actor | None
    push_only: bool = False


@dataclass(frozen=True)
class Enrolled:
    """A new phone with its secrets, shown once: both tokens and the county's half of its key."""

    device: Device
    token: str
    push_token: str


@dataclass(frozen=True)
class Code:
    """A new enrolment, shown once."""

    id: UUID
    token: str
    digits: str
    expires_at: datetime


_cache: dict[str, tuple[int, UUID, UUID, bool, bool]] = {}


@transaction.atomic
def start_enrolment(*, person: UUID, actor: Actor, at: datetime, label: str = "") -> Code:
    """Makes a code for one phone of one person, valid for a day and usable once."""
    require_over(actor, person, at)
    code = Code(uuid7(), tokens.make(), tokens.digits(), at + CODE_LIFE)
    Enrolment.objects.create(
        id=code.id,
        person_id=person,
        by=actor.person,
        token_hash=tokens.digest(code.token),
        digits_hash=tokens.digest(code.digits),
        label=label,
        created_at=at,
        expires_at=code.expires_at,
    )
    append(EnrolmentStarted(subject_id=person, enrolment=str(code.id)), actor=actor, at=at)
    return code


@transaction.atomic
def enrol(*, code: str, at: datetime) -> Enrolled:
    """Turns a QR token or six digits into a phone."""
    row = _enrolment(code, at)
    token, push = tokens.make(), tokens.make()
    device = add_device(person=row.person, token=token, push_token=push, at=at, label=row.label)
    Enrolment.objects.filter(id=row.id).update(used_at=at)
    return Enrolled(device, token, push)


def _enrolment(code: str, at: datetime) -> Enrolment:
    digest = tokens.digest(code.strip())
    rows = Enrolment.objects.select_for_update().select_related("person")
    found = list(rows.filter(token_hash=digest)) or list(
        rows.filter(digits_hash=digest).order_by("-created_at")
    )
    if not found:
        raise Problem("enrol.unknown")
    live = [row for row in found if row.used_at is None and row.expires_at > at]
    if not live:
        raise Problem("enrol.used")
    if len(live) > 1:
        raise Problem("enrol.unknown")
    return live[0]


def add_device(
    *,
    person: Person,
    token: str,
    at: datetime,
    label: str = "",
    id: UUID | None = None,
    push_token: str | None = None,
) -> Device:
    """Writes the phone's row and event (inside the caller's transaction)."""
    device = Device.objects.create(
        id=id or uuid7(),
        person=person,
        label=label,
        token_hash=tokens.digest(token),
        push_hash=tokens.digest(push_token) if push_token else None,
        share=tokens.share(),
        enrolled_at=at,
    )
    version.bump()
    enrolled = DeviceEnrolled(subject_id=person.id, device=str(device.id))
    append(enrolled, actor=SYSTEM, at=at, feeds=[feeds.of_person(person.id)])
    return device


@transaction.atomic
def revoke(*, device: UUID, actor: Actor, at: datetime) -> None:
    """From the next request on the phone is only wiped; its unsent reports go to quarantine.

    The county's half of its key goes at once: what the phone still holds can no longer be opened with it.
    """
    row = Device.objects.filter(id=device).first()
    if row is None:
        raise Problem("not_found")
    require_over(actor, row.person_id, at)
    Device.objects.filter(id=device, revoked_at__isnull=True).update(revoked_at=at, share="")
    version.bump()
    append(DeviceRevoked(subject_id=row.person_id, device=str(device)), actor=actor, at=at)


def recognise(token: str, at: datetime, *, moment: int | None = None) -> Known | None:
    """The phone behind either of its tokens, revoked or not; None when no such phone was ever enrolled.

    `moment` is the access version where the caller has just read it.
    """
    digest = tokens.digest(token)
    moment = version.current() if moment is None else moment
    found = _cache.get(digest)
    if found is None or found[0] != moment:
        rows = Device.objects.filter(Q(token_hash=digest) | Q(push_hash=digest))
        row = rows.values_list("id", "person_id", "revoked_at", "push_hash").first()
        if row is None:
            return None
        device, person, revoked_at, push_hash = row
        found = _cache[digest] = (moment, device, person, revoked_at is not None, push_hash == digest)
    _, device, person, revoked, push_only = found
    return Known(device, person, revoked, actors.actor_of(person, at, device, moment=moment), push_only)


def known_device(authorization: str, at: datetime) -> Known:
    """Whoever `Authorization: Device <token>` names, whatever it may still do; raises `device_unknown`."""
    scheme, _, token = authorization.partition(" ")
    known = recognise(token.strip(), at) if scheme == "Device" else None
    if known is None:
        raise Problem("device_unknown")
    return known


def device_actor(authorization: str, at: datetime) -> Actor:
    """Who reads with a phone; raises `device_unknown`, `device_revoked`, `device_locked`."""
    known = known_device(authorization, at)
    if known.revoked or known.actor is None:
        raise Problem("device_revoked")
    if known.push_only:
        raise Problem("device_locked")
    return known.actor


def device_sender(authorization: str, at: datetime) -> Actor:
    """Who hands sounds and photos in: a locked phone may, and a revoked one too, before it is wiped (G13).

    Raises `device_unknown`; `device_revoked` when the person behind it is switched off.
    """
    actor = known_device(authorization, at).actor
    if actor is None:
        raise Problem("device_revoked")
    return actor


def require_over(actor: Actor, person: UUID, at: datetime) -> None:
    """Phones are enrolled and revoked by whoever has that duty where the person serves."""
    if scope.permitted(actor, Permission.MANAGE):
        return
    areas = Posting.objects.filter(person=person, valid_from__lte=at).exclude(valid_to__lte=at)
    codes = list(areas.values_list("area_id", flat=True))
    if not codes:
        raise Problem("not_found")
    for code in codes:
        scope.require_area(actor, Permission.ENROL, code)
