"""Identifiers: UUID version 7 (RFC 9562), ordered by time, made on the phone or on the server.

Layout: 48 bits of Unix milliseconds, 4 bits version, a 12-bit counter, 2 bits variant, 62 random bits. The
counter starts in the lower half of its range and grows within one millisecond, so ids made one after the
other in a process also sort one after the other.
"""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta
from threading import Lock
from uuid import UUID

from mulian.kernel import clock

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_COUNTER_BITS = 12
_COUNTER_END = 1 << _COUNTER_BITS


class _Sequence:
    """Hands out (milliseconds, counter) pairs that only grow, also when the clock steps back."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._last = (-1, 0)
        self._asked = -1

    def after(self, milliseconds: int) -> tuple[int, int]:
        with self._lock:
            last, counter = self._last
            if milliseconds > last:
                self._last = (milliseconds, secrets.randbelow(_COUNTER_END // 2))
            elif counter + 1 < _COUNTER_END:
                self._last = (last, counter + 1)
            else:
                self._last = (last + 1, 0)
            return self._last

    def at(self, milliseconds: int) -> tuple[int, int]:
        """For a stated time: ordered among ids of the same moment, free to lie before earlier ones."""
        with self._lock:
            if milliseconds != self._asked:
                self._last = (-1, 0)
            self._asked = milliseconds
        return self.after(milliseconds)


_clocked = _Sequence()
_stated = _Sequence()


def uuid7(at: datetime | None = None) -> UUID:
    """A new id of the present moment, or of `at` (for seeded or imported things that happened then)."""
    if at is None:
        pair = _clocked.after((clock.now() - _EPOCH) // _MILLISECOND)
    else:
        pair = _stated.at((at - _EPOCH) // _MILLISECOND)
    return _compose(*pair)


def _compose(milliseconds: int, counter: int) -> UUID:
    if not 0 <= milliseconds < 1 << 48:
        raise ValueError("a time before 1970 or after the year 10889 has no UUIDv7")
    return UUID(int=milliseconds << 80 | 7 << 76 | counter << 64 | 2 << 62 | secrets.randbits(62))


def is_uuid7(value: object) -> bool:
    """Whether `value` is a UUID of version 7, or the text of one in its usual form of 36 characters."""
    if isinstance(value, str):
        try:
            parsed = UUID(value)
        except ValueError:
            return False
        if str(parsed) != value.lower():
            return False
        value = parsed
    return isinstance(value, UUID) and value.int >> 76 & 0xF == 7 and value.int >> 62 & 0b11 == 0b10


def before(at: datetime) -> UUID:
    """The smallest id a moment can have: every UUIDv7 made earlier is less."""
    return UUID(int=(at - _EPOCH) // _MILLISECOND << 80 | 7 << 76 | 2 << 62)


def made_at(value: UUID) -> datetime:
    """The moment written in a UUIDv7, to the millisecond. A phone's id carries the phone's clock."""
    return _EPOCH + (value.int >> 80) * _MILLISECOND
