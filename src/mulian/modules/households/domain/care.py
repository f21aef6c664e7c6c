"""Needs and help: how a family agreed, and when a plan is looked at again."""

from __future__ import annotations

from enum import StrEnum


class Consent(StrEnum):
    """How consent was given (PIPL Art. 29: consent of its own for what is sensitive; Art. 31: a guardian's)."""

    SPOKEN = "spoken"
    WRITTEN = "written"
    GUARDIAN = "guardian"
