"""What became of a case that was not simply solved: relieved for now, planned, long work, or not ours.

Each stands in a register with a leader in charge and a day on which it is looked at again, so that "planned" is
never the end of it. Relief for now names the permanent project: who builds it, from which fund, from when to when.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from mulian.kernel.geo import Point, metres
from mulian.kernel.problems import Problem
from mulian.modules.cases.domain import refusals

LONGEST = timedelta(days=366)
"""A review further away than a year is no review."""


class Outcome(StrEnum):
    SOLVED = "solved"
    RELIEVED = "relieved"
    PROJECT = "project"
    LONG = "long"
    ELSEWHERE = "elsewhere"


REGISTERED = (Outcome.RELIEVED, Outcome.PROJECT, Outcome.LONG, Outcome.ELSEWHERE)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What the register holds. `address` is where the matter belongs, for what is not ours."""

    outcome: Outcome
    leader: UUID | None = None
    review_on: date | None = None
    contractor: str = ""
    fund: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    address: str = ""


def check_plan(plan: Plan, today: date) -> None:
    """Raises the Problem that names what is missing: leader, review day, project, address."""
    if plan.outcome is Outcome.SOLVED:
        return
    if plan.leader is None:
        raise Problem(refusals.LEADER_NEEDED)
    if plan.review_on is None or not today < plan.review_on <= today + LONGEST:
        raise Problem(refusals.REVIEW_NEEDED)
    if plan.outcome is Outcome.RELIEVED and not _is_project(plan):
        raise Problem(refusals.PROJECT_NEEDED)
    if plan.starts_on and plan.ends_on and plan.ends_on < plan.starts_on:
        raise Problem(refusals.PROJECT_NEEDED)
    if plan.outcome is Outcome.ELSEWHERE and not plan.address.strip():
        raise Problem(refusals.ADDRESS_NEEDED)


def _is_project(plan: Plan) -> bool:
    return bool(plan.contractor.strip() and plan.fund.strip() and plan.starts_on and plan.ends_on)


def away(place: Point | None, evidence: Point | None) -> float | None:
    """Metres between the place of the case and where the evidence was made; None where either is unknown."""
    return metres(place, evidence) if place and evidence else None


def check_near(distance: float | None, most: float, reason: str) -> None:
    """Evidence made far from the place needs a reason. Raises `cases.evidence_far`."""
    if distance is not None and distance > most and not reason.strip():
        raise Problem(refusals.EVIDENCE_FAR)
