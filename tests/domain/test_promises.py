"""Promises: which rule, until when, and what a pause does."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mulian.kernel.clock import CN
from mulian.kernel.periods import Period
from mulian.kernel.worktime import ROUND, Calendar, between
from mulian.modules.cases.domain.promises import (
    KEPT_BY,
    Amount,
    Moment,
    Policy,
    Promise,
    PromiseKind,
    Rule,
    keep,
    make_promises,
    pause,
    promise,
    replan,
    resume,
    run_again,
)  # fmt: skip
from mulian.modules.cases.domain.states import Verb
from mulian.modules.cases.domain.topics import Kind
from tests.domain.county import T1, TOPICS, V1, V3, V5

OFFICE = Calendar(
    "work",
    hours=((540, 720), (870, 1080)),
    weekdays=frozenset(range(5)),
    holidays=frozenset({date(2026, 10, 1), date(2026, 10, 2)}),
    workdays=frozenset({date(2026, 10, 10)}),
)
SINCE = date(2025, 1, 1)
RECEIVED = datetime(2026, 11, 22, 1, tzinfo=UTC)
TAKE = Rule(
    code="take-urgent", kind=PromiseKind.TAKE, amount=Amount(minutes=15), urgent=True, valid_from=SINCE
)
SOLVE = Rule(code="solve", kind=PromiseKind.SOLVE, amount=Amount(days=7), valid_from=SINCE)
CONTACT = Rule(
    code="131-contact", kind=PromiseKind.CONTACT, amount=Amount(minutes=60), areas=(T1,), valid_from=SINCE
)
SOLVE3 = Rule(
    code="131-solve",
    kind=PromiseKind.SOLVE,
    amount=Amount(days=3),
    clock="work",
    areas=(T1,),
    valid_from=SINCE,
)
ANSWER = Rule(
    code="131-answer", kind=PromiseKind.ANSWER, amount=Amount(days=1), areas=(T1,), valid_from=SINCE
)
BRIDGE = Rule(
    code="bridge", kind=PromiseKind.SOLVE, amount=Amount(days=2), topics=("road.bridge",), valid_from=SINCE
)
POLICY = Policy(
    rules=(TAKE, SOLVE, CONTACT, SOLVE3, ANSWER, BRIDGE), calendars={"round": ROUND, "work": OFFICE}
)
MINUTES = st.integers(1, 20_000).map(lambda n: timedelta(minutes=n))


def made(area: str = V5, topic: str | None = "road", *, urgent: bool = False, moment: Moment = Moment.RECEIVED,
         at: datetime = RECEIVED, policy: Policy = POLICY, kind: Kind | None = None) -> dict[str, Promise]:  # fmt: skip
    found = make_promises(
        moment, at=at, policy=policy, area=area, topic=topic, urgent=urgent, topics=TOPICS, kind=kind
    )
    return {each.rule: each for each in found}


def test_an_ordinary_case_is_solved_in_seven_days_round_the_clock() -> None:
    found = made()
    assert list(found) == ["solve"]
    assert found["solve"].due == RECEIVED + timedelta(days=7)
    assert found["solve"].remind_at == RECEIVED + timedelta(days=7) * 0.8


def test_an_urgent_case_is_also_taken_in_fifteen_minutes() -> None:
    found = made(urgent=True)
    assert {rule: each.due - RECEIVED for rule, each in found.items()} == {
        "take-urgent": timedelta(minutes=15), "solve": timedelta(days=7),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("area", "topic", "rules"),
    [
        (V3, "road", {"131-contact", "131-solve"}),
        (V3, "road.bridge", {"131-contact", "bridge"}),
        (V5, "road.bridge", {"bridge"}),
        (V5, None, {"solve"}),
        (f"{V1}G001", "herd", {"131-contact", "131-solve"}),
    ],
)
def test_the_most_particular_rule_wins(area: str, topic: str | None, rules: set[str]) -> None:
    assert set(made(area, topic)) == rules


def test_an_urgent_rule_goes_before_one_for_an_area() -> None:
    local = replace(TAKE, code="take", urgent=None, areas=(T1,), amount=Amount(minutes=240))
    found = made(V3, urgent=True, policy=replace(POLICY, rules=(local, TAKE)))
    assert list(found) == ["take-urgent"]


def test_the_answer_is_owed_from_the_moment_it_is_solved() -> None:
    assert set(made(V3, moment=Moment.SOLVED)) == {"131-answer"}


def test_a_pack_may_start_a_promise_at_another_moment() -> None:
    interim = replace(ANSWER, kind=PromiseKind.INTERIM, starts=Moment.SOLVED)
    policy = replace(POLICY, rules=(interim,))
    assert (list(made(V3, policy=policy)), len(made(V3, policy=policy, moment=Moment.SOLVED))) == ([], 1)


@pytest.mark.parametrize(
    ("day", "expected"),
    [(date(2024, 12, 31), []), (date(2025, 1, 1), ["solve"]), (date(2026, 5, 31), ["solve"]),
     (date(2026, 6, 1), ["solve-5"])],
)  # fmt: skip
def test_rules_hold_from_their_day_in_shanghai(day: date, expected: list[str]) -> None:
    new = replace(SOLVE, code="solve-5", amount=Amount(days=5), valid_from=date(2026, 6, 1))
    policy = replace(POLICY, rules=(SOLVE, new))
    first = datetime.combine(day, datetime.min.time(), CN).astimezone(UTC)
    assert list(made(at=first, policy=policy)) == expected


def test_a_rule_ends_before_its_last_day() -> None:
    policy = replace(POLICY, rules=(replace(SOLVE, valid_to=date(2026, 11, 22)),))
    assert made(policy=policy) == {}


@pytest.mark.parametrize("kind", [Kind.THANKS, Kind.TEST, Kind.CANCELLED])
def test_thanks_tests_and_cancelled_reports_make_no_promise(kind: Kind) -> None:
    assert made(urgent=True, kind=kind) == {}


def test_the_topic_of_thanks_makes_no_promise() -> None:
    assert made(topic="thanks", urgent=True) == {}


def test_working_days_are_counted_over_the_festival_and_the_make_up_day() -> None:
    start = datetime(2026, 9, 30, 17, tzinfo=CN)
    found = promise(SOLVE3, at=start, policy=POLICY)
    assert found.due == datetime(2026, 10, 7, 17, tzinfo=CN)
    later = promise(SOLVE3, at=datetime(2026, 10, 9, 17, tzinfo=CN), policy=POLICY)
    assert later.due == datetime(2026, 10, 13, 17, tzinfo=CN)


@given(st.sampled_from([SOLVE, SOLVE3, TAKE]), MINUTES, MINUTES)
def test_a_pause_moves_due_by_exactly_the_working_time_paused(
    rule: Rule, waited: timedelta, paused: timedelta
) -> None:
    calendar = POLICY.calendar(rule.clock)
    fresh = promise(rule, at=RECEIVED, policy=POLICY)
    stop, go = RECEIVED + waited, RECEIVED + waited + paused
    moved = resume(pause(fresh, at=stop), at=go, policy=POLICY)
    lost = between(calendar, stop, go)
    assert between(calendar, fresh.due, moved.due) == lost
    assert between(calendar, moved.start, moved.due) == moved.allotted + lost
    assert moved.remind_at <= moved.due


def test_many_pauses_add_up_in_any_calendar() -> None:
    chance = random.Random(7)
    for _ in range(200):
        rule = chance.choice([SOLVE, SOLVE3])
        held, at, breaks = promise(rule, at=RECEIVED, policy=POLICY), RECEIVED, []
        for _ in range(chance.randrange(1, 6)):
            stop = at + timedelta(minutes=chance.randrange(1, 3000))
            at = stop + timedelta(minutes=chance.randrange(1, 3000))
            breaks.append(Period(stop, at))
            held = resume(pause(held, at=stop), at=at, policy=POLICY)
        assert replan(promise(rule, at=RECEIVED, policy=POLICY), rule, policy=POLICY, pauses=breaks) == held


def test_time_paused_is_not_lost_when_the_policy_changes() -> None:
    """GLPI #6902: a changed SLA forgot the pauses."""
    stop, go = RECEIVED + timedelta(days=1), RECEIVED + timedelta(days=3)
    held = resume(pause(promise(SOLVE, at=RECEIVED, policy=POLICY), at=stop), at=go, policy=POLICY)
    shorter = replace(SOLVE, code="solve-5", amount=Amount(days=5))
    moved = replan(held, shorter, policy=POLICY, pauses=[Period(stop, go)])
    assert moved.due == RECEIVED + timedelta(days=7)


