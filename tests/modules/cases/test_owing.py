"""A policy that adds a kind of promise gives it to open cases, one that retires it takes it away; back is as before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from mulian.core.events.models import Event
from mulian.modules.cases.actions import contacting, pausing, replanning, steps
from mulian.modules.cases.domain.promises import Amount, Policy, PromiseKind, Rule
from mulian.modules.cases.handlers import sweep_promises, sweep_replanning
from mulian.modules.cases.models import Case, LadderStep, Promise, Replanning
from mulian.modules.cases.queries.replanning import preview
from mulian.modules.cases.queries.rules import rules
from tests.modules.cases.conftest import Line, later
from tests.modules.cases.test_replanning import policy
from tests.world import AT

LEAD = "village_deputy"
HOUR = timedelta(hours=1)
CONTACT = Rule(
    code="contact", kind=PromiseKind.CONTACT, amount=Amount(minutes=60), valid_from=date(2025, 1, 1)
)


def adding(*more: Rule) -> Policy:
    before = rules().policy
    return replace(before, rules=(*before.rules, *more))


def without(kind: PromiseKind) -> Policy:
    before = rules().policy
    return replace(before, rules=tuple(rule for rule in before.rules if rule.kind is not kind))


def apply(line: Line, changed: Policy, at: datetime) -> Replanning:
    """Decided and done, and the preview had said exactly that."""
    with policy(changed) as version:
        said = vars(preview(rules().policy, rules().topics, at))
        made = replanning.ask(version=version, actor=line.world.actor("administrator"), at=at)
        while sweep_replanning(at):
            pass
        assert vars(preview(rules().policy, rules().topics, at)) == dict.fromkeys(said, 0)
    done = Replanning.objects.get(id=made.id)
    assert {name: getattr(done, name) for name in said} == said
    assert done.done_at == at
    return done


def held(kind: str = "") -> list[dict[str, Any]]:
    """All that is kept of promises, but for the policy's name and when a policy moved them."""
    rows = Promise.objects.filter(kind=kind) if kind else Promise.objects.all()
    return [
        {**row, "version": "", "moved_at": None, "moved_from": None} for row in rows.order_by("id").values()
    ]


def moved() -> list[list[str]]:
    rows = Event.objects.filter(name="cases.promises_replanned").order_by("recorded_at", "id")
    return [each for row in rows for each in row.data["moved"]]


def case_of(line: Line, *acts: tuple[Any, dict[str, Any]]) -> Case:
    case = line.report(household="near")
    for act, said in acts:
        line.act(act, case, LEAD, **said)
    return case


def test_an_added_kind_begins_for_open_cases_when_it_was_decided(line: Line) -> None:
    plain, taken = case_of(line), case_of(line, (steps.take, {}))
    case_of(line, (steps.take, {}), (contacting.contact, {"how": "call"}))
    case_of(line, (steps.take, {}), (steps.solve, {"text": "好了"}))
    at = later(days=3)
    assert apply(line, adding(CONTACT), at).added == 2
    rows = Promise.objects.filter(kind="contact").order_by("case")
    assert [(row.case_id, row.start, row.due, row.state) for row in rows] == [
        (case.id, at, at + HOUR, "running") for case in sorted((plain, taken), key=lambda each: each.id)
    ]
    due = Case.unscoped.because("test").filter(id__in=[plain.id, taken.id]).values_list("next_due", flat=True)
    assert set(due) == {at + HOUR}
    assert sorted(moved()) == sorted(
        [str(c.id), "contact", "", (at + HOUR).isoformat()] for c in (plain, taken)
    )


def test_what_was_added_climbs_like_any_other(line: Line) -> None:
    case = case_of(line)
    at = later(days=3)
    with policy(adding(CONTACT)) as version:
        replanning.ask(version=version, actor=line.world.actor("administrator"), at=at)
        sweep_replanning(at)
        sweep_promises(at + 2 * HOUR)
    fired = LadderStep.objects.filter(promise__case=case, promise__kind="contact")
    assert "contact:overdue:0" in set(fired.values_list("key", flat=True))


