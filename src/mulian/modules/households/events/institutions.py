"""Facts about places that serve many."""

from __future__ import annotations

from dataclasses import dataclass

from mulian.kernel.event import Event


@dataclass(frozen=True, kw_only=True)
class _AboutInstitution(Event):
    subject_kind = "institution"


@dataclass(frozen=True, kw_only=True)
class InstitutionRegistered(_AboutInstitution):
    """A place that serves many was taken into the register."""

    name = "households.institution_registered"
    kind: str


@dataclass(frozen=True, kw_only=True)
class InstitutionChanged(_AboutInstitution):
    """Its name, capacity, telephone or point changed; `what` names the fields. Closed: it serves nobody any more."""

    name = "households.institution_changed"
    what: list[str]


@dataclass(frozen=True, kw_only=True)
class InstitutionChecked(_AboutInstitution):
    """A safety check was made, and what it found."""

    name = "households.institution_checked"
    check: str
    done_on: str
    sound: bool
