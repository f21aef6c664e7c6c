"""Names of offices, people, places and topics in one language, read with a constant number of statements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from mulian.core.access.models import Person
from mulian.core.areas.models import Area, Unit
from mulian.core.packs import said
from mulian.modules.cases.queries.rules import rules


@dataclass(frozen=True)
class Names:
    """Lookups that answer the code itself where no name is known."""

    language: str
    units: Mapping[str, str]
    people: Mapping[str, str]
    areas: Mapping[str, str]

    def unit(self, code: Any) -> str:
        return self.units.get(str(code), str(code)) if code else ""

    def person(self, id: Any) -> str:
        return self.people.get(str(id), "") if id else ""

    def area(self, code: str) -> str:
        return self.areas.get(code, code)

    def topic(self, code: str) -> str:
        return topic_name(code, self.language)

    def receiver(self, told: Mapping[str, Any]) -> str:
        return (
            self.unit(told.get("unit")) or self.person(told.get("person")) or self.area(str(told.get("area")))
        )


def names_for(mentioned: Iterable[Mapping[str, Any]], language: str) -> Names:
    """Names of everything mentioned under the keys unit, person and area."""
    found = list(mentioned)
    units = {str(each["unit"]) for each in found if each.get("unit")}
    people = {str(each["person"]) for each in found if each.get("person")}
    areas = {str(each["area"]) for each in found if each.get("area")}
    return Names(
        language,
        {u.code: u.name(language) for u in Unit.objects.filter(code__in=units)} if units else {},
        {str(p.id): p.name for p in Person.objects.filter(id__in=[UUID(p) for p in people])}
        if people
        else {},
        {a.code: a.name(language) for a in Area.objects.filter(code__in=areas)} if areas else {},
    )


def topic_name(code: str, language: str) -> str:
    """A topic's name; the code for one the pack no longer has."""
    topic = rules().topics.by_code.get(code)
    return said(topic.name, language) if topic else code
