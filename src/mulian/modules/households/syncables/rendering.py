"""What phones hold of households: whole rows, in the language of the phone's person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import translation

from mulian.core.access.scope import permitted
from mulian.core.areas.models import Area
from mulian.kernel.actor import Actor
from mulian.kernel.clock import local_day
from mulian.modules.households import queries
from mulian.modules.households.domain.camps import MoveKind
from mulian.modules.households.domain.readers import VILLAGE_LENGTH
from mulian.modules.households.domain.titles import RELATIONS
from mulian.modules.households.models import Household, Member
from mulian.modules.households.permissions import Permission
from mulian.modules.households.queries import Whereabouts
from mulian.modules.households.syncables.insides import Insides, insides


def carried(actor: Actor) -> Actor:
    """The actor as a phone holds rows: duties of a village or below (a whole township fits no phone)."""
    return replace(actor, postings=tuple(p for p in actor.postings if len(p.area) >= VILLAGE_LENGTH))


def holds_households(actor: Actor) -> bool:
    """Whether the phone of this person holds households at all."""
    return permitted(carried(actor), Permission.BROWSE)


def visible_households(actor: Actor, at: datetime) -> list[UUID]:
    """The households of the phone's grid areas: living there, or in a camp there."""
    rows = queries.visible(carried(actor), at, permission=Permission.BROWSE)
    return list(rows.values_list("id", flat=True))


LANGUAGES = {"zh": "zh-hans", "bo": "bo"}
"""Keys of a name as it travels, and the languages they are in."""
Rendered = dict[UUID, tuple[int, dict[str, Any]]]


def render_households(ids: Iterable[UUID], actor: Actor, at: datetime) -> Rendered:
    """id → (rev, the whole household) for those the phone may hold; twelve queries for any number."""
    rows = queries.visible(carried(actor), at, permission=Permission.BROWSE, among=ids)
    found = list(queries.with_insides(rows))
    places = queries.whereabouts([row.id for row in found], at)
    names = _names(places.values(), found)
    inside = insides(places, carried(actor), at)
    relations = _relations() if found else {}
    return {row.id: (row.rev, _data(row, places[row.id], names, inside, relations, at)) for row in found}


def _names(places: Iterable[Whereabouts], rows: Sequence[Household]) -> dict[str, Area]:
    codes = {code for place in places for code in place.areas}
    codes |= {camp.area_id for row in rows for camp in row.camps.all()}
    return Area.objects.in_bulk(sorted(codes))


def _data(
    row: Household,
    place: Whereabouts,
    names: dict[str, Area],
    inside: Insides,
    relations: dict[str, dict[str, str]],
    at: datetime,
) -> dict[str, Any]:
    """What is not there is not sent: no nulls, no empty texts, no empty lists."""
    home, language = place.residing or place.registered, inside.actor.language
    data: dict[str, Any] = {
        "number": row.number,
        "name": row.called(language),
        "phone": row.phone,
        "language": row.language,
        "picture": row.picture,
        "area": _area(home, names),
        "camp": _camp_now(place, names),
        "since": _since(place, at),
        "members": [_person(m, language, relations) for m in row.members.all()],
        **inside.of(row, _held(place), {code: _named(area) for code, area in names.items()}),
    }
    return {key: value for key, value in data.items() if value}


def _since(place: Whereabouts, at: datetime) -> str | None:
    """The day it moved to the camp it is in: a day is enough."""
    return local_day(at - place.age) if place.camp and place.age is not None else None


def _held(place: Whereabouts) -> dict[str, str]:
    """kind of place → area code, of what is known."""
    codes = {
        MoveKind.REGISTERED: place.registered,
        MoveKind.RESIDING: place.residing,
        MoveKind.CAMP: place.camp_area,
    }
    return {kind.value: code for kind, code in codes.items() if code}


def _area(code: str | None, names: dict[str, Area]) -> dict[str, str] | None:
    area = names.get(code or "")
    return _named(area) if area else None


def _named(area: Area) -> dict[str, str]:
    return {"code": area.code, "zh": area.name_zh} | ({"bo": area.name_bo} if area.name_bo else {})


def _camp_now(place: Whereabouts, names: dict[str, Area]) -> dict[str, Any] | None:
    """The camp it is at by its own name, else by its area's; with its id when the household declared it."""
    camp = place.camp
    if camp is None:
        return None
    named = {"zh": camp.name_zh, "bo": camp.name_bo} if camp.name_zh else _area(camp.area, names) or {}
    data = {key: value for key, value in named.items() if value}
    return ({"id": str(camp.id)} | {k: v for k, v in data.items() if k != "code"}) if camp.id.int else data


def _relations() -> dict[str, dict[str, str]]:
    """Each relation in both languages of a phone: it is switched without network."""
    found: dict[str, dict[str, str]] = {code: {} for code in RELATIONS}
    for key, language in LANGUAGES.items():
        with translation.override(language):
            for code, words in RELATIONS.items():
                found[code][key] = translation.gettext(words)
    return found


def _person(member: Member, language: str, relations: dict[str, dict[str, str]]) -> dict[str, Any]:
    data: dict[str, Any] = {
        "id": str(member.id),
        "place": member.position,
        "name": member.called(language),
        "relation": relations[member.relation],
    }
    if member.birth_year:
        data["born"] = member.birth_year
    if member.phone:
        data["phone"] = member.phone
    return data | ({"speaks_for": True} if member.speaks_for else {})
