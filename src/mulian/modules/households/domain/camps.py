"""Seasonal places: a camp is where the family says it is, not where somebody saw it."""

from __future__ import annotations

from enum import StrEnum


class Season(StrEnum):
    """The pastures of the year; a family moves five times or more."""

    SPRING = "spring"
    SUMMER = "summer"
    AUTUMN = "autumn"
    WINTER = "winter"


class MoveKind(StrEnum):
    """Which of a household's three places a move changes."""

    REGISTERED = "registered"
    RESIDING = "residing"
    CAMP = "camp"
