"""Contact is a recorded call or visit; a level that has tried in vain often enough hands the case up ("331")."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from mulian.kernel.problems import Problem
from mulian.modules.cases.actions import contacting, extending, pausing, sorting, steps
from mulian.modules.cases.domain.promises import Amount, Moment, PromiseKind, Rule
from mulian.modules.cases.models import Attempt, Case, Promise
from mulian.modules.cases.queries.rules import rules
from tests.modules.cases.conftest import Line, later

LEAD = "village_deputy"


@pytest.fixture
def promised() -> Iterator[None]:
    """Haiyan's 131: contact in an hour, an interim answer a day after it is known that it takes longer."""
    at_hand, before = rules(), rules().policy
    more = (
        Rule(code="contact", kind=PromiseKind.CONTACT, amount=Amount(minutes=60)),
        Rule(code="interim", kind=PromiseKind.INTERIM, amount=Amount(days=1), starts=Moment.DELAYED),
    )
    object.__setattr__(at_hand, "policy", replace(before, rules=(*before.rules, *more)))
    yield
    object.__setattr__(at_hand, "policy", before)


def state(case: Case, kind: str) -> str | None:
    return Promise.objects.filter(case=case, kind=kind).values_list("state", flat=True).first()


@pytest.mark.usefixtures("promised")
@pytest.mark.parametrize(
    ("how", "reached", "kept"),
    [("call", True, "met"), ("visit", True, "met"), ("call", False, "running"), ("visit", False, "running")],
)
def test_contact_is_kept_by_a_call_or_visit_that_reached_them(
    line: Line, how: str, reached: bool, kept: str
) -> None:
    case = line.report(household="near")
    line.act(contacting.contact, case, LEAD, at=later(minutes=30), how=how, reached=reached)
    assert state(case, "contact") == kept


@pytest.mark.usefixtures("promised")
def test_taking_and_solving_is_no_contact(line: Line) -> None:
    case = line.report(household="near")
    line.act(steps.take, case, LEAD)
    line.act(steps.solve, case, LEAD, text="好了")
    assert state(case, "contact") == "running"


@pytest.mark.usefixtures("promised")
@pytest.mark.parametrize("why", ["wait", "more time"])
def test_an_interim_answer_is_owed_once_it_is_known_to_take_longer(line: Line, why: str) -> None:
    case = line.report(household="near")
    line.act(steps.take, case, LEAD)
    assert state(case, "interim") is None
    if why == "wait":
        line.act(pausing.wait, case, LEAD, at=later(days=1), code="material")
    else:
        line.act(extending.ask, case, LEAD, at=later(days=1), days=3, reason="等构件")
    assert Promise.objects.get(case=case, kind="interim").due == later(days=2)
    line.act(contacting.interim, case, LEAD, at=later(days=1, hours=3), text="材料周五到")
    assert state(case, "interim") == "met"


def test_a_contact_is_a_call_or_a_visit(line: Line) -> None:
    case = line.report(household="near")
    for how, reached in (("letter", True), ("", True), ("work", True)):
        with pytest.raises(Problem, match="bad_contact"):
            line.act(contacting.contact, case, LEAD, how=how, reached=reached)
    with pytest.raises(Problem, match="not_found"):
        line.act(contacting.contact, case, "transport", how="call")


def test_331_village_three_times_township_three_times_county_once(line: Line) -> None:
    case = line.report(text="两家为草场边界争起来", household="near")
    line.act(sorting.correct_topic, case, "county_duty", topic="dispute.pasture")
    climbed = []
    for number, who in enumerate([LEAD] * 3 + ["township_officer"] * 3 + ["county_duty"]):
        line.act(
            contacting.contact, case, who, at=later(hours=number), how="work", reached=False, text="没谈成"
        )
        row = Case.unscoped.because("test").get(id=case.id)
        climbed.append(row.responsible_level)
    assert climbed == ["village"] * 2 + ["township"] * 3 + ["county"] + climbed[-1:]
    assert climbed[-1] not in ("village", "township", "county")
    assert Attempt.objects.filter(case=case, reached=False).count() == 7
    assert ("township:632623204", "township_officer", "responsible", "attempts") not in line.receivers(case)


def test_other_topics_do_not_climb_by_attempts(line: Line) -> None:
    case = line.report(household="near")
    for number in range(5):
        line.act(contacting.contact, case, LEAD, at=later(hours=number), how="visit", reached=False)
    assert Case.unscoped.because("test").get(id=case.id).responsible_level == "village"