def test_a_rule_of_a_later_day_or_another_place_adds_nothing(line: Line) -> None:
    case_of(line)
    tomorrow = replace(CONTACT, valid_from=date(2026, 11, 26))
    elsewhere = replace(CONTACT, code="far", areas=("632623200",))
    assert apply(line, adding(tomorrow, elsewhere), later(days=3)).added == 0
    assert not Promise.objects.filter(kind="contact").exists()


def test_retired_and_brought_back_every_clock_runs_as_if_nothing_had_happened(line: Line) -> None:
    case_of(line)
    case_of(line, (steps.take, {}))
    waited = case_of(line, (steps.take, {}))
    line.act(pausing.wait, waited, LEAD, at=later(days=1), code="weather")
    line.act(steps.start, waited, LEAD, at=later(days=2))
    waits = case_of(line, (steps.take, {}))
    line.act(pausing.wait, waits, LEAD, at=later(days=2), code="weather")
    case_of(line, (steps.take, {}), (steps.solve, {"text": "好了"}))
    sweep_promises(later(days=2))
    before, original = held(), rules().policy
    due = dict(Case.unscoped.because("test").values_list("id", "next_due"))
    assert apply(line, without(PromiseKind.SOLVE), later(days=3)).cancelled == 4
    assert {row["state"] for row in held("solve")} == {"cancelled", "met"}
    assert apply(line, original, later(days=4)).added == 4
    assert held() == before
    assert dict(Case.unscoped.because("test").values_list("id", "next_due")) == due
    taken_away, given_back = moved()[:4], moved()[4:]
    assert sorted([c, k, b, a] for c, k, b, a in given_back) == sorted(
        [c, k, a, b] for c, k, b, a in taken_away
    )


def test_added_retired_and_added_again_is_the_same_promise(line: Line) -> None:
    case_of(line)
    original, more = rules().policy, adding(CONTACT)
    apply(line, more, later(days=1))
    sweep_promises(later(days=1, hours=1))
    before = Promise.objects.get(kind="contact")
    apply(line, original, later(days=2))
    apply(line, more, later(days=3))
    after = Promise.objects.get(kind="contact")
    assert (after.start, after.due, after.state) == (before.start, before.due, before.state)
    fired = list(LadderStep.objects.filter(promise=after).values_list("key", flat=True))
    sweep_promises(later(days=3, hours=1))
    climbed = list(LadderStep.objects.filter(promise=after).values_list("key", flat=True))
    assert set(fired) < set(climbed)
    assert len(climbed) == len(set(climbed))


def test_what_a_policy_took_away_begins_anew_when_its_moment_comes_again(line: Line) -> None:
    answer = Rule(code="answer", kind=PromiseKind.ANSWER, amount=Amount(days=1), valid_from=date(2025, 1, 1))
    case, plain = case_of(line, (steps.take, {}), (steps.solve, {"text": "好了"})), rules().policy
    apply(line, adding(answer), later(days=1))
    apply(line, plain, later(days=1, hours=1))
    with policy(adding(answer)):
        line.act(steps.reopen, case, "leader", at=later(days=2), reason="还没有好")
        line.act(steps.solve, case, LEAD, at=later(days=3), text="这次好了")
    row = Promise.objects.get(case=case, kind="answer")
    assert (row.start, row.due, row.state) == (later(days=3), later(days=4), "running")


def test_killed_in_the_middle_nothing_is_added_twice(line: Line, monkeypatch: Any) -> None:
    monkeypatch.setattr(replanning, "PART", 2)
    for _ in range(5):
        case_of(line)
    with policy(adding(CONTACT)) as version:
        replanning.ask(version=version, actor=line.world.actor("administrator"), at=AT)
        with monkeypatch.context() as patch:
            patch.setattr(replanning, "PARTS", 1)
            sweep_replanning(AT + HOUR)
        assert Promise.objects.filter(kind="contact").count() == 2
        sweep_replanning(AT + 2 * HOUR)
    rows = Promise.objects.filter(kind="contact")
    assert [row.start for row in rows] == [AT] * 5
    assert Replanning.objects.get().added == 5
