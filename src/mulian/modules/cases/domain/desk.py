"""What a county expects of its listening desk: desk.toml of the pack."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from mulian.modules.cases.domain.terms import BO, ZH


@dataclass(frozen=True)
class Watch:
    """One span of the day in minutes after midnight; one that ends before it begins runs over midnight."""

    starts: int
    ends: int


@dataclass(frozen=True, kw_only=True)
class Desk:
    """`asked`: how long one listener has to claim or finish; `again`: until somebody is asked anew after the whole rota
    was; `warned`: how long before nobody listens the duty officers are told."""

    asked: timedelta = timedelta(minutes=10)
    urgent_asked: timedelta = timedelta(minutes=2)
    again: timedelta = timedelta(minutes=30)
    translated: timedelta = timedelta(hours=4)
    urgent_translated: timedelta = timedelta(minutes=30)
    held: timedelta = timedelta(minutes=30)
    urgent_held: timedelta = timedelta(minutes=10)
    warned: timedelta = timedelta(hours=24)
    languages: tuple[str, ...] = (BO, ZH)
    watches: tuple[Watch, ...] = (Watch(7 * 60, 15 * 60), Watch(15 * 60, 23 * 60), Watch(23 * 60, 7 * 60))
