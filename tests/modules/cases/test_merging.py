"""Joining two reports of one thing, and taking them apart exactly (civic.md §2: merged tickets that escalate)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mulian.core.access.models import Placement
from mulian.core.notify.models import Notice
from mulian.kernel.problems import Problem
from mulian.modules.cases.actions import (
    adding,
    climbing,
    feedback,
    handing,
    merging,
    parts,
    pausing,
    sorting,
    steps,
    whistling,
)
from mulian.modules.cases.models import Case, Merge, Part, Promise, Receiver
from mulian.modules.cases.queries import alike, duty, lists
from mulian.modules.cases.syncables import render_cases
from tests.modules.cases.conftest import Line, later
from tests.world import AT

pytestmark = pytest.mark.django_db(databases="__all__")
LEAD = "village_deputy"


def row(case: Case) -> Case:
    return Case.unscoped.because("test").get(id=case.id)


def two(line: Line) -> tuple[Case, Case]:
    """The duplicate came first, so its clocks are earlier."""
    first = line.report("liaison", household="near", at=AT)
    second = line.report("liaison2", text="桥断了，过不去", at=later(hours=5))
    return first, second


def joined(line: Line) -> tuple[Case, Case]:
    duplicate, main = two(line)
    line.act(merging.merge, duplicate, LEAD, at=later(hours=6), into=main.id)
    return row(duplicate), row(main)


def refused(line: Line, *args: object, **said: object) -> str:
    with pytest.raises(Problem) as problem:
        line.act(*args, **said)  # type: ignore[arg-type]
    return problem.value.code


def test_the_same_thing_is_suggested_with_what_speaks_for_it(line: Line) -> None:
    duplicate, main = two(line)
    actor = line.world.actor(LEAD)
    with translation.override("en"):
        [found] = alike.candidates(duplicate, actor, later(hours=6))
    assert (found.case.id, found.reasons) == (
        main.id,
        [
            "the same village",
            "similar words",
            "the same topic",
            "within a day",
        ],
    )
    line.report("liaison3", text="桥断了，过不去", at=later(hours=5))
    assert len(alike.candidates(duplicate, actor, later(hours=6))) == 1


def test_the_earliest_clock_wins_and_the_duplicate_owes_nothing_alone(line: Line) -> None:
    duplicate, main = joined(line)
    assert Promise.objects.get(case=main, kind="solve").due == later(days=7)
    assert main.next_due == later(days=7)
    assert set(Promise.objects.filter(case=duplicate).values_list("state", flat=True)) == {"cancelled"}
    assert (duplicate.state, duplicate.same_as_id, duplicate.next_due) == ("closed", main.id, None)


def test_a_merged_case_alarms_nobody_and_climbs_no_ladder(line: Line) -> None:
    """Zammad #904: a merged ticket went on escalating."""
    duplicate = line.report("liaison", household="near", urgent=True)
    main = line.report("liaison2", urgent=True, at=later(minutes=1))
    line.act(merging.merge, duplicate, LEAD, at=later(minutes=2), into=main.id)
    climbing.sweep_promises(later(hours=2))
    told = Notice.objects.filter(kind__in=("cases.overdue", "cases.near"))
    assert told.filter(subject_id=main.id).exists()
    assert not told.filter(subject_id=duplicate.id).exists()
    actor = line.world.actor("county_duty")
    assert [case.id for case in duty.board(actor, later(hours=2)).alarms] == [main.id]
    assert [case.id for case in lists.inbox(actor, later(hours=2)).items] == [main.id]


def test_both_reporters_see_it_go_on_and_both_are_answered(line: Line) -> None:
    duplicate, main = joined(line)
    for act, said in (
        (steps.take, {}),
        (steps.solve, {"text": "修好了"}),
        (steps.answer, {"text": "可以过了"}),
    ):
        line.act(act, main, LEAD, at=later(hours=7), **said)
    for case, who in ((duplicate, "liaison"), (main, "liaison2")):
        phone = render_cases([case.id], line.world.actor(who), later(hours=8))[case.id][1]
        assert (phone["state"], phone["answer"]["text"]) == ("answered", "可以过了")
        told = Notice.objects.filter(kind="cases.answered", person=line.world.people[who], subject_id=case.id)
        assert told.count() == 1


