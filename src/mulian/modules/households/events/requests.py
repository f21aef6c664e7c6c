"""What families asked of their own record, and what was done. What they said is personal and never in the log."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from mulian.modules.households.events.families import AboutHousehold


@dataclass(frozen=True, kw_only=True)
class RequestTaken(AboutHousehold):
    """The family asked, on what way the desk knew who it was stands beside."""

    name = "households.request_taken"
    personal = frozenset({"asked_by", "known_by"})
    request: str
    kind: str
    due: str
    asked_by: str
    known_by: str


@dataclass(frozen=True, kw_only=True)
class RequestUrged(AboutHousehold):
    """Its time is nearly over (1), over (2), long over (3); whoever answers, and the one above, is told."""

    name = "households.request_urged"
    request: str
    step: int


@dataclass(frozen=True, kw_only=True)
class RequestDecided(AboutHousehold):
    """A person decided; `done`: what was done, in numbers and codes."""

    name = "households.request_decided"
    personal = frozenset({"reason"})
    request: str
    kind: str
    allowed: bool
    reason: str
    done: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class RequestTold(AboutHousehold):
    """The family was told the answer, in its language."""

    name = "households.request_told"
    request: str
    language: str


@dataclass(frozen=True, kw_only=True)
class RecordErased(AboutHousehold):
    """What is kept of the family was deleted to this extent; whoever keeps a copy deletes it too."""

    name = "households.record_erased"
    request: str
    extent: str
    member: str | None


@dataclass(frozen=True, kw_only=True)
class ConsentWithdrawn(AboutHousehold):
    """The family took its consent to help back; of what kind the needs were, nothing says."""

    name = "households.consent_withdrawn"
    needs: list[str]


@dataclass(frozen=True, kw_only=True)
class RestrictionBegun(AboutHousehold):
    """From now on the record is in nothing that leaves or lists."""

    name = "households.restricted"
    request: str


@dataclass(frozen=True, kw_only=True)
class RestrictionLifted(AboutHousehold):
    """The family's record is used as before."""

    name = "households.restriction_lifted"
    request: str
