"""What another system offers, and how our topics stand to it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from mulian.core.access.models import Person
from mulian.gateways.open311.domain.elsewhere import System
from mulian.gateways.open311.models import Asked, Mapped, Theirs


@dataclass(frozen=True)
class Line:
    """A topic ("" is every other) and its service there. `by`: who mapped it; empty where the settings say so.

    `gone`: their last list has it no longer.
    """

    topic: str
    service: str
    name: str
    gone: bool
    by: str


def offered(system: str) -> list[Theirs]:
    """Their services as last heard, by group and name."""
    return list(Theirs.objects.filter(system=system, gone=False).order_by("group", "name", "code"))


def codes(system: str) -> set[str]:
    """What a topic may be mapped to."""
    return {each.code for each in offered(system)}


def asked(system: str) -> Asked | None:
    """When and how they were asked last."""
    return Asked.objects.filter(system=system).first()


def lines(there: System) -> list[Line]:
    """Every topic that goes somewhere there, or that somebody said does not."""
    known = {row.code: row for row in Theirs.objects.filter(system=there.code)}
    whose = dict(Mapped.objects.filter(system=there.code).values_list("topic", "by"))
    names = dict(Person.objects.filter(id__in=whose.values()).values_list("id", "name"))
    return [
        _line(topic, code, known.get(code), whose, names) for topic, code in sorted(there.services.items())
    ]


def _line(topic: str, code: str, row: Theirs | None, whose: dict[str, UUID], names: dict[UUID, str]) -> Line:
    by = names.get(whose[topic], "") if topic in whose else ""
    return Line(topic, code, row.name if row else "", bool(row and row.gone), by)
