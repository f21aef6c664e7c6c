"""What phones send about households."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from django.utils.translation import gettext, override
from msgspec import Meta

from mulian.core.sync.envelope import Envelope
from mulian.core.sync.wire import moment
from mulian.kernel.clock import CN
from mulian.kernel.geo import Point
from mulian.kernel.problems import Problem
from mulian.modules.households.actions import (
    Details,
    Fact,
    camp_here,
    member_came,
    member_went,
    move_household,
    update_household,
)
from mulian.modules.households.domain.camps import MoveKind, Season
from mulian.modules.households.domain.lives import Why
from mulian.modules.households.domain.members import MemberChange, Relation
from mulian.modules.households.domain.names import is_tibetan

RelationCode = Literal[
    "head",
    "spouse",
    "child",
    "child_in_law",
    "parent",
    "grandparent",
    "grandchild",
    "sibling",
    "relative",
    "other",
]


class MemberBody(msgspec.Struct):
    """One member: with a known id changed (or `gone`), else added under this id or a new one."""

    id: UUID | None = None
    name: str | None = None
    born: int | None = None
    relation: RelationCode | None = None
    phone: str | None = None
    speaks_for: bool | None = None
    gone: bool = False


class ItemBody(msgspec.Struct):
    """One item of the catalogue as told on a day; `value` null: no longer known."""

    code: Annotated[str, Meta(max_length=24)]
    value: Annotated[str, Meta(max_length=200)] | int | float | bool | None = None
    member: UUID | None = None
    camp: UUID | None = None
    as_of: date | None = None


class UpdateBody(msgspec.Struct):
    """`households.update`: what is named changes, the rest stays."""

    household: UUID
    name: str | None = None
    phone: str | None = None
    language: str | None = None
    picture: str | None = None
    members: list[MemberBody] = []
    items: list[ItemBody] = []


class MoveBody(msgspec.Struct):
    """`households.move`: to a camp (its id), an area (its code) or nowhere (left the camp), from `at` on."""

    household: UUID
    to: str | None = None
    kind: Literal["registered", "residing", "camp"] = "camp"
    at: str | None = None


class CampBody(msgspec.Struct):
    """`households.camp`: the family's camp is a new place, under the command's id; `accuracy` in metres."""

    household: UUID
    name: Annotated[str, Meta(max_length=60)] = ""
    lat: Annotated[float, Meta(ge=-90, le=90)] | None = None
    lon: Annotated[float, Meta(ge=-180, le=180)] | None = None
    accuracy: Annotated[float, Meta(ge=0)] | None = None
    season: Literal["winter", "spring", "summer", "autumn", ""] = ""
    from_: date | None = msgspec.field(default=None, name="from")


class LifeBody(msgspec.Struct):
    """`households.life`: somebody came (born, married in, moved in) or went (died, married out, moved out).

    Who comes has the command's id and a name (a newborn's may come later); who goes is named by id, and where the head
    goes, the new head is too.
    """

    household: UUID
    what: Literal["came", "went"]
    why: Literal["birth", "married_in", "moved_in", "joined", "death", "married_out", "moved_out", "left"]
    member: UUID | None = None
    head: UUID | None = None
    name: Annotated[str, Meta(max_length=60)] = ""
    born: int | None = None
    relation: RelationCode | None = None
    on: date | None = None


def apply_update(body: UpdateBody, *, envelope: Envelope, now: datetime) -> dict[str, str]:
    """Applies what a liaison wrote, as authorised when it was written."""
    update_household(
        household=body.household,
        actor=envelope.actor,
        at=now,
        details=Details(name=body.name, phone=body.phone, language=body.language, picture=body.picture),
        members=[_member(m) for m in body.members],
        facts=[
            Fact(code=i.code, value=i.value, member=i.member, camp=i.camp, as_of=i.as_of) for i in body.items
        ],
        written=_written(envelope, now),
    )
    return {"household": str(body.household)}


def apply_move(body: MoveBody, *, envelope: Envelope, now: datetime) -> dict[str, str]:
    """Applies a move with its time of effect; late and out of order moves find their place in history."""
    camp = _as_uuid(body.to)
    move_household(
        household=body.household,
        kind=MoveKind(body.kind),
        actor=envelope.actor,
        at=now,
        area=body.to if camp is None else None,
        camp=camp,
        effective=_effective(body.at),
        written=_written(envelope, now),
    )
    return {"household": str(body.household)}


def apply_camp(body: CampBody, *, envelope: Envelope, now: datetime) -> dict[str, str]:
    """The family moved to a new place: it is declared under the command's id, and they are there from that day."""
    camp_here(
        id=envelope.id,
        household=body.household,
        name=body.name,
        season=Season(body.season) if body.season else None,
        point=Point(body.lat, body.lon) if body.lat is not None and body.lon is not None else None,
        accuracy=body.accuracy,
        since=body.from_,
        actor=envelope.actor,
        at=now,
        written=_written(envelope, now),
    )
    return {"household": str(body.household), "camp": str(envelope.id)}


def apply_life(body: LifeBody, *, envelope: Envelope, now: datetime) -> dict[str, str]:
    """Somebody came or went, as authorised when it was written; a day ahead of the server's counts as today."""
    on = min(body.on, now.astimezone(CN).date()) if body.on else None
    written = _written(envelope, now)
    if body.what == "went":
        if body.member is None:
            raise Problem("sync.bad_body")
        member_went(
            household=body.household, member=body.member, why=Why(body.why), head=body.head, on=on,
            actor=envelope.actor, at=now, written=written,
        )  # fmt: skip
        return {"household": str(body.household)}
    name, name_bo = _named(body)
    one = MemberChange(
        id=envelope.id,
        name=name,
        name_bo=name_bo,
        birth_year=body.born,
        relation=Relation(body.relation) if body.relation else None,
    )
    member_came(
        household=body.household,
        member=one,
        why=Why(body.why),
        on=on,
        unnamed=not body.name.strip(),
        actor=envelope.actor,
        at=now,
        written=written,
    )
    return {"household": str(body.household), "member": str(envelope.id)}


def _named(body: LifeBody) -> tuple[str, str | None]:
    """As it was written; a child that has no name yet is called a newborn, until somebody writes its name."""
    if body.why != Why.BIRTH or body.name.strip():
        return body.name, body.name if is_tibetan(body.name) else None
    with override("bo"):
        tibetan = gettext("Newborn")
    with override("zh-hans"):
        return gettext("Newborn"), tibetan


def _written(envelope: Envelope, now: datetime) -> datetime:
    """The phone's own time; a clock that runs ahead of the server wrote it at arrival."""
    return min(envelope.at, envelope.received_at, now)


def _effective(text: str | None) -> datetime | None:
    if text is None:
        return None
    found = moment(text)
    if found is None:
        raise Problem("sync.bad_body")
    return found


def _as_uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text and "-" in text else None
    except ValueError:
        return None


def _member(body: MemberBody) -> MemberChange:
    return MemberChange(
        id=body.id,
        name=body.name,
        birth_year=body.born,
        relation=Relation(body.relation) if body.relation else None,
        phone=body.phone,
        speaks_for=body.speaks_for,
        gone=body.gone,
    )
