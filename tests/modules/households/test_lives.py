"""Who came, who left, what split, what went into another: told late and in any order, taken back without a trace."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

import pytest

from mulian.core.access.models import Placement
from mulian.core.events.models import Event
from mulian.kernel.actor import SYSTEM
from mulian.kernel.clock import CN
from mulian.kernel.problems import Problem
from mulian.modules.households import actions
from mulian.modules.households.actions import Agreed, Fact, Help, Paper
from mulian.modules.households.domain.care import Consent
from mulian.modules.households.domain.lives import Why
from mulian.modules.households.domain.members import MemberChange, Relation
from mulian.modules.households.models import (
    Belonging,
    Camp,
    Document,
    Household,
    Item,
    LifeEvent,
    Member,
    Move,
    Need,
)
from mulian.modules.households.queries.lives import belonged
from tests.world import AT, GRID2, VILLAGE, World, household_id
from tests.world.phone import Phone

pytestmark = pytest.mark.django_db(databases="__all__")

TODAY = AT.astimezone(CN).date()
DAY = timedelta(days=1)
KEPT = (Member, Item, Need, Document, Camp, Move, Placement)


def members(household: UUID) -> list[Member]:
    rows = Member.unscoped.because("a test looks").filter(household=household, gone_at__isnull=True)
    return list(rows.order_by("position"))


def names(household: UUID, day: date = TODAY) -> list[str]:
    return [one.member.name for one in belonged([household], day)[household]]


def lived(world: World, name: str) -> UUID:
    """A household with facts, a need and a paper of its members."""
    id = world.households[name]
    people = members(id)
    facts = [
        Fact(code="livestock.yak", value=40),
        Fact(code="work.status", value="herding", member=people[0].id),
        Fact(code="school.stage", value="primary", member=people[2].id),
    ]
    actions.update_household(household=id, facts=facts, actor=SYSTEM, at=AT)
    agreed = Agreed(by=people[0].id, how=Consent.GUARDIAN, on=TODAY)
    actions.note_need(
        household=id, code="elder_alone", member=people[3].id, agreed=agreed,
        plan=Help(what="看望", who="合成村委会"), actor=SYSTEM, at=AT,
    )  # fmt: skip
    actions.note_paper(
        household=id, paper=Paper(code="identity", held=True, member=people[1].id), actor=SYSTEM, at=AT
    )
    return id


def everything() -> dict[str, Any]:
    """Every row of the register but what says that something was told."""
    found: dict[str, Any] = {model.__name__: sorted(map(repr, _rows(model).values_list())) for model in KEPT}
    found["Household"] = list(_rows(Household).order_by("number").values_list("number", "name", "closed_at"))
    return found


def _rows(model: Any) -> Any:
    return model.unscoped.because("a test looks") if hasattr(model, "unscoped") else model.objects


def came(household: UUID, name: str, day: date, why: Why = Why.BIRTH, **given: Any) -> UUID:
    one = MemberChange(name=name, relation=Relation.CHILD)
    return actions.member_came(household=household, member=one, why=why, on=day, actor=SYSTEM, at=AT, **given)


def test_somebody_came_and_somebody_left_on_the_days_they_did(world: World) -> None:
    near = world.households["near"]
    elder = members(near)[3]
    came(near, "合成新生", TODAY - 20 * DAY)
    actions.member_went(
        household=near, member=elder.id, why=Why.DEATH, on=TODAY - 10 * DAY, actor=SYSTEM, at=AT
    )

    before = ["合成户主near", "合成配偶near", "合成子女near", "合成老人near"]
    assert names(near, TODAY - 21 * DAY) == before
    assert names(near, TODAY - 15 * DAY) == [*before, "合成新生"]
    assert names(near) == [*before[:3], "合成新生"]
    assert [one.name for one in members(near)] == names(near)


def test_nothing_holds_after_a_death_and_a_death_by_mistake_never_was(world: World) -> None:
    near = world.households["near"]
    child = members(near)[2]
    actions.split_household(
        household=near, members=[child.id], head=child.id, id=household_id("young"), on=TODAY - 5 * DAY,
        actor=SYSTEM, at=AT,
    )  # fmt: skip
    actions.member_went(
        household=household_id("young"),
        member=child.id,
        why=Why.DEATH,
        on=TODAY - 9 * DAY,
        actor=SYSTEM,
        at=AT,
    )

    assert names(household_id("young")) == []
    assert child.name in names(near, TODAY - 10 * DAY)
    assert child.name not in names(near, TODAY - 9 * DAY)

    mistake = LifeEvent.unscoped.because("a test looks").get(why=Why.DEATH)
    actions.take_back(event=mistake.id, actor=SYSTEM, at=AT)
    assert names(household_id("young")) == [child.name]
    assert child.name in names(near, TODAY - 6 * DAY)


def test_a_new_head_gives_the_household_its_name(world: World) -> None:
    near = world.households["near"]
    head, spouse = members(near)[:2]
    actions.member_went(household=near, member=head.id, why=Why.DEATH, head=spouse.id, actor=SYSTEM, at=AT)

    row = Household.unscoped.because("a test looks").get(id=near)
    assert (row.name, members(near)[0].relation) == ("合成配偶near", Relation.HEAD)
    was = {one.member.id: one.relation for one in belonged([near], TODAY - DAY)[near]}
    assert (was[head.id], was[spouse.id]) == (Relation.HEAD, Relation.SPOUSE)


def test_a_household_is_never_without_a_head(world: World) -> None:
    """Nobody was named, as by a phone: the spouse heads it; what was a mistake never named anybody."""
    near = world.households["near"]
    head, spouse, child, _elder = members(near)
    actions.member_went(household=near, member=head.id, why=Why.DEATH, actor=SYSTEM, at=AT)
    row = Household.unscoped.because("a test looks")
    assert row.get(id=near).name == spouse.name
    with pytest.raises(Problem) as again:
        actions.member_went(household=near, member=head.id, why=Why.DEATH, actor=SYSTEM, at=AT)
    assert again.value.code == "households.went_already"

    actions.split_household(household=near, members=[spouse.id], head=spouse.id, actor=SYSTEM, at=AT)
    assert [one.relation for one in members(near)].count(Relation.HEAD) == 1
    for event in LifeEvent.unscoped.because("a test looks").order_by("-id"):
        actions.take_back(event=event.id, actor=SYSTEM, at=AT)
    assert (row.get(id=near).name, [one.relation for one in members(near)][:3]) == (
        head.name, [Relation.HEAD, Relation.SPOUSE, Relation.CHILD],
    )  # fmt: skip
    with pytest.raises(Problem) as two:
        change = MemberChange(id=child.id, relation=Relation.HEAD)
        actions.update_household(household=near, members=[change], actor=SYSTEM, at=AT)
    assert two.value.code == "households.two_heads"


def test_a_split_takes_its_people_with_all_that_is_theirs(world: World) -> None:
    near = lived(world, "near")
    child, elder = members(near)[2:]
    new = actions.split_household(
        household=near, members=[child.id, elder.id], head=child.id, residing=GRID2,
        on=TODAY - 3 * DAY, actor=world.actor("village_lead"), at=AT,
    ).household  # fmt: skip

    places = {p.counts_as: p.area_id for p in Placement.objects.filter(subject_id=new)}
    row = Household.unscoped.because("a test looks").get(id=new)
    assert places == {"registered": VILLAGE, "residing": GRID2}
    assert (row.name, row.number) == (child.name, "204200-0005")
    assert [(m.name, m.relation) for m in members(new)] == [
        (child.name, Relation.HEAD),
        (elder.name, Relation.OTHER),
    ]
    of = {model.__name__: set(_rows(model).values_list("household", flat=True)) for model in (Need, Document)}
    assert of == {"Need": {new}, "Document": {near}}
    assert {i.code: i.household_id for i in _rows(Item)} == {
        "livestock.yak": near, "work.status": near, "school.stage": new,
    }  # fmt: skip
    assert names(near, TODAY - 4 * DAY)[2:] == [child.name, elder.name]
    assert names(new, TODAY - 4 * DAY) == []


def test_a_split_taken_back_leaves_no_household_behind(world: World) -> None:
    near = lived(world, "near")
    before = everything()
    child = members(near)[2]
    new = actions.split_household(
        household=near, members=[child.id], head=child.id, actor=SYSTEM, at=AT
    ).household
    told = LifeEvent.unscoped.because("a test looks").get(kind="split")
    actions.take_back(event=told.id, actor=SYSTEM, at=AT)

    after = everything()
    assert [row for row in after["Household"] if row[2] is None] == before["Household"]
    assert {key: after[key] for key in ("Member", "Item", "Need", "Document")} == {
        key: before[key] for key in ("Member", "Item", "Need", "Document")
    }
    assert Household.unscoped.because("a test looks").get(id=new).closed_at is not None


def test_a_split_that_lived_on_is_not_taken_back(world: World) -> None:
    near = world.households["near"]
    child = members(near)[2]
    new = actions.split_household(
        household=near, members=[child.id], head=child.id, actor=SYSTEM, at=AT
    ).household
    came(new, "合成新生", TODAY)
    told = LifeEvent.unscoped.because("a test looks").get(kind="split")

    with pytest.raises(Problem) as refused:
        actions.take_back(event=told.id, actor=SYSTEM, at=AT)
    assert refused.value.code == "households.lived_on"


@pytest.mark.parametrize("seed", range(12))
def test_two_that_were_merged_part_again_exactly_as_they_were(world: World, seed: int) -> None:
    """Whatever was told of both before, and of others meanwhile; also of an older day."""
    chance = Random(seed)
    near, near2 = lived(world, "near"), lived(world, "near2")
    for turn in range(chance.randint(0, 4)):
        came(chance.choice((near, near2)), f"合成{turn}", TODAY - chance.randint(1, 30) * DAY)
    if chance.random() < 0.5:
        gone = chance.choice(members(near2)[1:])
        actions.member_went(
            household=near2, member=gone.id, why=Why.MARRIED_OUT, on=TODAY - 4 * DAY, actor=SYSTEM, at=AT
        )
    before = everything()
    same = [m.id for m in members(near2) if chance.random() < 0.3]
    told = actions.merge_household(
        household=near2, into=near, same=same, on=TODAY - chance.randint(0, 40) * DAY,
        actor=world.actor("village_lead"), at=AT,
    )  # fmt: skip
    merged = everything()
    actions.take_back(event=told, actor=world.actor("village_lead"), at=AT)

    assert merged != before
    assert everything() == before


def test_who_was_born_into_the_merged_household_stays_there(world: World) -> None:
    near, near2 = world.households["near"], world.households["near2"]
    told = actions.merge_household(household=near2, into=near, actor=SYSTEM, at=AT)
    came(near, "合成新生", TODAY)
    both = len(members(near))
    actions.take_back(event=told, actor=SYSTEM, at=AT)

    assert (both, len(members(near)), len(members(near2))) == (9, 5, 4)
    assert members(near)[-1].name == "合成新生"


def test_told_in_any_order_it_comes_to_the_same(world: World) -> None:
    """Four things of one member, told in every order: who belonged where on each day is the same."""
    chance, near = Random(7), world.households["near"]
    child = members(near)[2].id

    def told(order: list[int]) -> list[list[str]]:
        Belonging.unscoped.because("a test begins again").all().delete()
        LifeEvent.unscoped.because("a test begins again").all().delete()
        Member.unscoped.because("a test begins again").filter(id=child).update(household=near, gone_at=None)
        for turn in order:
            event = LifeEvent.unscoped.create(
                id=UUID(int=turn + 1), household_id=near, kind="went" if turn % 2 else "came",
                why="moved_out" if turn % 2 else "moved_in", at=AT - (20 - 4 * turn) * DAY, recorded_at=AT,
                by=SYSTEM.person,
            )  # fmt: skip
            Belonging.unscoped.create(
                event=event, member_id=child, household_id=None if turn % 2 else near, at=event.at
            )
        return [names(near, TODAY - back * DAY) for back in range(25)]

    orders = [chance.sample(range(4), 4) for _ in range(10)]
    assert len({repr(told(order)) for order in orders}) == 1


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"why": Why.DEATH}, "households.why"),
        ({"day": TODAY + DAY}, "households.in_future"),
        ({"name": ""}, "households.member"),
        ({"day": date(1, 1, 1)}, "households.long_ago"),
        ({"name": "合成子女near"}, "households.came_already"),
    ],
)
def test_what_cannot_be_is_refused(world: World, given: dict[str, Any], code: str) -> None:
    with pytest.raises(Problem) as refused:
        came(world.households["near"], **{"name": "合成", "day": TODAY, **given})
    assert refused.value.code == code


def test_only_the_village_merges_splits_and_opens_again(world: World) -> None:
    near, near2 = world.households["near"], world.households["near2"]
    child = members(near)[2].id
    for username in ("liaison", "grid_head", "village_lead2", "outsider", "county_duty", "leader"):
        actor = world.actor(username)
        for act, given in (
            (actions.merge_household, {"household": near2, "into": near}),
            (actions.split_household, {"household": near, "members": [child], "head": child}),
            (actions.reopen_household, {"household": near}),
        ):
            with pytest.raises(Problem) as refused:
                act(actor=actor, at=AT, **given)
            assert refused.value.status == 404


def test_closed_and_opened_again_it_is_back_on_the_phone(world: World) -> None:
    phone, near = Phone(world, "liaison"), world.households["near"]
    phone.pull()
    actions.close_household(household=near, reason="搬走", actor=SYSTEM, at=AT)
    phone.pull()
    gone = ("household", str(near)) in phone.held
    actions.reopen_household(household=near, actor=world.actor("village_lead"), at=AT)
    phone.pull()

    assert (gone, ("household", str(near)) in phone.held) == (False, True)
    assert [e.kind for e in LifeEvent.unscoped.because("a test looks").filter(household=near)] == [
        "closed", "reopened",
    ]  # fmt: skip


def test_a_liaison_tells_from_the_valley(world: World) -> None:
    phone, near = Phone(world, "liaison"), world.households["near"]
    phone.pull()
    born = phone.send(
        "households.life",
        {"household": str(near), "what": "came", "why": "birth", "name": "合成新生", "born": 2026,
         "relation": "child", "on": "2026-11-01"},
    )  # fmt: skip
    elder = members(near)[3]
    died = phone.send(
        "households.life",
        {"household": str(near), "what": "went", "why": "death", "member": str(elder.id), "on": "2026-11-10"},
    )
    twins = [
        phone.send(
            "households.life",
            {"household": str(world.households["near2"]), "what": "came", "why": "birth", "name": "", "born": 2026,
             "relation": "child", "on": "2026-11-01"},
        )
        for _ in range(2)
    ]  # fmt: skip
    phone.pull()

    assert {answer.state for answer in (born, died, *twins)} == {"applied"}
    unnamed = Member.unscoped.because("a test looks").filter(household=world.households["near2"])
    assert [bool(one.name_bo) for one in unnamed.filter(name="新生儿")] == [True, True]
    assert [m["name"] for m in phone.held["household", str(near)]["members"]][-1] == "合成新生"
    assert names(near, date(2026, 11, 5))[3:] == ["合成老人near", "合成新生"]
    assert names(near) == ["合成户主near", "合成配偶near", "合成子女near", "合成新生"]
    private = Event.objects.get(name="households.member_went")
    assert "death" not in str(private.data)
