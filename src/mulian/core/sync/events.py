"""Facts about commands."""

from __future__ import annotations

from dataclasses import dataclass

from mulian.kernel.event import Event


@dataclass(frozen=True, kw_only=True)
class CommandsDecided(Event):
    """A batch of commands was decided: how many were applied, and which were refused with what code."""

    name = "sync.decided"
    subject_kind = "receipt"
    applied: int
    refused: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class PhoneFellSilent(Event):
    """A phone was not heard for as long as the county allows; `unsent` is what it said it still held."""

    name = "sync.silent"
    subject_kind = "device"
    since: str
    unsent: int


@dataclass(frozen=True, kw_only=True)
class PhoneHeard(Event):
    """A silent phone spoke again."""

    name = "sync.heard"
    subject_kind = "device"
    since: str


@dataclass(frozen=True, kw_only=True)
class RefusalSeen(Event):
    """An officer looked at a refused command; it leaves the board and stays in the quarantine."""

    name = "sync.refusal_seen"
    subject_kind = "command"
    code: str
