"""Facts about mass events: the signal other modules (emergency) listen to."""

from __future__ import annotations

from dataclasses import dataclass

from mulian.kernel.event import Event


@dataclass(frozen=True, kw_only=True)
class _AboutMass(Event):
    subject_kind = "mass_event"


@dataclass(frozen=True, kw_only=True)
class MassEventRaised(_AboutMass):
    """Several reports tell of one hazard or broken service. `matter`: the hazard's code, else the topic's.

    `lat`, `lon`: the middle of the points known (WGS84), None where none is; `cases`: ids, oldest first.
    """

    name = "cases.mass_event_raised"
    matter: str
    hazard: bool
    area: str
    cases: list[str]
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, kw_only=True)
class MassEventGrew(_AboutMass):
    """More reports tell of it."""

    name = "cases.mass_event_grew"
    cases: list[str]


@dataclass(frozen=True, kw_only=True)
class MassEventSeen(_AboutMass):
    """A duty officer looks after it."""

    name = "cases.mass_event_seen"


@dataclass(frozen=True, kw_only=True)
class MassEventEnded(_AboutMass):
    """Nothing more was heard of it."""

    name = "cases.mass_event_ended"
