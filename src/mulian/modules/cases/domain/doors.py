"""The doors a report may come in by: many doors, one flow. What differs is how sure we are of what it says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from mulian.modules.cases.domain.states import State


class Door(StrEnum):
    """`console` is an officer's own report; `walk_in`, `call` and `letter` are written down for somebody."""

    CONSOLE = "console"
    WALK_IN = "walk_in"
    CALL = "call"
    LETTER = "letter"
    EMAIL = "email"
    PUBLIC = "public"


WRITTEN_DOWN = (Door.CALL, Door.WALK_IN, Door.LETTER, Door.CONSOLE)
"""What an officer chooses from, the most frequent first."""
FOR_SOMEBODY = frozenset({Door.CALL, Door.WALK_IN, Door.LETTER})
"""Doors behind which somebody waits for a number to take along."""
NAMELESS = frozenset({Door.PUBLIC, Door.EMAIL})
"""Nobody here has spoken with whoever sent it."""


def unconfirmed(door: str, state: str, *, urgent: bool) -> bool:
    """Whether an alarm rests on the word of somebody nobody has spoken with; taking the case settles it."""
    return urgent and door in NAMELESS and state == State.REPORTED


@dataclass(frozen=True, kw_only=True)
class Portal:
    """portal.toml: what the county says on its public page. Numbers are telephone numbers as dialled."""

    hotline: str = ""
    offices: Mapping[str, str] = field(default_factory=dict)
    """unit code → its telephone number, as the county publishes it"""
    stewards: bool = False
    """whether liaisons' service numbers are published with their duty"""
    k: int = 10
    """fewest households behind a published figure"""
