"""What a retention rule took away: one event a batch, with numbers and no names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mulian.core.events.log import append
from mulian.kernel.actor import SYSTEM
from mulian.kernel.event import Event
from mulian.kernel.ids import uuid7


@dataclass(frozen=True, kw_only=True)
class Forgotten(Event):
    """A batch of what nobody may keep longer is gone. `until`: everything up to then was due."""

    name = "retention.forgotten"
    subject_kind = "retention"
    rule: str
    count: int
    until: str


def forgotten(*, rule: str, count: int, until: datetime, at: datetime) -> None:
    """Writes the event, inside the transaction that took things away (or right after, for another file)."""
    event = Forgotten(subject_id=uuid7(), rule=rule, count=count, until=until.isoformat(timespec="seconds"))
    append(event, actor=SYSTEM, at=at)
