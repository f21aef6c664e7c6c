"""Items in the database: told by phone and by console, late and again; what is not known stays unknown."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

import pytest

from mulian.kernel.actor import SYSTEM
from mulian.kernel.clock import CN
from mulian.kernel.problems import Problem
from mulian.modules.households import actions
from mulian.modules.households.actions import Fact
from mulian.modules.households.domain.lives import from_day
from mulian.modules.households.domain.members import MemberChange
from mulian.modules.households.domain.values import Value
from mulian.modules.households.models import Household, Item, Member
from mulian.modules.households.queries import register
from tests.world import AT, World

pytestmark = pytest.mark.django_db

TODAY = AT.astimezone(CN).date()
DAY = timedelta(days=1)


def tell(household: UUID, *facts: Fact, at: datetime = AT, written: datetime | None = None) -> None:
    actions.update_household(household=household, facts=facts, actor=SYSTEM, at=at, written=written)


def true_on(household: UUID, day: date = TODAY) -> dict[str, Value]:
    return {known.code: known.value for known in register.true_on([household], day)[household]}


def test_a_new_value_closes_the_old_one_and_every_day_keeps_its_own(world: World) -> None:
    near = world.households["near"]
    tell(near, Fact(code="livestock.yak", value=40, as_of=TODAY - 100 * DAY))
    tell(near, Fact(code="livestock.yak", value=38, as_of=TODAY - 10 * DAY))
    tell(near, Fact(code="livestock.yak", value=45, as_of=TODAY - 50 * DAY))

    seen = [true_on(near, TODAY - n * DAY).get("livestock.yak") for n in (0, 10, 11, 50, 51, 100, 101)]
    assert seen == [38, 38, 45, 45, 40, 40, None]
    assert Item.unscoped.filter(household=near).count() == 3


def test_a_day_has_one_answer_whatever_the_order_of_arrival(world: World) -> None:
    """The same random history told to two families in two orders, against what was said last of what reached."""
    chance = Random(7)
    told = [
        (Fact(code="livestock.sheep", value=chance.choice([None, 1, 2, 3]), as_of=TODAY - day * DAY), AT + n * DAY / 99)
        for n, day in enumerate(chance.choices(range(8), k=30))
    ]  # fmt: skip
    near, next_ = world.households["near"], world.households["next"]
    for household, order in ((near, told), (next_, chance.sample(told, len(told)))):
        for fact, said in order:
            tell(household, fact, at=AT + 2 * DAY, written=said)

    def oracle(day: date) -> Value:
        reaching = [(f.as_of or day, said, f.value) for f, said in told if (f.as_of or day) <= day]
        return max(reaching, key=lambda one: one[:2])[2] if reaching else None

    span = [TODAY - n * DAY for n in range(10)]
    wanted = [oracle(day) for day in span]
    assert [true_on(near, day).get("livestock.sheep") for day in span] == wanted
    assert [true_on(next_, day).get("livestock.sheep") for day in span] == wanted


def test_unknown_stays_unknown_and_can_be_said(world: World) -> None:
    near = world.households["near"]
    assert true_on(near) == {}
    tell(near, Fact(code="water.winter", value=True, as_of=TODAY - DAY))
    tell(near, Fact(code="water.winter", value=None))

    assert (true_on(near, TODAY - DAY), true_on(near)) == ({"water.winter": True}, {})


VALUES: list[tuple[str, Any, Any]] = [
    ("livestock.yak", 0, 0),
    ("livestock.yak", "41", 41),
    ("pasture.area", 1200.5, 1200.5),
    ("pasture.area", "1200", 1200),
    ("water.winter", False, False),
    ("water.winter", "yes", True),
    ("dwelling.kind", "tent", "tent"),
]


@pytest.mark.parametrize(("code", "value", "wanted"), VALUES)
def test_a_value_comes_back_as_it_was_said(world: World, code: str, value: Any, wanted: Any) -> None:
    near = world.households["near"]
    tell(near, Fact(code=code, value=value))
    assert true_on(near) == {code: wanted}


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("livestock.yak", -1), ("livestock.yak", 1.5), ("livestock.yak", True), ("livestock.yak", 5001),
        ("pasture.area", 1.234), ("pasture.area", "NaN"), ("pasture.area", "1e9"), ("water.winter", "perhaps"),
        ("dwelling.kind", "castle"), ("dwelling.kind", 3),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_and_nothing_of_it_is_written(
    world: World, code: str, value: Any
) -> None:
    near = world.households["near"]
    with pytest.raises(Problem) as refused:
        tell(near, Fact(code="livestock.horse", value=2), Fact(code=code, value=value))

    assert refused.value.code == "households.item_value"
    assert true_on(near) == {}
    assert Household.unscoped.get(id=near).rev == 1


def test_an_item_is_told_of_whom_it_is_about(world: World) -> None:
    near, child = world.households["near"], Member.unscoped.filter(household=world.households["near"])[2]
    stranger = Member.unscoped.filter(household=world.households["next"])[0]
    tell(near, Fact(code="school.stage", value="primary", member=child.id))
    wrong = [
        Fact(code="school.stage", value="primary"),
        Fact(code="school.stage", value="primary", member=stranger.id),
        Fact(code="dwelling.rooms", value=3, member=child.id),
        Fact(code="camp.water", value=True),
        Fact(code="nothing.such", value=1),
    ]
    for fact in wrong:
        with pytest.raises(Problem) as refused:
            tell(near, fact)
        assert refused.value.code == "households.item_unknown", fact

    assert [(k.code, k.subject, k.value) for k in register.true_on([near], TODAY)[near]] == [
        ("school.stage", child.id, "primary")
    ]


def test_a_clock_that_runs_ahead_tells_as_of_today(world: World) -> None:
    near = world.households["near"]
    tell(near, Fact(code="livestock.yak", value=7, as_of=TODAY + 400 * DAY))

    row = Item.unscoped.get(household=near)
    assert (row.valid_from, row.as_of) == (TODAY, TODAY)


def test_one_who_left_takes_no_past_with_them(world: World) -> None:
    near = world.households["near"]
    child = Member.unscoped.filter(household=near)[2]
    tell(near, Fact(code="school.stage", value="junior", member=child.id, as_of=TODAY - 9 * DAY))
    actions.update_household(
        household=near, members=[MemberChange(id=child.id, gone=True)], actor=SYSTEM, at=AT
    )

    assert true_on(near, TODAY - 5 * DAY) == {"school.stage": "junior"}
    assert Member.unscoped.get(id=child.id).gone_at == from_day(TODAY)
