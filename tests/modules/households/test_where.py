"""Where a household was on a day, how that is known and how old it is; asked inside a case only, and kept."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from bench import moves
from mulian.core.access.models import Person
from mulian.core.events.models import Event, EventPrivate
from mulian.kernel.actor import SYSTEM
from mulian.kernel.clock import CN
from mulian.kernel.problems import Problem
from mulian.modules.cases.actions.reporting import report
from mulian.modules.households import actions, public
from mulian.modules.households.domain.camps import MoveKind
from mulian.modules.households.queries.where import moment_of, stood
from tests.world import (
    AT,
    GRID,
    GRID2,
    GRID3,
    GRID_TOWN,
    VILLAGE,
    VILLAGE2,
    World,
    load_areas,
    to_camp,
)

pytestmark = pytest.mark.django_db(databases="__all__")
DAY = timedelta(days=1)
TODAY = AT.astimezone(CN).date()
CASE = UUID(int=91)


@pytest.mark.parametrize("seed", range(3))
def test_a_year_of_moves_told_late_twice_and_out_of_order(db: None, seed: int) -> None:
    """`python -m bench.moves` does the same with 10,000 households."""
    load_areas(moves.FOUNDED - DAY)
    founded = moves.settle(15, (VILLAGE, VILLAGE2), (GRID, GRID2))
    told = moves.year(founded, (GRID, GRID2, GRID3, GRID_TOWN, VILLAGE), seed)
    moves.tell(told)

    edges = [one.since + shift for one in told for shift in (-timedelta(seconds=1), timedelta(0))]
    assert len(told) > 5 * 15
    assert moves.differences([*founded, *told], [*moves.days(20, seed), *edges[::5]]) == []
    households = {one.household for one in founded}
    now = stood(households, moves.END)
    assert {
        id: {kind.value: place.area for kind, place in answer.places.items()} for id, answer in now.items()
    } == {id: public.areas_at(id, moves.END) for id in households}


def test_each_place_says_since_when_who_said_so_and_when_that_was_heard(world: World) -> None:
    next_ = world.households["next"]
    actions.move_household(
        household=next_, kind=MoveKind.CAMP, camp=world.camps["summer"], effective=AT - 9 * DAY,
        actor=world.actor("liaison2"), at=AT,
    )  # fmt: skip

    then = moment_of(TODAY - 3 * DAY, AT)
    camp = stood([next_], then)[next_].places[MoveKind.CAMP]
    assert camp.camp is not None
    assert (camp.area, camp.camp.id, camp.since) == (GRID3, world.camps["summer"], AT - 9 * DAY)
    assert (camp.by, camp.told_at, camp.heard_later(then)) == (world.people["liaison2"], AT, True)
    assert camp.age(then).days == 6
    assert MoveKind.CAMP not in stood([next_], AT - 10 * DAY)[next_].places


def test_what_nobody_said_stays_unknown(world: World) -> None:
    near = world.households["near"]
    answer = stood([near], AT - 400 * DAY)[near]

    assert (answer.places, answer.basis, answer.through) == ({}, None, None)


def test_a_household_that_went_into_another_is_where_that_one_is(world: World) -> None:
    near, next_ = world.households["near"], world.households["next"]
    to_camp(world, "next", "summer", AT - 8 * DAY)
    actions.merge_household(household=near, into=next_, on=TODAY - 5 * DAY, actor=SYSTEM, at=AT)

    before, after = stood([near], AT - 6 * DAY)[near], stood([near], AT)[near]
    assert (before.through, before.places[MoveKind.RESIDING].area) == (None, GRID)
    assert (after.through, after.places[MoveKind.CAMP].area) == (next_, GRID3)


def asked(world: World, username: str, **given: object) -> Any:
    values = {"kind": "case", "subject": CASE, "on": TODAY, "purpose": "送饲料", **given}
    return actions.ask_where(actor=world.actor(username), at=AT, **values)  # type: ignore[arg-type]


@pytest.fixture
def case(world: World) -> None:
    report(actor=world.actor("liaison"), at=AT, text="羊圈塌了", household=world.households["near"], id=CASE)
    report(actor=world.actor("liaison"), at=AT, text="路断了", id=UUID(int=92))


def test_every_asking_stands_in_the_household_s_log_with_its_purpose(world: World, case: None) -> None:
    household, answer = asked(world, "county_duty")

    read = Event.objects.get(name="households.whereabouts_read")
    assert (household, answer.basis) == (world.households["near"], MoveKind.RESIDING)
    assert (read.subject_id, read.actor) == (household, world.people["county_duty"])
    assert (read.data["inside"], read.data["about"]) == ("case", str(CASE))
    assert "送饲料" not in str(read.data)
    assert EventPrivate.objects.get(event=read).values == {"day": TODAY.isoformat(), "purpose": "送饲料"}


@pytest.mark.parametrize(
    ("username", "given", "code"),
    [
        ("outsider", {}, "not_found"),
        ("liaison2", {}, "not_found"),
        ("transport", {}, "forbidden"),
        ("auditor", {}, "forbidden"),
        ("county_duty", {"purpose": " "}, "households.purpose_needed"),
        ("county_duty", {"on": TODAY + DAY}, "households.in_future"),
        ("county_duty", {"subject": UUID(int=92)}, "households.about_nobody"),
        ("county_duty", {"subject": UUID(int=93)}, "not_found"),
        ("county_duty", {"kind": "task"}, "households.about_nobody"),
    ],
)
def test_nobody_asks_without_a_case_of_theirs_and_a_purpose(
    world: World, case: None, username: str, given: dict[str, object], code: str
) -> None:
    with pytest.raises(Problem) as refused:
        asked(world, username, **given)

    assert refused.value.code == code
    assert not Event.objects.filter(name="households.whereabouts_read").exists()


def test_the_page_answers_with_a_purpose_only(world: World, case: None) -> None:
    client = Client(headers={"Accept": "text/html", "Accept-Language": "zh-hans"})
    client.force_login(Person.objects.get(id=world.people["county_duty"]))
    address = f"/households/where/case/{CASE}/"

    asked_for = client.get(address).content.decode()
    without = client.post(address, {"on": TODAY.isoformat(), "purpose": ""})
    answered = client.post(address, {"on": TODAY.isoformat(), "purpose": "送饲料"}).content.decode()

    assert "片区" not in asked_for
    assert without.status_code == 422
    assert "G001片区" in answered
    assert address in client.get(f"/cases/{CASE}/").content.decode()
