"""Facts about commands."""

from __future__ import annotations

from dataclasses import dataclass

from mulian.kernel.event import Event


@dataclass(frozen=True, kw_only=True)
class CommandDecided(Event):
    """A command whose reply said `received` or `parked` was applied or refused later."""

    name = "sync.decided"
    subject_kind = "receipt"
    state: str
    code: str


@dataclass(frozen=True, kw_only=True)
class RefusalSeen(Event):
    """An officer looked at a refused command; it leaves the board and stays in the quarantine."""

    name = "sync.refusal_seen"
    subject_kind = "command"
    code: str
