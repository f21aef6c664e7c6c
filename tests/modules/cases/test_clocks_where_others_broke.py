"""Bugs of other systems' sweeps, by issue number, as tests of ours over the database."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from mulian.core.notify.models import Notice
from mulian.modules.cases.actions import climbing, replanning
from mulian.modules.cases.domain.promises import PromiseKind
from mulian.modules.cases.handlers import sweep_promises, sweep_replanning
from mulian.modules.cases.models import LadderStep, Promise
from mulian.modules.cases.queries.rules import rules
from tests.modules.cases.conftest import Line, later
from tests.modules.cases.test_replanning import policy
from tests.world import AT


def overdue_notices() -> int:
    return Notice.objects.filter(kind="cases.overdue").count()


def test_osticket_a_backlog_of_promises_is_gone_after_one_sweep(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    """checkOverdue() takes one hundred a run; here what is due is taken part after part until nothing is left."""
    monkeypatch.setattr(climbing, "BATCH", 2)
    for _ in range(7):
        line.report(household="near")
    assert sweep_promises(later(days=8)) == 7
    assert Promise.objects.filter(next_at__lte=later(days=8)).count() == 0
    fired = LadderStep.objects.filter(key="solve:overdue:0").values_list("promise", flat=True)
    assert len(set(fired)) == len(fired) == 7


def test_zammad_4353_a_policy_taken_away_mails_nobody_any_more(line: Line) -> None:
    """The SLA was deactivated and its escalations went on mailing."""
    line.report(household="near")
    gone = tuple(rule for rule in rules().policy.rules if rule.kind is not PromiseKind.SOLVE)
    with policy(replace(rules().policy, rules=gone)) as version:
        replanning.ask(version=version, actor=line.world.actor("administrator"), at=AT)
        sweep_replanning(AT)
        for day in range(6, 30):
            sweep_promises(later(days=day))
    assert overdue_notices() == 0


def test_zammad_5051_nobody_hears_of_the_same_step_every_day(line: Line) -> None:
    """A mail a day as long as the ticket stayed open: here each step tells each person once, and then it is silent."""
    line.report(household="near")
    for hour in range(7 * 24, 40 * 24, 6):
        sweep_promises(later(hours=hour))
    told = Counter(Notice.objects.filter(kind="cases.overdue").values_list("person", "key"))
    assert set(told.values()) == {1}
    before = overdue_notices()
    sweep_promises(later(days=90))
    assert overdue_notices() == before


def test_zammad_5428_a_notice_makes_no_notice(line: Line) -> None:
    """System notices were answered by system notices. Here only events of a case tell, and telling is none."""
    line.report(household="near")
    sweep_promises(later(days=8))
    before = Notice.objects.count()
    for minute in range(1, 30):
        assert sweep_promises(later(days=8, minutes=minute)) == 0
    assert Notice.objects.count() == before


def test_zammad_docs_159_another_policy_holds_no_case_for_longer_than_a_part(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It "may cause temporary performance issues" there; here it is done in parts of fifty cases."""
    assert replanning.PART <= 50
    monkeypatch.setattr(replanning, "PART", 1)
    monkeypatch.setattr(replanning, "PARTS", 2)
    for _ in range(3):
        line.report(household="near")
    longer = [replace(r, amount=replace(r.amount, days=r.amount.days + 1)) for r in rules().policy.rules]
    with policy(replace(rules().policy, rules=tuple(longer))) as version:
        replanning.ask(version=version, actor=line.world.actor("administrator"), at=AT)
        assert [sweep_replanning(AT + timedelta(seconds=n)) for n in range(3)] == [2, 1, 0]
