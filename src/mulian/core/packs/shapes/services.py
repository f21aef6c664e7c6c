"""Shapes of services.toml: what is done on a family's behalf, and what a department may keep a list for."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from mulian.core.packs.shapes.basis import Code, Name, Strict

Days = Annotated[int, Meta(gt=0, le=92)]


class Step(Name, kw_only=True):
    """One step; `who` takes it: the family, whoever carries the papers, or whoever settles."""

    who: Literal["family", "carrier", "owner"] = "owner"


class Service(Strict, kw_only=True):
    """Done on a family's behalf, or shown to it; nothing goes to a counter of the state (`owner` counter).

    `level` settles it: the village or the township of the owner's area. `calendar` says when it is open, `at` where.
    """

    code: Code
    name: Name
    papers: list[Name]
    owner: Literal["registered", "residing", "counter"]
    carrier: Literal["registered", "residing", "family"]
    sent: bool
    steps: list[Step] = []
    level: Literal["village", "township"] = "village"
    topic: Code | Literal[""] = ""
    calendar: Code = "work"
    at: Name | None = None


class Purpose(Strict, kw_only=True):
    """What a service list may be kept for: by these `departments`, for at most so many `days`.

    `facts`: yes/no items of the register that may choose its families; none: it is written by hand.
    """

    code: Code
    name: Name
    departments: list[Code]
    facts: list[Code] = []
    days: Days = 31
