"""What two versions of a policy differ in, by rule and by day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from mulian.kernel.worktime import Calendar
from mulian.modules.cases.domain.policy_changes import CalendarChange, changes
from mulian.modules.cases.domain.promises import Amount, Policy, PromiseKind, Rule
from mulian.modules.cases.domain.versions import content

SUNDAY, TUESDAY, WEDNESDAY = date(2027, 1, 3), date(2027, 1, 5), date(2027, 1, 6)
WORK = Calendar("work", holidays=frozenset({TUESDAY}), workdays=frozenset({SUNDAY}))
SOLVE = Rule(code="solve", kind=PromiseKind.SOLVE, amount=Amount(days=7))
POLICY = Policy(rules=(SOLVE,), calendars={"work": WORK})


def test_the_same_policy_differs_in_nothing() -> None:
    found = changes(content(POLICY), content(replace(POLICY)))
    assert (found.rules, found.calendars, found.reminders) == ((), (), False)


def test_a_rule_changed_one_gone_and_one_new() -> None:
    contact = Rule(code="contact", kind=PromiseKind.CONTACT, amount=Amount(minutes=60))
    shorter = replace(SOLVE, amount=Amount(days=3))
    first, second = replace(POLICY, rules=(SOLVE, contact)), replace(POLICY, rules=(shorter,))
    [moved, gone] = sorted(changes(content(first), content(second)).rules, key=lambda each: each.now is None)
    assert (moved.before or {})["days"] == 7
    assert (moved.now or {})["days"] == 3
    assert (gone.before or {})["kind"] == "contact"
    [new] = [each for each in changes(content(second), content(first)).rules if each.before is None]
    assert (new.now or {})["minutes"] == 60


def test_the_notice_of_a_year_is_days_off_and_make_up_workdays() -> None:
    noticed = replace(WORK, holidays=frozenset({WEDNESDAY}), workdays=frozenset())
    found = changes(content(POLICY), content(replace(POLICY, calendars={"work": noticed})))
    assert found.calendars == (CalendarChange("work", (SUNDAY, WEDNESDAY), (TUESDAY,)),)


def test_hours_and_the_share_of_a_reminder() -> None:
    shorter = replace(WORK, hours=((540, 1080),))
    found = changes(content(POLICY), content(replace(POLICY, calendars={"work": shorter}, remind_share=0.5)))
    assert found.calendars == (CalendarChange("work", hours=True),)
    assert found.reminders
