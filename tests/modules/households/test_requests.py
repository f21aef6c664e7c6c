"""What a family asks of its own record: taken down, with a clock, decided by a person, done, told (PIPL 15, 44-47)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from mulian.core.events.chain import verify
from mulian.core.events.models import Event, EventPrivate
from mulian.core.events.stamper import stamp
from mulian.core.notify.models import Notice
from mulian.kernel.actor import SYSTEM
from mulian.kernel.clock import CN
from mulian.kernel.ids import uuid7
from mulian.kernel.problems import Problem
from mulian.modules.households import actions
from mulian.modules.households.actions import Agreed, Asked, Fact, Help, Paper
from mulian.modules.households.actions.urging import urge_due
from mulian.modules.households.domain.care import Consent
from mulian.modules.households.domain.requests import Extent, Kind, Standing, Target
from mulian.modules.households.models import (
    Camp,
    Document,
    Household,
    Item,
    Member,
    Move,
    Need,
    Reading,
    Request,
)
from mulian.modules.households.queries import exporting, ledger, register
from mulian.modules.households.queries import requests as queries
from tests.world import AT, VILLAGE, World

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
TODAY = AT.astimezone(CN).date()


def members(world: World, name: str = "near") -> list[UUID]:
    rows = Member.unscoped.because("test").filter(household=world.households[name]).order_by("position")
    return list(rows.values_list("id", flat=True))


def take(world: World, kind: Kind, *, desk: str = "village_lead", **more: Any) -> Request:
    asked = Asked(**{"kind": kind, "by": members(world)[0], "known_by": "本人认识", **more})
    return actions.take_request(
        id=uuid7(), household=world.households["near"], asked=asked, actor=world.actor(desk), at=AT
    )


def decide(world: World, row: Request, *, by: str = "township_officer", allow: bool = True) -> Request:
    return actions.decide_request(request=row.id, allow=allow, reason="核对过", actor=world.actor(by), at=AT)


def refused(call: Any) -> str:
    with pytest.raises(Problem) as found:
        call()
    return found.value.code


def tell(world: World, code: str, value: Any, member: UUID | None = None) -> None:
    fact = Fact(code=code, value=value, member=member, as_of=TODAY - 40 * DAY)
    actions.update_household(household=world.households["near"], facts=[fact], actor=SYSTEM, at=AT - 40 * DAY)


def help_with(world: World) -> UUID:
    elder = members(world)[3]
    return actions.note_need(
        household=world.households["near"], code="elder_alone", member=elder,
        agreed=Agreed(by=elder, how=Consent.SPOKEN, on=TODAY), plan=Help(what="看望", who="合成村委会"),
        actor=SYSTEM, at=AT,
    )  # fmt: skip


def test_a_request_has_the_pack_s_working_days_and_the_village_that_owns_the_fact_answers(
    world: World,
) -> None:
    row = take(world, Kind.CORRECT, target=str(Target("item", "livestock.yak")), wanted="12")

    assert row.area_id == VILLAGE
    assert row.due_at.astimezone(CN).date().isoformat() == "2026-12-11"
    assert row.near_at.astimezone(CN).date().isoformat() == "2026-12-08"
    assert row.steps.standing(AT) == Standing.IN_TIME


def test_what_was_wrong_stays_in_history_as_corrected(world: World) -> None:
    tell(world, "livestock.yak", 120)
    row = take(world, Kind.CORRECT, target=str(Target("item", "livestock.yak")), wanted="12")
    before = register.true_on([row.household_id], TODAY)[row.household_id]

    done = decide(world, row, by="village_lead")

    after = register.true_on([row.household_id], TODAY)[row.household_id]
    told = register.tellings(row.household_id, "livestock.yak", None, TODAY)
    yaks = [[one.value for one in known if one.code == "livestock.yak"] for known in (before, after)]
    assert yaks == [[120], [12]]
    assert [(one.amount, one.valid_to == one.valid_from) for one in told] == [(12, False), (120, True)]
    assert (done.state, done.done) == ("done", {"corrected": "livestock.yak"})


@pytest.mark.parametrize(
    ("target", "wanted", "seen"),
    [
        (Target("field", "phone"), "13900000000", lambda home, one: home.phone),
        (Target("field", "name"), "合成改名", lambda home, one: home.name),
        (Target("member", "birth_year"), "1971", lambda home, one: str(one.birth_year)),
        (Target("member", "name"), "合成正名", lambda home, one: one.name),
    ],
)
def test_details_and_members_are_put_right(world: World, target: Target, wanted: str, seen: Any) -> None:
    someone = members(world)[1]
    about = Target(target.what, target.code, someone if target.what == "member" else None)
    decide(world, take(world, Kind.CORRECT, target=str(about), wanted=wanted))

    home = Household.unscoped.get(id=world.households["near"])
    assert seen(home, Member.unscoped.get(id=someone)) == wanted


def test_what_cannot_be_asked_is_refused(world: World) -> None:
    stranger = members(world, "next")[0]
    wrong: list[tuple[Kind, dict[str, Any], str]] = [
        (Kind.SEE, {"by": None}, "households.request_for_nobody"),
        (Kind.SEE, {"known_by": " "}, "households.request_for_nobody"),
        (Kind.SEE, {"by": stranger}, "households.request_for_nobody"),
        (Kind.RESTRICT, {"member": stranger}, "households.member"),
        (Kind.CORRECT, {"target": ""}, "households.request_what"),
        (Kind.CORRECT, {"target": "item:watched:"}, "households.request_what"),
        (Kind.CORRECT, {"target": f"member:name:{stranger}", "wanted": "x"}, "households.request_what"),
        (Kind.CORRECT, {"target": "item:livestock.yak:", "wanted": "many"}, "households.item_value"),
        (Kind.CORRECT, {"target": "field:name:", "wanted": " "}, "households.item_value"),
        (Kind.DELETE, {"target": "all"}, "households.request_what"),
        (Kind.DELETE, {"target": Extent.WHOLE}, "households.request_still_served"),
        (Kind.WITHDRAW, {"target": f"need:{stranger}"}, "households.request_what"),
    ]
    for kind, more, code in wrong:
        assert refused(lambda kind=kind, more=more: take(world, kind, **more)) == code, (kind, more)
    assert not Request.unscoped.exists()


@pytest.mark.parametrize("username", ["liaison", "outsider", "county_duty", "grid_head", "village_lead2"])
def test_only_the_desk_of_the_village_or_township_takes_one_down(world: World, username: str) -> None:
    assert refused(lambda: take(world, Kind.SEE, desk=username)) == "not_found"


def test_who_answers_sees_it_and_nobody_else(world: World) -> None:
    row = take(world, Kind.SEE)
    seeing = {name for name in world.people if queries.visible(world.actor(name)).filter(id=row.id).exists()}
    assert seeing == {"village_lead", "village_deputy", "township_officer", "leader"}
    deciding = {name for name in seeing if queries.answers(row, world.actor(name))}
    assert deciding == {"village_lead", "village_deputy", "township_officer"}


def test_one_decision_with_a_reason_and_then_the_family_is_told_once(world: World) -> None:
    row = take(world, Kind.RESTRICT)
    lead = world.actor("village_lead")

    def say(allow: bool, reason: str) -> Any:
        return actions.decide_request(request=row.id, allow=allow, reason=reason, actor=lead, at=AT)

    def told() -> Any:
        return actions.family_told(request=row.id, language="bo", actor=lead, at=AT)

    assert refused(lambda: say(True, " ")) == "households.request_reason"
    assert refused(told) == "households.request_open"
    assert say(False, "没有别的用途").state == "refused"
    assert refused(lambda: say(True, "反悔")) == "households.request_over"
    told()
    told()

    names = list(
        Event.objects.filter(name__startswith="households.request")
        .order_by("id")
        .values_list("name", flat=True)
    )
    assert names == ["households.request_taken", "households.request_decided", "households.request_told"]
    assert "没有别的用途" not in str(list(Event.objects.values_list("data", flat=True)))
    assert queries.listed(lead, "untold").count() == 0


def test_a_restricted_record_leaves_in_no_table_until_it_is_lifted(world: World) -> None:
    near, lead = world.households["near"], world.actor("village_lead")
    row = decide(world, take(world, Kind.RESTRICT))
    assert near not in exporting.wanted(lead, VILLAGE, AT)
    assert ledger(lead, AT).filter(id=near).exists()

    actions.lift_restriction(request=row.id, actor=lead, at=AT)
    assert near in exporting.wanted(lead, VILLAGE, AT)


def test_withdrawn_consent_takes_the_needs(world: World) -> None:
    help_with(world)
    row = decide(world, take(world, Kind.WITHDRAW), by="village_lead")
    assert (row.done, Need.unscoped.count()) == ({"needs": 1}, 0)


def test_who_took_a_deletion_down_does_not_decide_it(world: World) -> None:
    row = take(world, Kind.DELETE, target=Extent.HELP)
    assert refused(lambda: decide(world, row, by="village_lead")) == "households.request_second"
    assert decide(world, row, by="village_deputy").state == "done"


def test_what_a_duty_keeps_stays_and_the_rest_goes(world: World) -> None:
    near, someone = world.households["near"], members(world)[0]
    tell(world, "livestock.yak", 120)
    tell(world, "cover.health", True, someone)
    help_with(world)
    for code in ("low_income", "booklet"):
        paper = Paper(code=code, held=True)
        actions.note_paper(household=near, paper=paper, actor=SYSTEM, at=AT)

    row = decide(world, take(world, Kind.DELETE, target=Extent.FACTS, words="都删掉"))

    kept = set(Item.unscoped.because("test").filter(household=near).values_list("code", flat=True))
    papers = set(Document.unscoped.because("test").filter(household=near).values_list("code", flat=True))
    assert kept == {"cover.health"}
    assert papers == {"booklet"}
    assert row.done["extent"] == "facts"
    assert (row.done["needs"], row.done["documents"], row.words) == (1, 1, "")


def test_g20_a_family_that_left_is_forgotten_whole_and_the_log_stays_whole(world: World) -> None:
    near, lead = world.households["near"], world.actor("village_lead")
    tell(world, "livestock.yak", 120)
    home = Household.unscoped.get(id=near)
    names = [home.name, *Member.unscoped.filter(household=near).values_list("name", flat=True)]
    actions.find_households(
        actor=world.actor("county_duty"), at=AT, reason="来电", name=home.name, village=VILLAGE
    )
    other = take(world, Kind.SEE, words="给我看" + home.name)
    actions.close_household(household=near, reason="迁走", actor=lead, at=AT)
    row = decide(world, take(world, Kind.DELETE, target=Extent.WHOLE))
    stamp(AT)

    left = [model.unscoped.filter(household=near).count() for model in (Item, Member, Move, Camp, Reading)]
    assert left == [0, 0, 0, 0, 0]
    about = Event.objects.filter(subject_kind="household", subject_id=near)
    beside = EventPrivate.objects.filter(event__in=about.exclude(name="households.request_decided"))
    assert beside.count() == 0
    values = str(list(EventPrivate.objects.values_list("values", flat=True)))
    assert [name for name in names if name in values] == []
    other.refresh_from_db()
    assert (Household.unscoped.get(id=near).name, other.words, other.state) == ("", "", "done")
    assert queries.request(row.id, lead).state == "done"
    assert verify() is None


def test_the_clock_reminds_who_answers_then_those_above_each_once(world: World) -> None:
    row = take(world, Kind.SEE)

    def told() -> set[str]:
        names = {id: name for name, id in world.people.items()}
        return {names[one.person] for one in Notice.objects.filter(subject_id=row.household_id)}

    seen = [(urge_due(AT), sorted(told()))]
    for moment in (row.near_at, row.near_at, row.due_at, row.over_at, row.over_at + 90 * DAY):
        seen.append((urge_due(moment), sorted(told())))

    leads = ["village_deputy", "village_lead"]
    assert seen == [
        (0, ["village_deputy"]),
        (1, leads),
        (0, leads),
        (1, ["township_officer", *leads]),
        (1, ["leader", "township_officer", *leads]),
        (0, ["leader", "township_officer", *leads]),
    ]
    steps = Event.objects.filter(name="households.request_urged").order_by("id")
    assert [event.data["step"] for event in steps] == [1, 2, 3]


def test_after_a_long_silence_only_the_last_step_is_told(world: World) -> None:
    row = take(world, Kind.SEE)
    assert urge_due(row.over_at + DAY) == 1
    assert [event.data["step"] for event in Event.objects.filter(name="households.request_urged")] == [3]


def test_the_same_request_sent_twice_is_one(world: World) -> None:
    id, asked = uuid7(), Asked(kind=Kind.SEE, by=members(world)[0], known_by="认识")
    for _ in range(2):
        actions.take_request(
            id=id, household=world.households["near"], asked=asked, actor=world.actor("village_lead"), at=AT
        )
    assert Request.unscoped.count() == 1
