"""What a phone holds of its own person."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from mulian.core.access.models import Person
from mulian.core.areas import queries as areas
from mulian.kernel.actor import Actor


def visible_me(actor: Actor, at: datetime) -> list[UUID]:
    """A phone knows one person: its own."""
    return [actor.person]


def render_me(ids: Iterable[UUID], actor: Actor, at: datetime) -> dict[UUID, tuple[int, dict[str, Any]]]:
    """Name, language and areas of the phone's person."""
    if actor.person not in set(ids):
        return {}
    person = Person.objects.get(id=actor.person)
    named = areas.names(actor.areas, person.language)
    data = {
        "name": person.name,
        "language": person.language,
        "areas": [{"code": code, "name": named.get(code, code)} for code in actor.areas],
    }
    return {person.id: (1, data)}
