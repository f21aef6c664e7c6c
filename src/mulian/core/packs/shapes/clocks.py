"""Shape of clocks.toml: what is allowed around the clocks of a case."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from mulian.core.packs.shapes.basis import AreaCode, Code, Name, Strict

Positive = Annotated[int, Meta(gt=0)]
Label = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9_-]*$", max_length=40)]


class Pauses(Strict):
    most: Positive
    alone_days: Positive
    longest_days: Positive


class Extensions(Strict):
    most: Positive
    longest_days: Positive


class Urging(Strict):
    hours: Positive
    urgent_minutes: Positive


class Supervision(Strict):
    days: Positive
    clock: str = "round"


class Reason(Strict):
    """Why a case may wait."""

    code: Label
    name: Name
    longest_days: Positive | None = None


class Attempts(Strict):
    """How often each level tries before the next one takes over."""

    code: Label
    topics: list[Code] = []
    areas: list[AreaCode] = []
    village: Positive | None = None
    township: Positive | None = None
    county: Positive | None = None
    department: Positive | None = None


class Clocks(Strict):
    """clocks.toml"""

    pause: Pauses
    extension: Extensions
    urging: Urging
    supervision: Supervision
    reason: list[Reason] = []
    attempts: list[Attempts] = []
