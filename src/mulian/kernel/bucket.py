"""Token buckets: so many at once, and so many more a second. Time is an argument, memory is bounded."""

from __future__ import annotations

import threading
from collections.abc import Hashable
from dataclasses import dataclass, field


@dataclass
class Buckets:
    """One bucket for every key, full at first. `burst` drops fit, `refill` come back a second.

    A bucket that is full again is forgotten; beyond `most` keys the fullest are, so nobody fills the memory.
    """

    burst: float
    refill: float
    most: int = 10_000
    _levels: dict[Hashable, tuple[float, float]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, key: Hashable, now: float, cost: float = 1.0) -> bool:
        """Takes `cost` drops at `now` seconds; False, and nothing taken, when there are fewer."""
        with self._lock:
            level = self._level(key, now)
            if level < cost:
                return False
            self._levels[key] = (level - cost, now)
            if len(self._levels) > self.most:
                self._forget(now)
            return True

    def holds(self, key: Hashable, now: float, cost: float = 1.0) -> bool:
        """Whether that many drops are there; takes none."""
        with self._lock:
            return self._level(key, now) >= cost

    def clear(self) -> None:
        with self._lock:
            self._levels.clear()

    def _level(self, key: Hashable, now: float) -> float:
        level, since = self._levels.get(key, (self.burst, now))
        return min(self.burst, level + max(0.0, now - since) * self.refill)

    def _forget(self, now: float) -> None:
        levels = {key: self._level(key, now) for key in self._levels}
        fullest = sorted(levels, key=lambda key: levels[key], reverse=True)
        for key in [k for k in fullest if levels[k] >= self.burst] or fullest[: self.most // 10]:
            del self._levels[key]