def test_the_veto_of_whoever_was_joined_opens_it_again(line: Line) -> None:
    duplicate, main = joined(line)
    for act, said in (
        (steps.take, {}),
        (steps.solve, {"text": "修好了"}),
        (steps.answer, {"text": "可以过了"}),
    ):
        line.act(act, main, LEAD, at=later(hours=7), **said)
    line.act(feedback.feedback, duplicate, "liaison", at=later(hours=8), solved=True)
    assert (row(main).state, row(duplicate).family_solved) == ("answered", True)
    line.act(feedback.feedback, duplicate, "liaison", at=later(hours=9), solved=False)
    assert row(main).state == "taken"
    assert Promise.objects.get(case=main, kind="solve").due == later(days=7)


def test_more_may_be_added_to_a_joined_case_but_no_step_taken(line: Line) -> None:
    duplicate, _ = joined(line)
    line.act(adding.add, duplicate, "liaison", text="又塌了一块")
    acts: list[tuple[Callable[..., Any], dict[str, Any]]] = [
        (steps.take, {}),
        (steps.reopen, {"reason": "x"}),
        (handing.pass_up, {}),
        (sorting.correct_topic, {"topic": "road"}),
        (sorting.set_urgent, {}),
    ]
    for act, said in acts:
        assert refused(line, act, duplicate, LEAD, **said) == "cases.joined"
    county = {"units": ["dept.transport"], "reason": "x"}
    assert refused(line, handing.assign, duplicate, "county_duty", **county) == "cases.joined"


def test_receivers_unite_across_villages_and_go_again(line: Line) -> None:
    duplicate = line.report("liaison3")
    main = line.report("liaison", household="near")
    before = line.receivers(main)
    line.act(merging.merge, duplicate, "county_duty", into=main.id)
    assert ("village:632623204201", "village_lead2", "informed", "joined") in line.receivers(main)
    assert alike.candidates(row(duplicate), line.world.actor("county_duty"), AT) == []
    line.act(merging.unmerge, duplicate, "county_duty", at=later(hours=1))
    assert line.receivers(main) == before


@pytest.mark.parametrize("by", ["liaison", "transport", "auditor", "outsider"])
def test_who_may_not_sort_joins_nothing(line: Line, by: str) -> None:
    duplicate, main = two(line)
    assert refused(line, merging.merge, duplicate, by, into=main.id) in ("forbidden", "not_found")


def test_a_complaint_is_never_joined(line: Line) -> None:
    main = line.report("liaison", household="near")
    about = line.world.units["village:632623204201"]
    complaint = line.report("liaison", about_unit=about)
    for one, other in ((complaint, main), (main, complaint)):
        assert refused(line, merging.merge, one, "county_duty", into=other.id) == "cases.not_joinable"


def test_parts_are_not_left_behind(line: Line) -> None:
    duplicate, main = two(line)
    line.act(whistling.whistle, duplicate, "township_officer", units=["dept.transport"], asked="看桥")
    assert refused(line, merging.merge, duplicate, "county_duty", into=main.id) == "cases.not_joinable"
    line.act(parts.answer_part, duplicate, "transport", text="看过了")
    line.act(merging.merge, duplicate, "county_duty", into=main.id)
    assert Part.objects.get(case=duplicate).state == "answered"


def test_apart_again_each_goes_its_own_way(line: Line) -> None:
    duplicate, main = joined(line)
    line.act(merging.unmerge, duplicate, LEAD, at=later(hours=7))
    line.act(steps.take, duplicate, LEAD, at=later(hours=8))
    assert (row(duplicate).state, row(main).state) == ("taken", "reported")
    assert refused(line, merging.unmerge, duplicate, LEAD) == "cases.not_joined"
    line.act(merging.merge, duplicate, LEAD, at=later(hours=9), into=main.id)
    assert Merge.objects.filter(duplicate=duplicate).count() == 2


