"""Moves told late and out of order: the history is the same as if they had been told in time."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mulian.core.access.models import Placement
from mulian.kernel.actor import SYSTEM
from mulian.kernel.problems import Problem
from mulian.modules.households import actions, public
from mulian.modules.households.domain.camps import MoveKind
from tests.world import AT, GRID, GRID2, GRID3, GRID_TOWN, VILLAGE, VILLAGE2, World, build, to_camp

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
PLACES = (GRID, GRID2, GRID3, GRID_TOWN, None)
told_moves = st.lists(
    st.tuples(st.integers(min_value=-25, max_value=0), st.sampled_from(PLACES)), min_size=1, max_size=9
)


def oracle(moves: list[tuple[int, str | None]], day: float) -> str | None:
    """By brute force: the last told of the latest moves that had taken effect."""
    effective = [(at, turn, place) for turn, (at, place) in enumerate(moves) if at <= day]
    return max(effective, key=lambda m: (m[0], m[1]))[2] if effective else None


def camp_move(household: UUID, place: str | None, day: int, at: datetime = AT) -> None:
    actions.move_household(
        household=household, kind=MoveKind.CAMP, area=place, actor=SYSTEM, at=at, effective=AT + day * DAY
    )


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], database=None
)
@given(moves=told_moves)
def test_history_is_what_replaying_all_told_moves_gives(
    db: None, moves: list[tuple[int, str | None]]
) -> None:
    from django.db import transaction

    with transaction.atomic():
        world = build()
        near = world.households["near"]
        for day, place in moves:
            camp_move(near, place, day)
        days = sorted({day + shift for day, _ in moves for shift in (-0.5, 0, 0.5)} | {0.0})
        seen = [public.where(near, AT + day * DAY).camp_area for day in days]
        expected = [oracle(moves, day) for day in days]
        rows = list(Placement.objects.filter(subject_id=near, counts_as="camp").order_by("valid_from"))
        transaction.set_rollback(True)

    assert seen == expected
    assert all(a.valid_to is not None and a.valid_to <= b.valid_from for a, b in pairwise(rows))
    assert all(row.valid_to is None or row.valid_from < row.valid_to for row in rows)


def test_move_dated_before_the_present_camp_leaves_today_as_it_is(world: World) -> None:
    next_ = world.households["next"]
    to_camp(world, "next", "summer", AT - 2 * DAY)

    done = actions.move_household(
        household=next_,
        kind=MoveKind.CAMP,
        area=GRID,
        actor=world.actor("liaison2"),
        at=AT,
        effective=AT - 9 * DAY,
    )

    assert not done.current
    assert public.where(next_, AT).camp_area == GRID3
    assert public.where(next_, AT - 5 * DAY).camp_area == GRID
    assert public.where(next_, AT - 10 * DAY).camp is None


def test_whereabouts_name_camp_then_residing_then_registered(world: World) -> None:
    next_, dual = world.households["next"], world.households["dual"]
    to_camp(world, "next", "summer", AT - 2 * DAY)

    at_camp, in_town = public.where(next_, AT), public.where(dual, AT)

    assert (at_camp.registered, at_camp.residing, at_camp.camp_area) == (VILLAGE, GRID2, GRID3)
    assert (at_camp.basis, at_camp.age) == (MoveKind.CAMP, 2 * DAY)
    assert at_camp.camp is not None
    assert (at_camp.camp.id, at_camp.camp.lat, at_camp.camp.lon) == (world.camps["summer"], 33.9, 100.1)
    assert (in_town.registered, in_town.residing, in_town.camp, in_town.grid) == (
        VILLAGE,
        GRID_TOWN,
        None,
        GRID_TOWN,
    )
    assert (in_town.basis, in_town.age) == (MoveKind.RESIDING, 30 * DAY)


def test_leaving_the_camp_ends_the_stay(world: World) -> None:
    to_camp(world, "next", "summer", AT - 2 * DAY)

    camp_move(world.households["next"], None, 0)

    assert public.where(world.households["next"], AT).camp is None
    assert public.where(world.households["next"], AT - DAY).camp_area == GRID3


def test_registration_moves_to_the_village_of_a_grid_area(world: World) -> None:
    near = world.households["near"]

    actions.move_household(household=near, kind=MoveKind.REGISTERED, area=GRID3, actor=SYSTEM, at=AT)

    assert public.where(near, AT).registered == VILLAGE2
    assert public.where(near, AT).residing == GRID


@pytest.mark.parametrize(
    ("move", "code"),
    [
        ({"kind": MoveKind.RESIDING, "area": "632623204999"}, "areas.unknown"),
        ({"kind": MoveKind.RESIDING}, "areas.unknown"),
        ({"kind": MoveKind.REGISTERED, "area": "632623204"}, "households.village_needed"),
        ({"kind": MoveKind.CAMP, "camp": UUID(int=7)}, "households.camp_unknown"),
        ({"kind": MoveKind.CAMP, "area": GRID, "effective": AT + 3 * DAY}, "households.in_future"),
    ],
)
def test_impossible_moves_are_refused(world: World, move: dict[str, object], code: str) -> None:
    with pytest.raises(Problem) as refused:
        actions.move_household(household=world.households["near"], actor=SYSTEM, at=AT, **move)  # type: ignore[arg-type]

    assert refused.value.code == code


def test_anothers_camp_is_unknown(world: World) -> None:
    with pytest.raises(Problem) as refused:
        actions.move_household(
            household=world.households["near"],
            kind=MoveKind.CAMP,
            camp=world.camps["summer"],
            actor=SYSTEM,
            at=AT,
        )

    assert refused.value.code == "households.camp_unknown"


def test_foreign_household_does_not_exist_for_a_liaison(world: World) -> None:
    for username in ("liaison2", "outsider", "leader", "auditor", "transport"):
        with pytest.raises(Problem) as refused:
            actions.move_household(
                household=world.households["near"],
                kind=MoveKind.CAMP,
                area=GRID,
                actor=world.actor(username),
                at=AT,
            )
        assert refused.value.status == 404
