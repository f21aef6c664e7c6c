"""Outcomes: what each register needs, evidence near the place, and reminders once a day named."""

# ruff: noqa: E501 -- a table reads best with one row a line

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest

from mulian.kernel.geo import Point
from mulian.kernel.problems import Problem
from mulian.modules.cases.domain.outcomes import Outcome, Plan, away, check_near, check_plan

TODAY = date(2026, 11, 22)
LATER, LEADER = TODAY + timedelta(days=60), uuid4()
BUILT = {"contractor": "某建筑队", "fund": "以工代赈", "starts_on": TODAY, "ends_on": LATER}


def plan(outcome: str, **said: object) -> Plan:
    return Plan(**{"outcome": Outcome(outcome), "leader": LEADER, "review_on": LATER, **said})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (Plan(outcome=Outcome.SOLVED), None),
        (plan("project"), None),
        (plan("long"), None),
        (plan("relieved", **BUILT), None),
        (plan("elsewhere", address="县公安局户籍窗口"), None),
        (plan("project", leader=None), "cases.leader_needed"),
        (plan("long", review_on=None), "cases.review_needed"),
        (plan("long", review_on=TODAY), "cases.review_needed"),
        (plan("long", review_on=TODAY + timedelta(days=366)), None),
        (plan("long", review_on=TODAY + timedelta(days=367)), "cases.review_needed"),
        *((plan("relieved", **{**BUILT, name: None if name.endswith("_on") else " "}), "cases.project_needed") for name in BUILT),
        (plan("relieved", **{**BUILT, "ends_on": TODAY - timedelta(days=1)}), "cases.project_needed"),
        (plan("project", starts_on=LATER, ends_on=TODAY), "cases.project_needed"),
        (plan("elsewhere", address=" "), "cases.address_needed"),
    ],
)  # fmt: skip
def test_each_register_says_what_it_needs(given: Plan, code: str | None) -> None:
    if code is None:
        check_plan(given, TODAY)
        return
    with pytest.raises(Problem) as refused:
        check_plan(given, TODAY)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("kilometres", "reason", "allowed"),
    [(None, "", True), (0.4, "", True), (0.6, "", False), (0.6, "  ", False), (0.6, "在医院拍的", True)],
)
def test_evidence_far_from_the_place_needs_a_reason(
    kilometres: float | None, reason: str, allowed: bool
) -> None:
    place = Point(33.9, 100.1)
    evidence = None if kilometres is None else Point(33.9 + kilometres / 111.2, 100.1)
    found = away(place, evidence)
    if allowed:
        check_near(found, 500, reason)
    else:
        with pytest.raises(Problem):
            check_near(found, 500, reason)
    assert away(None, place) is None