def test_several_are_taken_apart_the_last_first_and_each_step_back_is_exact(line: Line) -> None:
    first, main = two(line)
    second = line.report("liaison", text="桥又断了", at=later(hours=1))
    line.act(merging.merge, first, LEAD, at=later(hours=6), into=main.id)
    before = everything(first, second, main)
    line.act(merging.merge, second, LEAD, at=later(hours=7), into=main.id)
    assert refused(line, merging.unmerge, first, LEAD, at=later(hours=8)) == "cases.joined_later"
    line.act(merging.unmerge, second, LEAD, at=later(hours=8))
    assert everything(first, second, main) == before


def test_a_main_case_that_waited_in_between_keeps_its_own_pause(line: Line) -> None:
    duplicate, main = two(line)
    line.act(steps.take, main, LEAD, at=later(hours=6))
    pausing.wait(case=main.id, actor=line.world.actor(LEAD), at=later(hours=7), reason="等零件")
    line.act(merging.merge, duplicate, LEAD, at=later(hours=8), into=main.id)
    line.act(steps.start, main, LEAD, at=later(hours=9))
    line.act(merging.unmerge, duplicate, LEAD, at=later(hours=10))
    clock = Promise.objects.get(case=main, kind="solve")
    assert (clock.state, clock.due) == ("running", later(days=7, hours=5 + 2))


SPEAKS_OF_TIME = {"rev"}
BEFORE = ("none", "take", "start", "urgent", "transfer", "pass_up", "topic")


def prepare(line: Line, case: Case, what: str, at: Any) -> None:
    acts: dict[str, tuple[Callable[..., Any], str, dict[str, Any]]] = {
        "take": (steps.take, LEAD, {}),
        "urgent": (sorting.set_urgent, LEAD, {}),
        "transfer": (handing.transfer, LEAD, {"to": "dept.transport"}),
        "pass_up": (handing.pass_up, LEAD, {}),
        "topic": (sorting.correct_topic, LEAD, {"topic": "road.bridge"}),
    }
    if what == "start":
        line.act(steps.take, case, LEAD, at=at)
        line.act(steps.start, case, LEAD, at=at)
    elif what != "none":
        act, by, said = acts[what]
        line.act(act, case, by, at=at, **said)


def everything(*cases: Case) -> dict[str, object]:
    """All rows that count of some cases: columns, clocks, who has them, where they count."""
    ids = [case.id for case in cases]
    found = Case.unscoped.because("test").filter(id__in=ids).order_by("id").values()
    held = Receiver.objects.filter(case__in=ids, until__isnull=True).order_by("case", "key")
    return {
        "cases": [{k: v for k, v in each.items() if k not in SPEAKS_OF_TIME} for each in found],
        "clocks": list(Promise.objects.filter(case__in=ids).order_by("id").values()),
        "receivers": list(held.values()),
        "places": list(
            Placement.objects.filter(subject_id__in=ids, valid_to__isnull=True).order_by("id").values()
        ),
    }


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    first=st.sampled_from(BEFORE),
    second=st.sampled_from(BEFORE),
    gap=st.integers(-300, 300),
    urgent=st.tuples(st.booleans(), st.booleans()),
    far=st.booleans(),
)
def test_joining_and_parting_is_the_identity(
    line: Line, first: str, second: str, gap: int, urgent: tuple[bool, bool], far: bool
) -> None:
    """Whatever was done before, every row that counts is as it was; microseconds included."""
    from django.db import transaction

    try:
        with transaction.atomic():
            start = later(hours=5, microseconds=123457)
            one = line.report("liaison", household="near", urgent=urgent[0], at=start)
            other = line.report(
                "liaison3" if far else "liaison2", urgent=urgent[1], at=later(hours=5, minutes=gap)
            )
            prepare(line, one, first, later(hours=11))
            if not far:
                prepare(line, other, second, later(hours=12))
            before = everything(one, other)
            line.act(merging.merge, one, "county_duty", at=later(hours=13), into=other.id)
            assert everything(one, other) != before
            line.act(merging.unmerge, one, "county_duty", at=later(hours=14))
            assert everything(one, other) == before
            raise _Undone
    except _Undone:
        assert connection.in_atomic_block


class _Undone(Exception):
    """Each example leaves the cast as it found it."""
