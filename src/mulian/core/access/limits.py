"""Limits that hold for all web processes of a county together (ADR 37).

On SQLite one process serves, and its memory counts. On PostgreSQL as many serve as are started, and a row counts: it
is looked at and changed in one statement, so that two processes never both take the last drop. A row is forgotten
once its bucket is full again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connections

from mulian.core.access.models import Bucket
from mulian.core.database.vendor import is_postgresql
from mulian.kernel.bucket import Buckets

_TAKE = """
INSERT INTO access_bucket AS held (name, key, level, at, full_at)
SELECT %(name)s, %(key)s, %(burst)s - %(cost)s, %(now)s, %(now)s + %(cost)s / %(refill)s WHERE %(cost)s <= %(burst)s
ON CONFLICT (name, key) DO UPDATE SET
  level = LEAST(%(burst)s, held.level + GREATEST(0, %(now)s - held.at) * %(refill)s) - %(cost)s,
  at = GREATEST(%(now)s, held.at),
  full_at = %(now)s + (%(burst)s + %(cost)s
    - LEAST(%(burst)s, held.level + GREATEST(0, %(now)s - held.at) * %(refill)s)) / %(refill)s
WHERE LEAST(%(burst)s, held.level + GREATEST(0, %(now)s - held.at) * %(refill)s) >= %(cost)s
"""
"""Takes and says by the number of rows whether there was enough; numbers are seconds and drops."""


@dataclass(frozen=True)
class Shared:
    """One kind of bucket, by its name, for everybody who counts in it. Keys name nobody: they are hashes."""

    name: str
    buckets: Buckets

    def take(self, key: str, now: float, cost: float = 1.0) -> bool:
        """As `Buckets.take`."""
        if not is_postgresql():
            return self.buckets.take(key, now, cost)
        given: dict[str, str | float] = {
            "name": self.name,
            "key": key,
            "cost": float(cost),
            "now": now,
            **self._size(),
        }
        with connections["default"].cursor() as cursor:
            cursor.execute(_TAKE, given)
            return bool(cursor.rowcount == 1)

    def holds(self, key: str, now: float, cost: float = 1.0) -> bool:
        """As `Buckets.holds`."""
        if not is_postgresql():
            return self.buckets.holds(key, now, cost)
        row = Bucket.objects.filter(name=self.name, key=key).first()
        level = row.level + max(0.0, now - row.at) * self.buckets.refill if row else self.buckets.burst
        return min(self.buckets.burst, level) >= cost

    def clear(self) -> None:
        """Everybody's is full again."""
        self.buckets.clear()
        if is_postgresql():
            Bucket.objects.filter(name=self.name).delete()

    def _size(self) -> dict[str, float]:
        return {"burst": float(self.buckets.burst), "refill": float(self.buckets.refill)}


def sweep(now: datetime) -> int:
    """Forgets buckets that are full again, and with them that anybody came; returns how many."""
    return Bucket.objects.filter(full_at__lt=now.timestamp()).delete()[0]
