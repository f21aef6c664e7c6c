"""Shape of joint.toml: work that several share."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from mulian.core.packs.shapes.basis import Strict

Positive = Annotated[int, Meta(gt=0)]


class Whistle(Strict):
    report_in_hours: Positive
    urgent_report_in_minutes: Positive
    answer_days: Positive
    clock: str = "round"


class Same(Strict):
    metres: Positive
    days: Positive
    suggest: Annotated[float, Meta(gt=0, lt=1)]


class Mass(Strict):
    reports: Positive
    minutes: Positive
    metres: Positive
    hours: Positive


class Joint(Strict):
    """joint.toml"""

    near_metres: Positive
    whistle: Whistle
    same: Same
    mass: Mass
