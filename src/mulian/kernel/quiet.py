"""Quiet hours: people are not woken for what is not urgent. Clocks run on; only the telling waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from mulian.kernel.clock import CN


@dataclass(frozen=True)
class QuietHours:
    """From `start` until `end`, Asia/Shanghai, half-open; equal ends mean there are none."""

    start: time = time(22)
    end: time = time(7)

    def holds(self, at: datetime) -> bool:
        """Whether `at` lies in the quiet hours."""
        local = at.astimezone(CN).time()
        if self.start <= self.end:
            return self.start <= local < self.end
        return local >= self.start or local < self.end

    def tell_at(self, at: datetime) -> datetime:
        """`at` itself, or the end of the quiet hours it falls into."""
        if not self.holds(at):
            return at
        local = at.astimezone(CN)
        day = local.date() if local.time() < self.end else local.date() + timedelta(days=1)
        return datetime.combine(day, self.end, CN).astimezone(UTC)


NIGHT = QuietHours()
"""22:00-07:00, where a pack states nothing else."""
