"""A changed policy: seen before it is applied, applied in parts that can stop anywhere, and nothing fires twice."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta

import pytest

from mulian.core.events.models import Event
from mulian.core.packs import commands
from mulian.kernel import clock
from mulian.kernel.problems import Problem
from mulian.kernel.worktime import Calendar
from mulian.modules.cases.actions import extending, pausing, recounting, replanning, steps, supervising
from mulian.modules.cases.domain.promises import Amount, Policy, PromiseKind
from mulian.modules.cases.domain.replanning import Figures
from mulian.modules.cases.handlers import sweep_pauses, sweep_promises, sweep_replanning
from mulian.modules.cases.models import Case, LadderStep, PolicyVersion, Promise, Replanning
from mulian.modules.cases.queries import policies
from mulian.modules.cases.queries.detail import detail
from mulian.modules.cases.queries.replanning import outdated, preview, standing
from mulian.modules.cases.queries.rules import rules
from tests.modules.cases.conftest import Line, later
from tests.world import AT

LEAD = "village_deputy"


@contextmanager
def policy(changed: Policy) -> Iterator[str]:
    """The county's pack says something else from now on."""
    at_hand, before = rules(), rules().policy
    object.__setattr__(at_hand, "policy", changed)
    try:
        yield changed.version
    finally:
        object.__setattr__(at_hand, "policy", before)


def days(number: int) -> Policy:
    """The solve promise of the pack with another number of days."""
    before = rules().policy
    changed = tuple(
        replace(rule, amount=Amount(days=number)) if rule.kind is PromiseKind.SOLVE else rule
        for rule in before.rules
    )
    return replace(before, rules=changed)


def solve(case: Case) -> Promise:
    return Promise.objects.get(case=case, kind="solve")


def look(at: Policy, day: float) -> dict[str, int]:
    return vars(preview(at, rules().topics, later(days=day)))


def test_a_promise_names_the_policy_it_was_counted_by(line: Line) -> None:
    case = line.report(household="near")
    assert solve(case).version == rules().policy.version
    with policy(days(3)) as other:
        assert solve(line.report(household="near")).version == other != solve(case).version


def test_the_preview_counts_and_writes_nothing(line: Line) -> None:
    cases = [line.report(household="near", at=later(days=n)) for n in range(4)]
    before = list(Promise.objects.order_by("id").values())
    assert look(days(5), 6.5) == vars(
        Figures(promises=4, moved=4, now_overdue=2, no_longer_overdue=0, cancelled=0)
    )
    assert look(days(9), 8.5) == vars(
        Figures(promises=4, moved=4, now_overdue=0, no_longer_overdue=2, cancelled=0)
    )
    assert look(rules().policy, 6.5)["promises"] == 0
    assert list(Promise.objects.order_by("id").values()) == before
    assert len(cases) == 4


def test_applied_it_moves_every_promise_once_and_says_so_in_one_event_a_part(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replanning, "PART", 2)
    cases = [line.report(household="near") for _ in range(5)]
    sweep_replanning(AT)
    with policy(days(3)) as version:
        figures = vars(preview(rules().policy, rules().topics, later(days=1)))
        made = replanning.ask(version=version, actor=line.world.actor("administrator"), at=later(days=1))
        assert sweep_replanning(later(days=1)) == 5
        assert sweep_replanning(later(days=1)) == 0
        assert not outdated(version).exists()
    done = Replanning.objects.get(id=made.id)
    assert {name: getattr(done, name) for name in figures} == figures
    assert done.done_at == later(days=1)
    assert {solve(case).due for case in cases} == {later(days=3)}
    assert set(Case.unscoped.because("test").values_list("next_due", flat=True)) == {later(days=3)}
    parts = Event.objects.filter(name="cases.promises_replanned")
    assert [row.data["promises"] for row in parts.order_by("recorded_at", "id")] == [2, 2, 1]
    moved = [each for row in parts for each in row.data["moved"]]
    assert sorted(each[0] for each in moved) == sorted(str(case.id) for case in cases)
    assert all((each[2], each[3]) == (later(days=7).isoformat(), later(days=3).isoformat()) for each in moved)


def test_killed_in_the_middle_it_goes_on_where_it_stopped(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replanning, "PART", 2)
    for _ in range(5):
        line.report(household="near")
    with policy(days(3)) as version:
        replanning.ask(version=version, actor=line.world.actor("administrator"), at=AT)
        parts: list[int] = []
        real = recounting.part

        def dies(*args: object) -> int:
            if len(parts) == 1:
                raise KeyboardInterrupt
            parts.append(real(*args))  # type: ignore[arg-type]
            return parts[-1]

        with monkeypatch.context() as patch:
            patch.setattr(recounting, "part", dies)
            with pytest.raises(KeyboardInterrupt):
                sweep_replanning(AT)
        assert outdated(version).count() == 3
        assert sweep_replanning(AT) == 3
        assert Replanning.objects.get().promises == 5


def test_steps_that_fired_never_fire_again_and_missed_ones_fire_at_once(line: Line) -> None:
    case = line.report(household="near")
    sweep_promises(later(days=6))
    with policy(days(4)) as version:
        replanning.ask(version=version, actor=line.world.actor("administrator"), at=later(days=6))
        sweep_replanning(later(days=6))
        sweep_promises(later(days=6, minutes=1))
        sweep_promises(later(days=6, minutes=2))
    keys = list(LadderStep.objects.filter(promise__case=case).values_list("key", flat=True))
    assert sorted(keys) == ["solve:overdue:0", "solve:overdue:1", "solve:overdue:2", "solve:remind:0"]


