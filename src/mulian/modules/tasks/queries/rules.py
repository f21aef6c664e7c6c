"""What the county's pack says of tasks and visits, read once a process."""

from __future__ import annotations

from functools import lru_cache

from mulian.core.packs import current
from mulian.core.registry import resolve
from mulian.modules.tasks.domain.visiting import Duty

READER = "mulian.modules.tasks.pack.duties_of"
"""The pack part is a shell of this module and knows what lies below; it is found by name, as the registry does."""


def duties() -> tuple[Duty, ...]:
    """The visit duties of this installation's pack."""
    return _duties(id(current()))


def remind_at() -> float:
    """The share of the time after which a reminder goes out (ladder.toml)."""
    return float(current().part("ladder").get("remind_at", 0.8))


@lru_cache(maxsize=4)
def _duties(identity: int) -> tuple[Duty, ...]:
    found: tuple[Duty, ...] = resolve(READER)(current())
    return found
