"""Shapes of how work goes: topics, hazards, promises, calendars, ladder."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, field

from mulian.core.packs.shapes.basis import AreaCode, Code, Count, Name, Step, Strict, Text

Clock = Annotated[str, Meta(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
Hours = Annotated[str, Meta(pattern=r"^[0-2][0-9]:[0-5][0-9]-[0-2][0-9]:[0-5][0-9]$")]
Share = Annotated[float, Meta(gt=0, lt=1)]


class Words(Strict):
    zh: list[Text] = []
    bo: list[Text] = []


class TopicHere(Strict):
    """How a topic differs in some areas (prefixes of area codes)."""

    areas: list[AreaCode]
    departments: list[Code] | None = None
    at_once: list[Code] | None = None


class Topic(Strict, kw_only=True):
    code: Code
    name: Name
    parent: str = ""
    follows: Literal["place", "person"]
    kind: Literal["problem", "question", "suggestion", "wish", "complaint", "thanks"] = "problem"
    departments: list[Code] = []
    at_once: list[Code] = []
    service: str = ""
    words: Words = field(default_factory=Words)
    overrides: list[TopicHere] = []


class Hazard(Strict):
    code: Code
    name: Name
    icon: Code
    urgent: Literal["always", "danger"]
    topic: Code


class Clip(Strict):
    """A teaching clip; its files lie in `clips/` under its code."""

    code: Code
    title: Name
    icon: Code


class Promise(Strict):
    code: Code
    kind: Literal["take", "contact", "solve", "answer", "interim", "feedback", "decide"]
    from_: date = field(name="from")
    until: date | None = None
    urgent: bool | None = None
    minutes: Annotated[int, Meta(gt=0)] | None = None
    hours: Annotated[int, Meta(gt=0)] | None = None
    days: Annotated[int, Meta(gt=0)] | None = None
    clock: str = "round"
    after: Literal["reported", "delayed", "solved", "answered"] | None = None
    areas: list[AreaCode] = []
    topics: list[Code] = []


class Calendar(Strict):
    code: Code
    hours: list[Hours]
    weekdays: list[Annotated[int, Meta(ge=1, le=7)]]
    holidays: list[date] = []
    workdays: list[date] = []
    unpublished: list[int] = []


class Quiet(Strict):
    from_: Clock = field(name="from")
    to: Clock


class UrgentSteps(Strict):
    township_and_leader_on_duty_minutes: Count
    all_leaders_minutes: Count


class LadderHere(Strict):
    areas: list[AreaCode]
    step_hours: Count | None = None
    remind_at: Share | None = None
    orders: list[Step] | None = None


class Ladder(Strict):
    """ladder.toml"""

    remind_at: Share
    step_hours: Count
    orders: list[Step]
    quiet: Quiet
    urgent: UrgentSteps
    overrides: list[LadderHere] = []
