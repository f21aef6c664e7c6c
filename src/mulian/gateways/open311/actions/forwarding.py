"""Hands a case to another system: words a person wrote for it, and the place as the public may see it; no more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from mulian.core.access import scope
from mulian.core.areas.queries import place_names
from mulian.gateways.open311.domain.elsewhere import System
from mulian.gateways.open311.domain.refusals import NO_SYSTEM
from mulian.gateways.open311.domain.requesting import DESCRIPTION, cleaned
from mulian.gateways.open311.models import Forward
from mulian.gateways.open311.permissions import Permission
from mulian.gateways.open311.queries import catalogue
from mulian.gateways.open311.queries.systems import systems
from mulian.kernel.actor import SYSTEM, Actor
from mulian.kernel.geo import Point
from mulian.kernel.ids import uuid7
from mulian.kernel.problems import Problem, register
from mulian.modules.cases import public as cases
from mulian.modules.cases.public import Brief, Wanted

NOT_THERE = register(
    "open311.not_there",
    422,
    "That system takes no reports of this kind.",
    "Choose another system, or another topic.",
)
WORDS_NEEDED = register(
    "open311.words_needed",
    422,
    "Write what the other system shall read.",
    "Up to 4,000 characters, without names.",
)
TOWNSHIP_DIGITS = 9


@dataclass(frozen=True, kw_only=True)
class Parcel:
    """All that would leave: nothing else of the case does."""

    case: Brief
    there: System
    service: str
    text: str
    point: Point | None
    address: str


def parcel(*, case: UUID, system: str, text: str, actor: Actor, at: datetime, service: str = "") -> Parcel:
    """What `forward` would send, to be looked at first. Raises `not_found`, `open311.no_system`,
    `open311.not_there`, `open311.words_needed`.
    """
    scope.require_any(actor, Permission.FORWARD)
    seen = cases.brief([case], actor, at).get(case)
    if seen is None:
        raise Problem("not_found")
    there, words = systems().get(system), cleaned(text)
    if there is None:
        raise Problem(NO_SYSTEM)
    if not words or len(words) > DESCRIPTION:
        raise Problem(WORDS_NEEDED)
    chosen = service or there.service_for(seen.topic)
    if not chosen or chosen not in there.services.values():
        raise Problem(NOT_THERE)
    place = _place(seen, at)
    return Parcel(
        case=seen, there=there, service=chosen, text=words, point=place.point, address=place.address
    )


@transaction.atomic
def forward(*, case: UUID, system: str, text: str, actor: Actor, at: datetime, service: str = "") -> Forward:
    """Queues it; the worker sends. Twice to the same system is once, but for what it refused: that goes anew, in other
    words or to another service. Raises what `parcel` raises.

    `service`: the code there; left empty, the one the settings name for the topic.
    """
    found = parcel(case=case, system=system, text=text, service=service, actor=actor, at=at)
    known = Forward.objects.select_for_update().filter(case=case, system=system).first()
    if known is not None and not known.turned_away:
        return known
    if known is not None:
        known.delete()
    cases.handed_elsewhere(case=case, system=found.there.name, number="", actor=actor, at=at)
    return _queued(found, actor, at)


def _queued(place: Parcel, actor: Actor, at: datetime) -> Forward:
    return Forward.objects.create(
        id=uuid7(at),
        case=place.case.id,
        system=place.there.code,
        service=place.service,
        text=place.text,
        lat=place.point.lat if place.point else None,
        lon=place.point.lon if place.point else None,
        address=place.address,
        by=actor.person,
        created_at=at,
        due_at=at,
    )


@dataclass(frozen=True)
class _Place:
    point: Point | None
    address: str


def _place(seen: Brief, at: datetime) -> _Place:
    """As everybody may see it; of what nobody may see, the township."""
    wanted = Wanted(topics={seen.topic: catalogue.listed().get(seen.topic, False)}, ids=(seen.id,))
    shown = next(iter(cases.published(SYSTEM, at, wanted, limit=1)), None)
    code = shown.village if shown else seen.area[:TOWNSHIP_DIGITS]
    return _Place(shown.point if shown else None, place_names([code], "zh-hans").get(code, code))
