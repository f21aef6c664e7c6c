"""Shapes of desk.toml and glossary.toml: the listening desk, its interpreters, their words."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from mulian.core.packs.shapes.basis import Strict, Text

Positive = Annotated[int, Meta(gt=0)]
Label = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9_-]*$", max_length=40)]
Hours = Annotated[str, Meta(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9]$")]


class Listening(Strict):
    minutes: Positive
    urgent_minutes: Positive
    again_minutes: Positive


class Translating(Strict):
    minutes: Positive
    urgent_minutes: Positive
    held_minutes: Positive
    urgent_held_minutes: Positive


class Rota(Strict):
    watches: Annotated[list[Hours], Meta(min_length=1, max_length=6)]
    languages: Annotated[list[Literal["bo", "zh-hans"]], Meta(min_length=1)]
    warned_hours: Positive


class Desk(Strict):
    """desk.toml"""

    listening: Listening
    translating: Translating
    rota: Rota


class Term(Strict):
    """One word of the glossary."""

    code: Label
    zh: Text
    bo: Text
    note: str = ""
    drop: bool = False
