"""One case of a walk, with all that undoes what happened to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from mulian.kernel.periods import Period
from mulian.modules.cases.domain import parts
from mulian.modules.cases.domain.parts import Part
from mulian.modules.cases.domain.promises import Promise, PromiseKind
from mulian.modules.cases.domain.receivers import (
    Receivers,
)
from mulian.modules.cases.domain.services import PaperState
from mulian.modules.cases.domain.states import State


@dataclass
class Kept:
    """What joining took from a case, and the clocks of the main one it replaced (None: it had none)."""

    state: State
    clocks: dict[PromiseKind, Promise]
    changed: dict[PromiseKind, Promise | None] = field(default_factory=dict)
    added: set[str] = field(default_factory=set)


@dataclass
class Walked:
    """One case. `first` keeps when each clock first ran, `kept` what undoes a join, `taken` the clocks a policy took.

    A service has papers and steps; `sent`: its papers are carried.
    """

    id: UUID
    area: str
    at: datetime
    receivers: Receivers
    topic: str
    state: State = State.REPORTED
    clocks: dict[PromiseKind, Promise] = field(default_factory=dict)
    first: dict[PromiseKind, datetime] = field(default_factory=dict)
    parts: dict[str, Part] = field(default_factory=dict)
    whistlers: set[str] = field(default_factory=set)
    called: set[str] = field(default_factory=set)
    sender: str | None = None
    returns: int = 0
    bound: bool = False
    disputed: bool = False
    handed: bool = False
    joined_to: UUID | None = None
    joined: list[UUID] = field(default_factory=list)
    kept: Kept | None = None
    taken: dict[PromiseKind, Promise] = field(default_factory=dict)
    pauses: list[Period] = field(default_factory=list)
    waits_since: datetime | None = None
    service: bool = False
    sent: bool = False
    papers: list[PaperState] = field(default_factory=list)
    steps_done: list[bool] = field(default_factory=list)

    @property
    def owed(self) -> set[str]:
        return {unit for unit, part in self.parts.items() if part.state in parts.OWED}

    def signature(self) -> tuple[object, ...]:
        """Everything joining and parting must leave as it was."""
        held = tuple(sorted((each.key, each.standing, each.reason) for each in self.receivers))
        return (self.state, dict(self.clocks), held, self.joined_to, list(self.joined))
