"""Dual management: each fact has one owner; the other side reads what its duty needs, and writes nothing of it."""

from __future__ import annotations

from uuid import UUID

import pytest

from mulian.kernel.problems import Problem
from mulian.modules.households import actions
from mulian.modules.households.actions import Agreed, Fact, Help
from mulian.modules.households.domain.care import Consent
from mulian.modules.households.domain.catalogue import Side
from mulian.modules.households.domain.sides import BOTH, sides
from mulian.modules.households.domain.values import Value
from mulian.modules.households.models import Member
from mulian.modules.households.syncables import render_households
from tests.world import AT, GRID, GRID2, GRID3, GRID_TOWN, TOWN, VILLAGE, VILLAGE2, World, build

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


@pytest.fixture
def world(db: None) -> World:
    return build()


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
