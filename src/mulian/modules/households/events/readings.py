"""Who looked at households, and why."""

from __future__ import annotations

from dataclasses import dataclass

from mulian.kernel.event import Event
from mulian.modules.households.events.families import AboutHousehold


@dataclass(frozen=True, kw_only=True)
class HouseholdsSearched(Event):
    """Somebody looked for a household by two identifiers; the subject may read who did, and why."""

    name = "households.searched"
    subject_kind = "person"
    personal = frozenset({"terms"})
    reason: str
    found: list[str]
    terms: list[str]


@dataclass(frozen=True, kw_only=True)
class SearchesRefused(Event):
    """Somebody looked for more families than anybody needs in so short a time; the leaders of the county were told."""

    name = "households.searches_refused"
    subject_kind = "person"


@dataclass(frozen=True, kw_only=True)
class WhereaboutsRead(AboutHousehold):
    """Somebody asked where the household was on a day, inside a case, a service or an incident; it may read who."""

    name = "households.whereabouts_read"
    personal = frozenset({"purpose", "day"})
    inside: str
    about: str
    day: str
    purpose: str


@dataclass(frozen=True, kw_only=True)
class RecordRead(Event):
    """Somebody read what is kept of households, for the first time of a day in that way; the families may read who."""

    name = "households.record_read"
    subject_kind = "person"
    personal = frozenset({"why"})
    households: list[str]
    way: str
    why: str


@dataclass(frozen=True, kw_only=True)
class SlipGiven(AboutHousehold):
    """Somebody of the family was shown its record and who opened it; `known_by`: how the desk knew them."""

    name = "households.slip_given"
    personal = frozenset({"known_by"})
    asked_by: str
    known_by: str
