"""Shapes of what is tried and reviewed: tests.toml and review.toml."""

from __future__ import annotations

from mulian.core.packs.shapes.basis import AreaCode, Strict, Text


class Review(Strict):
    """review.toml: the Tibetan strings a native speaker has passed; every other one is shown as a draft."""

    passed: list[str] = []


class Reviews(Strict):
    """review.toml"""

    review: Review


class Household(Strict):
    registered: AreaCode
    residing: AreaCode
    camp: AreaCode | None = None


class Case(Strict, kw_only=True):
    """tests.toml: one row of routing; one of village, township, household, unknown, beyond says where.

    `service`: a service is opened for the household.
    """

    name: Text
    text: str = ""
    topic: str = ""
    service: str = ""
    village: AreaCode | None = None
    township: AreaCode | None = None
    household: Household | None = None
    unknown: bool = False
    beyond: bool = False
    urgent: bool = False
    hazard: str = ""
    vacant: list[str] = []
    about: str = ""
    receivers: list[str]
    responsible: str
