"""Clock bugs of other systems, each as a test that would have caught it (civic research, section 2).

Zammad, osTicket, GLPI, Chatwoot and the library biz; the numbers are those of their issues and pull requests.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from mulian.core.packs import load
from mulian.kernel.clock import CN
from mulian.kernel.periods import Period
from mulian.kernel.quiet import NIGHT
from mulian.kernel.worktime import ROUND, Calendar, after, between
from mulian.modules.cases.domain.ladder import LadderRules, due_steps, next_look
from mulian.modules.cases.domain.promises import (
    Amount,
    Policy,
    Promise,
    PromiseKind,
    Rule,
    keep,
    may_pause,
    pause,
    promise,
    replan,
    resume,
    run_again,
)
from mulian.modules.cases.domain.staffing import Level
from mulian.modules.cases.pack import rules_of

AT = datetime(2026, 11, 22, 2, tzinfo=UTC)
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
OFFICE = Calendar("work", hours=((540, 720), (870, 1080)), weekdays=frozenset(range(5)))
POLICY = Policy(rules=(), calendars={"round": ROUND, "work": OFFICE})


def rule(kind: PromiseKind = PromiseKind.SOLVE, clock: str = "round", **amount: int) -> Rule:
    return Rule(code=f"{kind}-{clock}", kind=kind, amount=Amount(**amount), clock=clock)


def made(
    kind: PromiseKind = PromiseKind.SOLVE, clock: str = "round", at: datetime = AT, **amount: int
) -> Promise:
    return promise(rule(kind, clock, **amount), at=at, policy=POLICY)


def paused_days(held: Promise, first: int, last: int) -> Promise:
    return resume(pause(held, at=AT + first * DAY), at=AT + last * DAY, policy=POLICY)


def keys(held: Promise, now: datetime, *, urgent: bool = False, fired: set[str] | None = None) -> list[str]:
    steps = due_steps(
        held, now=now, rules=LadderRules(), urgent=urgent, holder=Level.VILLAGE, fired=fired or set()
    )
    return [step.key for step in steps]


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_zammad_390_a_festival_is_as_long_as_the_notice_says(year: int) -> None:
    """A feed held days nobody is free on: "6 days" instead of 4."""
    work = rules_of(load("gande")).policy.calendar("work")
    week = [date(year, 10, day) for day in range(1, 8)]
    assert [day for day in week if work.works_on(day)] == []
    sundays = {date(2024, 9, 29), date(2025, 9, 28), date(2026, 9, 20)}
    assert {day for day in sundays if work.works_on(day)} == sundays


def test_zammad_3180_midnight_is_no_closed_minute() -> None:
    """00:00-23:59 lost a minute every night."""
    whole = Calendar("whole", holidays=frozenset({date(1999, 1, 1)}))
    assert not whole.is_round
    assert between(whole, AT, AT + 400 * DAY) == 400 * DAY
    assert after(whole, AT, 400 * DAY) == AT + 400 * DAY


@pytest.mark.parametrize("issue", [2157, 4432, 4348])
def test_zammad_2157_4432_4348_nobody_is_told_at_midnight_and_the_deadline_stays(issue: int) -> None:
    """Notices have quiet hours of their own, apart from the calendar that counts the promise."""
    held = made(at=datetime(2026, 11, 22, 23, 30, tzinfo=CN).astimezone(UTC), days=1)
    (step,) = list(
        due_steps(
            held,
            now=held.due,
            rules=LadderRules(),
            urgent=False,
            holder=Level.VILLAGE,
            fired={"solve:remind:0"},
        )
    )
    assert (step.at, step.tell_at) == (held.due, NIGHT.tell_at(held.due))
    assert step.tell_at.astimezone(CN).hour == 7


def test_zammad_534_a_changed_calendar_moves_the_deadline() -> None:
    held = made(clock="work", days=2)
    closed = replace(OFFICE, holidays=frozenset({date(2026, 11, 23)}))
    after_notice = replace(POLICY, calendars={"round": ROUND, "work": closed})
    moved = replan(held, rule(clock="work", days=2), policy=after_notice, pauses=[])
    assert (held.due, moved.due) == (
        datetime(2026, 11, 24, 18, tzinfo=CN),
        datetime(2026, 11, 25, 18, tzinfo=CN),
    )


def test_zammad_4353_904_2949_what_is_met_or_cancelled_never_mails_again() -> None:
    met = keep(made(days=7), at=AT + DAY, policy=POLICY)
    assert keys(met, AT + 60 * DAY) == []
    assert next_look(met, now=AT, rules=LadderRules(), urgent=False) is None


def test_zammad_5177_3140_each_obligation_has_its_own_clock() -> None:
    """The update time overruled the first response; answering did not stop its own clock."""
    contact, solve = made(PromiseKind.CONTACT, minutes=60), made(days=3)
    solved = keep(solve, at=AT + HOUR, policy=POLICY)
    assert (contact.state(AT + 2 * HOUR), solved.state(AT + 2 * HOUR)) == ("overdue", "met")
    kept = keep(contact, at=AT + 30 * MINUTE, policy=POLICY)
    assert (kept.state(AT + 2 * HOUR), solve.state(AT + 2 * HOUR)) == ("met", "running")


def test_zammad_2082_2579_a_due_time_is_never_missing() -> None:
    for clock in ("round", "work"):
        for kind in (PromiseKind.TAKE, PromiseKind.SOLVE, PromiseKind.ANSWER):
            held = made(kind, clock, minutes=15)
            assert held.start < held.due
            assert held.remind_at <= held.due


def test_zammad_3197_a_step_is_due_in_its_own_minute() -> None:
    """Pending-till ran 15 minutes late "as designed"; the 15-minute alarm would be worthless."""
    held = made(PromiseKind.TAKE, minutes=15)
    assert "take:urgent_first:0" not in keys(held, AT + 15 * MINUTE - timedelta(seconds=1), urgent=True)
    assert "take:urgent_first:0" in keys(held, AT + 15 * MINUTE, urgent=True)
    looks = next_look(held, now=AT + 12 * MINUTE, rules=LadderRules(), urgent=True)
    assert looks == AT + 15 * MINUTE


def test_zammad_4348_a_second_step_on_the_same_day_is_not_swallowed() -> None:
    held = made(minutes=600)
    assert keys(held, held.due) == ["solve:remind:0", "solve:overdue:0"]
    assert keys(held, held.due, fired={"solve:remind:0"}) == ["solve:overdue:0"]


def test_osticket_reopening_keeps_the_first_start() -> None:
    """class.ticket.php:546 counts from the reopening; the family would wait twice."""
    met = keep(made(days=7), at=AT + 6 * DAY, policy=POLICY)
    again = run_again(met)
    assert (again.start, again.due, again.state(AT + 8 * DAY)) == (AT, AT + 7 * DAY, "overdue")


def test_osticket_1684_657_closing_to_dodge_the_clock_gains_nothing() -> None:
    """Solved in a hurry, vetoed by the family: the clock has run on all the time."""
    dodged = run_again(keep(made(days=7), at=AT + DAY, policy=POLICY))
    assert dodged == made(days=7)


def test_osticket_5160_17_686_a_changed_policy_leaves_no_old_deadline_behind() -> None:
    held = made(days=3)
    longer = replan(held, rule(days=9), policy=POLICY, pauses=[])
    assert (held.state(AT + 4 * DAY), longer.state(AT + 4 * DAY)) == ("overdue", "running")
    assert keys(longer, AT + 4 * DAY) == []
    back = replan(longer, rule(days=3), policy=POLICY, pauses=[])
    assert back == replace(held, version=back.version)


def test_osticket_class_sla_124_alarms_only_where_the_rule_says_so() -> None:
    """`$this->flags && FLAG` was true for any flag: here only an urgent promise to take rings at 15 minutes."""
    assert keys(made(PromiseKind.TAKE, minutes=15), AT + HOUR, urgent=False) == [
        "take:remind:0",
        "take:overdue:0",
    ]
    assert keys(made(days=7), AT + HOUR, urgent=True) == []


@pytest.mark.parametrize("issue", [6902, 15605])
def test_glpi_6902_15605_a_policy_change_never_loses_time_paused(issue: int) -> None:
    held = paused_days(made(days=7), 1, 4)
    moved = replan(held, rule(days=5), policy=POLICY, pauses=[Period(AT + DAY, AT + 4 * DAY)])
    assert (held.due, moved.due) == (AT + 10 * DAY, AT + 8 * DAY)


def test_glpi_22678_an_escalation_comes_at_its_hour_not_at_midnight() -> None:
    held = made(days=1)
    steps = due_steps(
        held,
        now=held.due + 3 * DAY,
        rules=LadderRules(),
        urgent=False,
        holder=Level.VILLAGE,
        fired={"solve:remind:0"},
    )
    times = [step.at - held.due for step in steps]
    assert times == [0 * DAY, DAY, 2 * DAY, 3 * DAY]


def test_glpi_23359_time_in_solved_before_a_veto_is_no_pause() -> None:
    again = run_again(keep(made(days=7), at=AT + DAY, policy=POLICY))
    assert (again.paused, again.due) == (timedelta(0), AT + 7 * DAY)


def test_chatwoot_13392_a_promise_in_working_hours_rests_at_night_and_on_sunday() -> None:
    sunday_night = datetime(2026, 11, 22, 20, tzinfo=CN)
    held = made(clock="work", at=sunday_night, minutes=60)
    assert held.due == datetime(2026, 11, 23, 10, tzinfo=CN)


def test_biz_142_a_make_up_saturday_counts_in_shanghai_whatever_zone_asks() -> None:
    work = rules_of(load("gande")).policy.calendar("work")
    friday = datetime(2026, 10, 9, 17, tzinfo=CN)
    due = after(work, friday, 2 * HOUR)
    assert due == datetime(2026, 10, 10, 10, tzinfo=CN)
    assert after(work, friday.astimezone(UTC), 2 * HOUR) == due


def test_a_pause_cannot_hide_what_is_overdue() -> None:
    held = made(days=7)
    assert [may_pause(held, at=AT + day * DAY) for day in (6, 7, 8)] == [True, False, False]
    assert not may_pause(made(PromiseKind.CONTACT, minutes=60), at=AT)
