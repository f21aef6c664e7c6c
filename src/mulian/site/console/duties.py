"""The duties of one person in words: role, place, office."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import get_language

from mulian.core.areas.models import Area, Unit
from mulian.core.packs import current, said
from mulian.kernel.actor import Actor


@dataclass(frozen=True)
class Duty:
    """One posting, ready to show."""

    role: str
    area: str
    unit: str


def duties(actor: Actor) -> list[Duty]:
    """What the actor is charged with now, by the pack's local titles."""
    language = get_language() or "zh-hans"
    areas = {row.code: row.name(language) for row in Area.objects.filter(code__in=actor.areas)}
    units = {row.id: row.name(language) for row in Unit.objects.filter(id__in=actor.units)}
    titles = {row["code"]: said(row["title"], language) for row in current().part("roles").get("role", ())}
    return [
        Duty(
            role=titles.get(posting.role, posting.role),
            area=areas.get(posting.area, posting.area),
            unit=units.get(posting.unit, "") if posting.unit else "",
        )
        for posting in actor.postings
    ]
