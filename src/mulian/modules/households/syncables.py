"""What phones send about households, and what they hold of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import msgspec
from django.utils import translation

from mulian.core.areas.models import Area
from mulian.core.sync.envelope import Envelope
from mulian.core.sync.wire import moment
from mulian.kernel.actor import Actor
from mulian.kernel.clock import local_day
from mulian.kernel.problems import Problem
from mulian.modules.households import queries
from mulian.modules.households.actions import Details, move_household, update_household
from mulian.modules.households.domain.camps import MoveKind
from mulian.modules.households.domain.members import MemberChange, Relation
from mulian.modules.households.domain.titles import RELATIONS
from mulian.modules.households.models import Camp, Household, Member
from mulian.modules.households.permissions import Permission
from mulian.modules.households.queries import Whereabouts

VILLAGE_LENGTH = 12
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


class UpdateBody(msgspec.Struct):
    """`households.update`: what is named changes, the rest stays."""

    household: UUID
    name: str | None = None
    phone: str | None = None
    language: str | None = None
    picture: str | None = None
    members: list[MemberBody] = []


class MoveBody(msgspec.Struct):
    """`households.move`: to a camp (its id), an area (its code) or nowhere (left the camp), from `at` on."""

    household: UUID
    to: str | None = None
    kind: Literal["registered", "residing", "camp"] = "camp"
    at: str | None = None


def apply_update(body: UpdateBody, *, envelope: Envelope, now: datetime) -> dict[str, str]:
    """Applies what a liaison wrote, as authorised when it was written."""
    update_household(
        household=body.household,
        actor=envelope.actor,
        at=now,
        details=Details(name=body.name, phone=body.phone, language=body.language, picture=body.picture),
        members=[_member(m) for m in body.members],
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


def carried(actor: Actor) -> Actor:
    """The actor as a phone holds rows: duties of a village or below (a whole township fits no phone)."""
    return replace(actor, postings=tuple(p for p in actor.postings if len(p.area) >= VILLAGE_LENGTH))


def visible_households(actor: Actor, at: datetime) -> list[UUID]:
    """The households of the phone's grid areas: living there, or in a camp there."""
    rows = queries.visible(carried(actor), at, permission=Permission.BROWSE)
    return list(rows.values_list("id", flat=True))


Rendered = dict[UUID, tuple[int, dict[str, Any]]]


def render_households(ids: Iterable[UUID], actor: Actor, at: datetime) -> Rendered:
    """id → (rev, the whole household) for those the phone may hold; six queries for any number."""
    rows = queries.visible(carried(actor), at, permission=Permission.BROWSE, among=ids)
    found = list(queries.with_insides(rows))
    places = queries.whereabouts([row.id for row in found], at)
    names = _names(places.values(), found)
    with translation.override(actor.language):
        return {row.id: (row.rev, _data(row, places[row.id], names, actor.language, at)) for row in found}


def _names(places: Iterable[Whereabouts], rows: Sequence[Household]) -> dict[str, Area]:
    codes = {code for place in places for code in place.areas}
    return Area.objects.in_bulk(sorted(codes))


def _data(
    row: Household, place: Whereabouts, names: dict[str, Area], language: str, at: datetime
) -> dict[str, Any]:
    """What is not there is not sent: no nulls, no empty texts, no empty lists."""
    home = place.residing or place.registered
    data: dict[str, Any] = {
        "number": row.number,
        "name": row.called(language),
        "phone": row.phone,
        "language": row.language,
        "picture": row.picture,
        "area": _area(home, names),
        "camp": _camp_now(place, names),
        "since": _since(place, at),
        "members": [_person(m, language) for m in row.members.all()],
        "camps": [_camp(c) for c in row.camps.all()],
    }
    return {key: value for key, value in data.items() if value}


def _since(place: Whereabouts, at: datetime) -> str | None:
    """The day it moved to the camp it is in: a day is enough."""
    return local_day(at - place.age) if place.camp and place.age is not None else None


def _area(code: str | None, names: dict[str, Area]) -> dict[str, str] | None:
    area = names.get(code or "")
    if area is None:
        return None
    return {"code": area.code, "zh": area.name_zh} | ({"bo": area.name_bo} if area.name_bo else {})


def _camp_now(place: Whereabouts, names: dict[str, Area]) -> dict[str, Any] | None:
    camp = place.camp
    if camp is None:
        return None
    if not camp.name_zh:
        return _area(camp.area, names)
    return {"id": str(camp.id), "zh": camp.name_zh} | ({"bo": camp.name_bo} if camp.name_bo else {})


def _camp(camp: Camp) -> dict[str, Any]:
    data: dict[str, Any] = {"id": str(camp.id), "season": camp.season, "zh": camp.name_zh}
    if camp.name_bo:
        data["bo"] = camp.name_bo
    if camp.lat is not None and camp.lon is not None:
        data["at"] = [round(camp.lat, 5), round(camp.lon, 5)]
    return data


def _person(member: Member, language: str) -> dict[str, Any]:
    data: dict[str, Any] = {
        "id": str(member.id),
        "name": member.called(language),
        "relation": translation.gettext(RELATIONS[member.relation]),
    }
    if member.birth_year:
        data["born"] = member.birth_year
    if member.phone:
        data["phone"] = member.phone
    return data | ({"speaks_for": True} if member.speaks_for else {})
