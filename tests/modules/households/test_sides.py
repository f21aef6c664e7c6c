"""Dual management: each fact has one owner; the other side reads what its duty needs, and writes nothing of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from mulian.core.events import deliveries, stamper
from mulian.core.notify.models import Notice
from mulian.kernel.actor import SYSTEM
from mulian.kernel.problems import Problem
from mulian.modules.households import actions
from mulian.modules.households.actions import Agreed, Fact, Help
from mulian.modules.households.actions.notifying import NOTICE
from mulian.modules.households.domain.camps import MoveKind
from mulian.modules.households.domain.care import Consent
from mulian.modules.households.domain.catalogue import Side
from mulian.modules.households.domain.lives import Why
from mulian.modules.households.domain.members import MemberChange
from mulian.modules.households.domain.sides import BOTH, sides
from mulian.modules.households.domain.values import Value
from mulian.modules.households.models import Member
from mulian.modules.households.syncables import render_households
from tests.world import AT, GRID, GRID2, GRID3, GRID_TOWN, TOWN, VILLAGE, VILLAGE2, World

FAR, NEAR = frozenset({Side.REGISTERED}), frozenset({Side.RESIDING})
HOME = {"registered": VILLAGE, "residing": GRID}
DUAL = {"registered": VILLAGE, "residing": GRID_TOWN}
CAMPING = {**DUAL, "camp": GRID3}

TABLE = [
    (HOME, GRID, BOTH), (HOME, GRID2, frozenset()), (HOME, VILLAGE, BOTH), (HOME, VILLAGE[:9], BOTH),
    (DUAL, VILLAGE, FAR), (DUAL, GRID, frozenset()), (DUAL, TOWN, NEAR), (DUAL, GRID_TOWN, NEAR),
    (DUAL, VILLAGE[:6], BOTH), (CAMPING, GRID3, NEAR), (CAMPING, VILLAGE2, NEAR), (CAMPING, VILLAGE, FAR),
    ({**DUAL, "camp": GRID}, GRID, BOTH), ({"registered": VILLAGE}, VILLAGE, BOTH),
]  # fmt: skip


@pytest.mark.parametrize(("places", "duty", "wanted"), TABLE)
def test_the_side_a_duty_stands_on(places: dict[str, str], duty: str, wanted: frozenset[Side]) -> None:
    assert sides(places, [duty]) == wanted


WRITERS = {
    # who: (an item the registered village keeps, an item of where they live)
    "village_lead": (True, False),
    "town_lead": (False, True),
    "liaison_town": (False, True),
    "township_officer": (True, False),
    "liaison": ("not_found", "not_found"),
    "grid_head": ("not_found", "not_found"),
    "county_duty": ("not_found", "not_found"),
    "outsider": ("not_found", "not_found"),
}


@pytest.mark.parametrize("who", WRITERS)
def test_each_fact_is_written_by_its_owner_only(world: World, who: str) -> None:
    dual = world.households["dual"]

    def told(fact: Fact) -> bool | str:
        try:
            actions.update_household(household=dual, facts=[fact], actor=world.actor(who), at=AT)
        except Problem as problem:
            return False if problem.code == "households.not_your_side" else problem.code
        return True

    assert (told(Fact(code="livestock.yak", value=4)), told(Fact(code="dwelling.rooms", value=2))) == WRITERS[
        who
    ]


def read(world: World, household: UUID, who: str) -> tuple[set[str], bool, str | None]:
    """The items, whether needs are read, and the side, of one household on this person's phone."""
    data = render_households([household], world.actor(who), AT)[household][1]
    return (
        {code for said in data.get("items", []) for code in said["values"]},
        "needs" in data,
        data.get("side"),
    )


def test_the_other_side_reads_what_it_needs_and_no_more(world: World) -> None:
    dual = world.households["dual"]
    head = Member.unscoped.filter(household=dual)[0]
    facts: list[tuple[str, Value]] = [
        ("livestock.yak", 4),
        ("dwelling.rooms", 2),
        ("livelihood.income", "under_8k"),
    ]
    for code, value in facts:
        actions.update_household(
            household=dual, facts=[Fact(code=code, value=value)], actor=world.actor(owner_of(code)), at=AT
        )
    actions.note_need(
        household=dual, code="low_income", agreed=Agreed(by=head.id, how=Consent.SPOKEN, on=AT.date()),
        plan=Help(what="合成帮扶", who="合成村委会"), actor=world.actor("town_lead"), at=AT,
    )  # fmt: skip
    everything = {code for code, _ in facts}

    assert read(world, dual, "village_lead") == (everything, True, "registered")
    assert read(world, dual, "town_lead") == (everything - {"livelihood.income"}, True, "residing")
    assert read(world, dual, "liaison_town") == (everything - {"livelihood.income"}, True, "residing")
    assert read(world, dual, "grid_head") == (everything, False, "registered")
    near = world.households["near"]
    assert read(world, near, "liaison") == (set(), False, None)


def owner_of(code: str) -> str:
    return "town_lead" if code.startswith("dwelling") else "village_lead"


def told(world: World, since: datetime = AT) -> set[str]:
    """Who has a notice about a family that two villages keep."""
    later = AT + timedelta(hours=2)
    while stamper.stamp(later):
        pass
    while deliveries.run_due(later):
        pass
    names = {id: name for name, id in world.people.items()}
    rows = Notice.objects.filter(kind=NOTICE, created_at__gte=since)
    return {names[person] for person in rows.values_list("person", flat=True)}


FAR_LEADS = {"village_lead", "village_deputy"}
HAPPENED = {
    "death": {"town_lead", "liaison_town"} | FAR_LEADS,
    "one village only": set(),
    "registered elsewhere": {"town_lead", "liaison_town", "village_lead2"} | FAR_LEADS,
    "camp": set(),
    "closed": {"town_lead", "liaison_town"} | FAR_LEADS,
}


@pytest.mark.parametrize("what", HAPPENED)
def test_what_happens_is_told_to_the_people_of_both_villages_and_to_nobody_else(
    world: World, what: str
) -> None:
    told(world)
    Notice.objects.all().delete()
    dual, near = world.households["dual"], world.households["near"]
    common = {"actor": SYSTEM, "at": AT}
    if what in ("death", "one village only"):
        home = dual if what == "death" else near
        elder = Member.unscoped.because("a test looks").filter(household=home).order_by("position")[3]
        actions.member_went(household=home, member=elder.id, why=Why.DEATH, **common)  # type: ignore[arg-type]
    elif what == "closed":
        actions.close_household(household=dual, reason="迁出", **common)  # type: ignore[arg-type]
    else:
        kind = MoveKind.CAMP if what == "camp" else MoveKind.REGISTERED
        actions.move_household(household=dual, kind=kind, area=GRID3, **common)  # type: ignore[arg-type]

    assert told(world) == HAPPENED[what]


def test_who_wrote_it_down_is_not_told(world: World) -> None:
    told(world)
    Notice.objects.all().delete()
    born = MemberChange(name="合成新生")
    actions.member_came(
        household=world.households["dual"],
        member=born,
        why=Why.BIRTH,
        actor=world.actor("liaison_town"),
        at=AT,
    )

    assert told(world) == {"town_lead"} | FAR_LEADS
