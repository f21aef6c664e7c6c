"""What a command's handler is told about where the command came from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from mulian.kernel.actor import Actor


@dataclass(frozen=True)
class Envelope:
    """`at` is the phone's own time (may be a year off); `received_at` is when the server took it in."""

    id: UUID
    seq: int
    actor: Actor
    device: UUID
    at: datetime
    received_at: datetime

    @property
    def skew_seconds(self) -> int:
        """Phone clock minus server clock at arrival; large for a report written long before it was sent."""
        return round((self.at - self.received_at).total_seconds())