def test_a_second_pause_and_a_second_keeping_change_nothing() -> None:
    held = pause(promise(SOLVE, at=RECEIVED, policy=POLICY), at=RECEIVED)
    assert pause(held, at=RECEIVED + timedelta(days=1)) == held
    met = keep(held, at=RECEIVED + timedelta(days=2), policy=POLICY)
    assert keep(met, at=RECEIVED + timedelta(days=3), policy=POLICY) == met
    assert met.due == RECEIVED + timedelta(days=9)


def test_a_reopened_case_runs_from_its_original_start() -> None:
    """osTicket restarts the clock at reopening; the family would wait twice."""
    met = keep(promise(SOLVE, at=RECEIVED, policy=POLICY), at=RECEIVED + timedelta(days=1), policy=POLICY)
    again = run_again(met)
    assert (again.start, again.due, again.met_at) == (met.start, met.due, None)
    taken = keep(promise(TAKE, at=RECEIVED, policy=POLICY), at=RECEIVED, policy=POLICY)
    assert run_again(taken) == taken


@pytest.mark.parametrize(
    ("minutes", "changes", "state"),
    [(14, {}, "running"), (15, {}, "overdue"), (99, {"met_at": RECEIVED}, "met"),
     (99, {"met_at": RECEIVED + timedelta(minutes=16)}, "late"), (99, {"paused_at": RECEIVED}, "paused")],
)  # fmt: skip
def test_the_state_people_see(minutes: int, changes: dict[str, datetime], state: str) -> None:
    held = replace(promise(TAKE, at=RECEIVED, policy=POLICY), **changes)  # type: ignore[arg-type]
    assert held.state(RECEIVED + timedelta(minutes=minutes)) == state


def test_solving_also_keeps_the_promise_to_take() -> None:
    kinds = {PromiseKind.TAKE, PromiseKind.SOLVE, PromiseKind.INTERIM, PromiseKind.DECIDE}
    assert KEPT_BY[Verb.SOLVE] == kinds


def test_an_area_may_remind_earlier() -> None:
    policy = replace(POLICY, remind_here={T1: 0.5})
    assert made(V3, policy=policy)["131-contact"].remind_at == RECEIVED + timedelta(minutes=30)
    assert made(V5, policy=policy)["solve"].remind_at == RECEIVED + timedelta(days=7) * 0.8