def test_only_what_was_previewed_is_applied_and_only_by_whom_it_is_given(line: Line) -> None:
    administrator = line.world.actor("administrator")
    with policy(days(3)) as version:
        for who in ("county_duty", "leader", LEAD):
            with pytest.raises(Problem, match="forbidden"):
                replanning.ask(version=version, actor=line.world.actor(who), at=AT)
        with pytest.raises(Problem, match="other_policy"):
            replanning.ask(version="000000000000", actor=administrator, at=AT)
        replanning.ask(version=version, actor=administrator, at=AT)
        with pytest.raises(Problem, match="replanning_runs"):
            replanning.ask(version=version, actor=administrator, at=AT)


def test_until_it_is_applied_a_promise_is_counted_on_by_its_own_calendar(line: Line) -> None:
    """A wait that ends under a new calendar is worth what the old one says."""
    office = Calendar("round", hours=((540, 1080),), weekdays=frozenset(range(5)))
    case = line.report(household="near")
    line.act(steps.take, case, LEAD)
    sweep_replanning(AT)
    policies._kept.clear()
    with policy(replace(rules().policy, calendars={**rules().policy.calendars, "round": office})):
        line.act(pausing.wait, case, LEAD, at=later(days=1), code="weather")
        line.act(steps.start, case, LEAD, at=later(days=2))
        assert solve(case).due == later(days=8)
    assert PolicyVersion.objects.count() == 1


def test_counted_again_after_any_history_every_deadline_is_the_same(line: Line) -> None:
    """Recomputation from what is kept gives the very same deadlines, pauses, grants and demands included."""
    chance = random.Random(4)
    for _ in range(6):
        case = line.report(household="near")
        line.act(steps.take, case, LEAD)
        if chance.random() < 0.7:
            line.act(pausing.wait, case, LEAD, at=later(hours=chance.randrange(1, 60)), code="weather")
            sweep_pauses(later(days=6))
        if chance.random() < 0.7:
            line.act(extending.ask, case, LEAD, at=later(days=6), days=chance.randrange(1, 9), reason="路远")
            line.act(extending.decide, case, "township_officer", at=later(days=6, hours=1), granted=True)
        if chance.random() < 0.7:
            line.act(supervising.demand, case, "leader", at=later(days=2), text="说明", days=2)
    before = {row.pk: (row.due, row.remind_at, row.paused, row.extended) for row in Promise.objects.all()}
    extra = Calendar("unused", hours=((0, 60),), holidays=frozenset({date(2026, 1, 1)}))
    with policy(replace(rules().policy, calendars={**rules().policy.calendars, "unused": extra})) as version:
        assert vars(preview(rules().policy, rules().topics, later(days=6)))["moved"] == 0
        replanning.ask(version=version, actor=line.world.actor("administrator"), at=later(days=7))
        sweep_replanning(later(days=7))
        assert {row.version for row in Promise.objects.all()} == {version}
    after = {row.pk: (row.due, row.remind_at, row.paused, row.extended) for row in Promise.objects.all()}
    assert after == before


def test_what_is_owed_no_more_is_cancelled(line: Line) -> None:
    case = line.report(household="near", urgent=True)
    gone = tuple(rule for rule in rules().policy.rules if rule.kind is not PromiseKind.TAKE)
    with policy(replace(rules().policy, rules=gone)) as version:
        replanning.ask(version=version, actor=line.world.actor("administrator"), at=AT)
        sweep_replanning(AT + timedelta(minutes=1))
    assert Promise.objects.get(case=case, kind="take").state == "cancelled"
    assert Case.unscoped.because("test").get(id=case.id).next_due == solve(case).due


def test_the_command_says_what_would_change_and_asks_for_it(
    line: Line, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(3):
        line.report(household="near")
    Promise.objects.update(version="an earlier", allotted=timedelta(days=3), due=later(days=3))
    with clock.use(clock.FixedClock(later(days=4))):
        assert commands.preview_command(None) == 0
        said = capsys.readouterr().out
        assert (
            "3 promises are counted by an earlier policy: 3 move, 0 become overdue, 3 are no longer overdue"
            in said
        )
        assert not Replanning.objects.exists()
        assert commands.apply_command() == 0
    assert Replanning.objects.get().version == rules().policy.version
    assert commands.preview_command("nowhere") == 1


def test_a_case_says_that_a_changed_policy_moved_its_promise_and_that_it_was_taken_back(line: Line) -> None:
    """Whoever works on it would else see another day and no reason."""
    case, administrator = line.report(household="near"), line.world.actor("administrator")

    def told(day: float) -> tuple[object, ...]:
        replanning.ask(version=rules().policy.version, actor=administrator, at=later(days=day))
        sweep_replanning(later(days=day))
        found = detail(case.id, line.world.actor(LEAD), later(days=day))
        assert found is not None
        [view] = [each for each in found.promises if each.kind == "solve"]
        return view.due, view.moved_at, view.moved_from

    with policy(days(3)):
        assert told(1) == (later(days=3), later(days=1), later(days=7))
    assert told(2) == (later(days=7), later(days=2), later(days=3))


def test_the_page_says_what_the_policy_says_differently(line: Line) -> None:
    line.report(household="near")
    sweep_replanning(AT)
    before = rules().policy
    office = Calendar("office", hours=((540, 1080),), weekdays=frozenset(range(5)))
    with policy(replace(days(3), calendars={**before.calendars, "office": office})):
        found = standing(line.world.actor("administrator")).changes
    said = {
        rule.now["code"]: [each["days"] for each in (rule.before, rule.now) if each]
        for rule in found.rules
        if rule.now
    }
    assert said == {"solve": [7, 3], "relief": [0, 3]}
    assert found.calendars == ()
