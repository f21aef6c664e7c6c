"""Shapes of register.toml: what is written about a household, its needs and its documents."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, field

from mulian.core.packs.shapes.basis import Code, Name, Strict

Months = Annotated[int, Meta(ge=1, le=120)]
Ages = Annotated[list[Annotated[int, Meta(ge=0, le=120)]], Meta(min_length=2, max_length=2)]
Demo = list[Annotated[int, Meta(ge=0, le=100_000)]]
ChoiceCode = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9_]{0,23}$")]
ItemCode = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)?$", max_length=24)]


class Group(Strict):
    """What stands together on a page."""

    code: Code
    name: Name


class Choice(Strict):
    code: ChoiceCode
    name: Name
    drop: bool = False


class Item(Strict, kw_only=True):
    """One dated fact. `of`: whose it is. `owner`: the side that writes it where a family lives elsewhere.

    `readers` owner: the other side does not read it. `months`: how long what was said stays fresh. `ages`: of which
    members it is asked (years, both included). `counts`: into which sum of an area.
    `most`: the largest number that can be true.
    `demo` is for made-up families: the range of a number, or the percentage of yes.
    """

    code: ItemCode
    group: Code
    name: Name
    type: Literal["count", "number", "yes_no", "choice", "date", "text"]
    of: Literal["household", "member", "camp"] = "household"
    class_: Literal["S1", "S2", "S3"] = field(name="class")
    owner: Literal["registered", "residing"]
    readers: Literal["both", "owner"] = "both"
    sources: Annotated[list[Literal["told", "seen", "paper", "office"]], Meta(min_length=1)]
    months: Months
    ages: Ages = field(default_factory=lambda: [0, 120])
    unit: Name | None = None
    most: Annotated[int, Meta(ge=1, le=20_000_000)] = 20_000_000
    choices: list[Choice] = []
    purpose: Name | None = None
    keep_months: Months | None = None
    counts: Literal["herd"] | None = None
    demo: Demo = []


class Need(Strict, kw_only=True):
    """A need for help (S3): kept only while the family agrees, for this purpose, looked at again after so many months.

    `keep_months`: how long after its end it may still be read, by those who helped.
    """

    code: ItemCode
    name: Name
    of: Literal["household", "member"]
    purpose: Name
    review_months: Months
    keep_months: Months
    demo: Demo = []


class Institution(Strict):
    """A kind of place that serves many: a school, a clinic, a shop. It never holds people."""

    code: Code
    name: Name
    drop: bool = False


class SafetyCheck(Strict):
    """What is looked at in some kinds of institution, every so many months."""

    code: Code
    name: Name
    of: Annotated[list[Code], Meta(min_length=1)]
    months: Months
    drop: bool = False


class Document(Strict, kw_only=True):
    """A paper a family or a member may hold."""

    code: ItemCode
    name: Name
    of: Literal["household", "member"]
    class_: Literal["S2", "S3"] = field(name="class")
    demo: Demo = []


class Request(Strict, kw_only=True):
    """What a family may ask of its own record, and how long an answer may take.

    Working days by the calendar `work`: `days` to the answer, `near_days` before that who answers is reminded, at its
    end the next one up is told, `step_days` later the one above. `rule`: the article it rests on, as families are told.
    """

    code: Literal["see", "correct", "delete", "restrict", "withdraw"]
    name: Name
    days: Annotated[int, Meta(ge=1, le=60)]
    near_days: Annotated[int, Meta(ge=0, le=30)]
    step_days: Annotated[int, Meta(ge=1, le=30)]
    rule: Name


class Kept(Strict, kw_only=True):
    """Facts and papers that stay when a family has the rest deleted, and the article that orders it."""

    code: Code
    name: Name
    rule: Name
    items: list[ItemCode] = []
    documents: list[ItemCode] = []


class Complaint(Strict, kw_only=True):
    """Where a family may complain about the answer."""

    code: Code
    name: Name
