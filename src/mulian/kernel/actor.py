"""Who acts: a person with the duties held at this moment, perhaps through a phone."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Role(StrEnum):
    """The few readable roles of every county; local titles are the pack's."""

    LIAISON = "liaison"
    GRID_HEAD = "grid_head"
    VILLAGE_LEAD = "village_lead"
    TOWNSHIP_OFFICER = "township_officer"
    COUNTY_DUTY = "county_duty"
    DEPARTMENT_OFFICER = "department_officer"
    LEADER = "leader"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True)
class Posting:
    """One duty: this role, in this area (a code and everything below it), perhaps for one unit and topics."""

    id: UUID
    role: Role
    area: str
    unit: UUID | None = None
    topics: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lent:
    """Rights a door lends to whoever knocks, without any duty: they reach no row, or one named subject alone."""

    permissions: frozenset[str]
    kind: str = ""
    subject: UUID | None = None


@dataclass(frozen=True)
class Actor:
    """A person with current postings; `device` is set when the act came from a phone.

    `lent`: what somebody without a login was lent at a public door; nobody else has any.
    """

    person: UUID
    name: str
    language: str
    postings: tuple[Posting, ...] = ()
    device: UUID | None = None
    lent: Lent | None = None

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(p.role for p in self.postings)

    @property
    def units(self) -> frozenset[UUID]:
        return frozenset(p.unit for p in self.postings if p.unit)

    @property
    def areas(self) -> tuple[str, ...]:
        return tuple(sorted({p.area for p in self.postings}))

    def holds(self, role: Role) -> bool:
        return role in self.roles


SYSTEM = Actor(person=UUID(int=0), name="Mulian", language="zh-hans")
"""The system itself: sweeps, handlers, imports. It holds no posting; `core/access` lets it pass by identity."""
PUBLIC = UUID(int=1)
"""Whoever knocks at a public door: one entry for everybody, without a login, a duty or a name of their own."""
