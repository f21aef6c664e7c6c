"""Needs are kept with consent only, for help with a day to look again; papers have neither numbers nor pictures."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from mulian.core.events.models import Event, EventPrivate
from mulian.core.notify.models import Notice
from mulian.kernel.actor import SYSTEM
from mulian.kernel.clock import CN
from mulian.kernel.problems import Problem
from mulian.modules.households import actions
from mulian.modules.households.actions import Agreed, Help, Paper
from mulian.modules.households.actions.reminding import remind_due
from mulian.modules.households.domain.care import Consent
from mulian.modules.households.domain.catalogue import months_after
from mulian.modules.households.models import Document, HelpPlan, Member, Need
from mulian.modules.households.queries import helping, register
from tests.world import AT, World

pytestmark = pytest.mark.django_db

TODAY = AT.astimezone(CN).date()
DAY = timedelta(days=1)
PLAN = Help(what="合成帮扶", who="合成村委会")


def people(world: World, name: str = "near") -> list[UUID]:
    rows = Member.unscoped.filter(household=world.households[name]).order_by("position")
    return list(rows.values_list("id", flat=True))


def note(world: World, who: str = "liaison", **more: Any) -> UUID:
    elder = people(world)[3]
    given: dict[str, Any] = {
        "household": world.households["near"], "code": "elder_alone", "member": elder,
        "agreed": Agreed(by=elder, how=Consent.SPOKEN, on=TODAY), "plan": PLAN,
    }  # fmt: skip
    return actions.note_need(**(given | more), actor=world.actor(who), at=AT)


def test_a_need_has_consent_a_plan_and_a_day_to_look_again(world: World) -> None:
    need = note(world, plan=Help(what="送煤", who="合成联户员", due=TODAY + 20 * DAY))

    row = Need.unscoped.get(id=need)
    plan = row.plans.get()
    assert (row.consent_on, row.consent_how, row.consent_by) == (TODAY, "spoken", people(world)[3])
    assert (plan.what, plan.due, plan.review_on) == ("送煤", TODAY + 20 * DAY, months_after(TODAY, 6))


@pytest.mark.parametrize("days", [1, 400])
def test_a_review_is_never_later_than_the_county_allows(world: World, days: int) -> None:
    need = note(world, plan=Help(what="a", who="b", review_on=TODAY + days * DAY))
    assert HelpPlan.unscoped.get(need=need).review_on == min(TODAY + days * DAY, months_after(TODAY, 6))


def test_without_the_familys_own_word_nothing_is_kept(world: World) -> None:
    head, _, _, elder = people(world)
    stranger = people(world, "next")[0]
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"agreed": Agreed(by=stranger, how=Consent.SPOKEN, on=TODAY)}, "households.consent_needed"),
        ({"agreed": Agreed(by=head, how=Consent.SPOKEN, on=TODAY + DAY)}, "households.consent_needed"),
        ({"agreed": Agreed(by=elder, how=Consent.GUARDIAN, on=TODAY)}, "households.consent_needed"),
        ({"plan": Help(what=" ", who="x")}, "households.plan_needed"),
        ({"code": "watched"}, "households.item_unknown"),
        ({"member": stranger}, "households.member"),
        ({"member": None}, "households.member"),
    ]
    for more, code in wrong:
        with pytest.raises(Problem) as refused:
            note(world, **more)
        assert refused.value.code == code, more
    assert Need.unscoped.count() == 0


@pytest.mark.parametrize("who", ["grid_head", "liaison2", "county_duty", "leader", "outsider"])
def test_who_does_not_help_the_family_takes_down_nothing(world: World, who: str) -> None:
    with pytest.raises(Problem) as refused:
        note(world, who)
    assert refused.value.code == "not_found"


def test_a_new_plan_leaves_the_one_before_as_it_was_told(world: World) -> None:
    need, actor = note(world), world.actor("village_lead")
    actions.help_given(need=need, actor=actor, at=AT)
    actions.help_given(need=need, actor=actor, at=AT + DAY)
    actions.plan_help(need=need, plan=Help(what="再看望", who="合成"), actor=actor, at=AT + DAY)

    plans = list(HelpPlan.unscoped.filter(need=need).values_list("what", "done_on"))
    assert plans == [("合成帮扶", TODAY), ("再看望", None)]


def test_an_ended_need_is_gone_from_lists_and_a_withdrawn_one_from_the_books(world: World) -> None:
    near, actor = world.households["near"], world.actor("village_lead")
    over, withdrawn = note(world), note(world, code="chronic")
    actions.end_need(need=over, actor=actor, at=AT)
    actions.end_need(need=withdrawn, withdrawn=True, actor=actor, at=AT)

    assert register.needs([near], AT.date()) == {}
    assert [(n.id, n.until) for n in Need.unscoped.all()] == [(over, TODAY)]
    events = Event.objects.filter(subject_id=near, name="households.changed")
    said = str([e.data for e in events]) + str(list(EventPrivate.objects.values_list("values", flat=True)))
    assert events.count() == 4
    assert "chronic" not in said
    assert str(withdrawn) not in said


def test_a_later_look_at_a_paper_replaces_an_earlier_one_in_any_order(world: World) -> None:
    near, actor, head = world.households["near"], world.actor("liaison"), people(world)[0]
    looks = [(TODAY - 9 * DAY, False), (TODAY - DAY, True), (TODAY - 5 * DAY, False)]
    for day, held in looks:
        paper = Paper(code="identity", member=head, held=held, valid_to=TODAY + 90 * DAY, seen_on=day)
        actions.note_paper(household=near, paper=paper, actor=actor, at=AT)

    now = register.papers([near], AT.date())[near]
    assert [(p.held, p.seen_on, p.valid_to) for p in now] == [(True, TODAY - DAY, TODAY + 90 * DAY)]
    assert Document.unscoped.count() == 3


@pytest.mark.parametrize("code", ["booklet", "identity", "nothing"])
def test_a_paper_is_noted_of_whom_it_belongs_to(world: World, code: str) -> None:
    wrong_way = {"booklet": people(world)[0], "identity": None, "nothing": None}[code]
    with pytest.raises(Problem) as refused:
        actions.note_paper(
            household=world.households["near"], paper=Paper(code=code, held=True, member=wrong_way),
            actor=world.actor("liaison"), at=AT,
        )  # fmt: skip
    assert refused.value.code in ("households.member", "households.item_unknown")


def test_g1_a_paper_has_room_for_no_number_and_no_picture() -> None:
    fields = {field.name for field in Document._meta.concrete_fields}
    assert fields == {
        "id", "household", "member", "code", "held", "valid_to", "seen_on", "recorded_at", "replaced_at", "by",
    }  # fmt: skip


def test_the_plan_told_last_is_the_one_that_waits_and_its_people_are_told(world: World) -> None:
    """Late: the village is told on the day, the township after two weeks; a newer plan ends it."""
    near = world.households["near"]
    need = note(world)
    actions.plan_help(
        need=need, plan=Help(what="送煤", who="合成村委会", due=TODAY + DAY), actor=SYSTEM, at=AT
    )
    lead = world.actor("village_lead")
    after = AT + 2 * DAY
    shown = helping.plans(lead, after)
    assert [plan.what for plan in shown] == ["送煤"]
    assert [plan.what for plan in helping.late(shown, TODAY + 2 * DAY)] == ["送煤"]
    assert not helping.plans(world.actor("village_lead2"), after).exists()

    remind_due(AT + DAY)
    remind_due(AT + DAY)
    remind_due(AT + 15 * DAY)
    told = Notice.objects.filter(kind="households.help").values_list("person", flat=True)
    wanted = ["liaison", "township_officer", "village_deputy", "village_lead"]
    assert sorted(told, key=str) == sorted((world.people[one] for one in wanted), key=str)

    actions.help_given(need=need, actor=SYSTEM, at=AT + DAY)
    assert not helping.late(helping.plans(lead, after), TODAY + 2 * DAY).exists()
    assert near in {plan.need.household_id for plan in helping.plans(lead, after)}
