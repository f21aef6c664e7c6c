"""Counts of areas by day, kept by the worker: whatever is told in whatever order, they are what a recount gives."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from uuid import UUID

import pytest
from django.test import Client

from mulian.core.access.models import Person
from mulian.core.areas.codes import within
from mulian.core.events import deliveries, stamper
from mulian.kernel.actor import SYSTEM
from mulian.kernel.clock import CN
from mulian.kernel.problems import Problem
from mulian.modules.households import actions
from mulian.modules.households.actions import Agreed, Fact, Help
from mulian.modules.households.actions.counting import bring, rebuild
from mulian.modules.households.domain.camps import MoveKind
from mulian.modules.households.domain.care import Consent
from mulian.modules.households.domain.lives import Life, Why
from mulian.modules.households.domain.members import MemberChange
from mulian.modules.households.models import Counted, Household, LifeEvent, Member, Need
from mulian.modules.households.queries.lives import belonged, histories
from mulian.modules.households.queries.register import true_on
from mulian.modules.households.queries.totals import Total, counted, totals
from mulian.modules.households.queries.where import moment_of
from tests.world import AT, COUNTY, GRID, GRID2, GRID3, GRID_TOWN, TOWNSHIPS, VILLAGE, World

pytestmark = pytest.mark.django_db(databases="__all__")

TODAY = AT.astimezone(CN).date()
DAY = timedelta(days=1)
GRIDS = (GRID, GRID2, GRID3, GRID_TOWN)
HERD = ("livestock.yak", "livestock.sheep")


def served(household: UUID, day: date) -> bool:
    """By everything told of it, one after the other."""
    row = Household.unscoped.because("a test looks").get(id=household)
    told = LifeEvent.unscoped.because("a test looks").filter(taken_back_at__isnull=True)
    is_open = not LifeEvent.unscoped.because("a test looks").filter(other=row, kind=Life.SPLIT).exists()
    for event in told.order_by("at", "recorded_at", "id"):
        if event.at.astimezone(CN).date() > day:
            continue
        if event.kind in (Life.CLOSED, Life.MERGED) and event.household_id == household:
            is_open = False
        if (event.kind, event.household_id) == (Life.REOPENED, household):
            is_open = True
        if (event.kind, event.other_id) == (Life.SPLIT, household):
            is_open = True
    return is_open


def recount(area: str, day: date) -> Total:
    """Household by household, from what the pages show of each on that day."""
    total = Total()
    for household in Household.unscoped.because("a test looks").values_list("id", flat=True):
        moves = household_moves(household, day)
        place = moves.get(MoveKind.RESIDING) or moves.get(MoveKind.REGISTERED)
        if place is None or not within(place, area) or not served(household, day):
            continue
        known = true_on([household], day).get(household, [])
        herd = sum(int(one.value or 0) for one in known if one.code in HERD)
        needs = Need.unscoped.because("a test looks").filter(household=household, since__lte=day)
        ended = needs.filter(until__lte=day).count()
        total += Total(1, len(belonged([household], day)[household]), herd, needs.count() - ended)
    return total


def household_moves(household: UUID, day: date) -> dict[MoveKind, str]:
    """Its own places: of one that went into another, not that one's."""
    from mulian.modules.households.queries.where import _moves, _stood

    moment = moment_of(day, AT)
    found = {kind: _stood(told, moment) for kind, told in _moves([household], moment)[household].items()}
    return {kind: place.area for kind, place in found.items() if place is not None}


def one_thing(chance: Random, turn: int) -> None:
    """Anything that may happen to any household, with effect on any of the last thirty days."""
    rows = Household.unscoped.because("a test looks").filter(closed_at__isnull=True).order_by("number")
    row, day = chance.choice(list(rows)), TODAY - chance.randint(0, 30) * DAY
    people = list(Member.unscoped.because("a test looks").filter(household=row, gone_at__isnull=True))
    common = {"actor": SYSTEM, "at": AT + turn * timedelta(minutes=1)}
    act = chance.randrange(10)
    if act in (0, 1):
        fact = Fact(code=chance.choice(HERD), value=chance.randint(0, 60), as_of=day)
        actions.update_household(household=row.id, facts=[fact], **common)  # type: ignore[arg-type]
    elif act in (2, 3):
        kind = chance.choice((MoveKind.RESIDING, MoveKind.RESIDING, MoveKind.REGISTERED))
        since = AT - (TODAY - day).days * DAY
        actions.move_household(
            household=row.id,
            kind=kind,
            area=chance.choice(GRIDS),
            effective=since,
            **common,  # type: ignore[arg-type]
        )
    elif act in (4, 5):
        one = MemberChange(name=f"合成{turn}")
        actions.member_came(household=row.id, member=one, why=Why.BIRTH, on=day, **common)  # type: ignore[arg-type]
    elif act == 6 and people:
        why = chance.choice((Why.DEATH, Why.MOVED_OUT))
        seats = histories(people[-1:])[people[-1].id]
        began = seats[-1].start.astimezone(CN).date()
        actions.member_went(household=row.id, member=people[-1].id, why=why, on=max(day, began), **common)  # type: ignore[arg-type]
    elif act == 7 and len(people) > 1:
        leaving = [people[-1].id]
        actions.split_household(household=row.id, members=leaving, head=leaving[0], on=day, **common)  # type: ignore[arg-type]
    elif act == 8 and len(rows) > 3:
        other = chance.choice([each for each in rows if each.id != row.id])
        actions.merge_household(household=row.id, into=other.id, on=day, **common)  # type: ignore[arg-type]
    elif act == 9:
        told = LifeEvent.unscoped.because("a test looks").filter(taken_back_at__isnull=True)
        events = [e for e in told.order_by("recorded_at", "id") if e.kind != Life.SPLIT]
        if events:
            actions.take_back(event=chance.choice(events).id, **common)  # type: ignore[arg-type]


@pytest.mark.parametrize("seed", range(4))
def test_counts_equal_a_recount_whatever_happened(world: World, seed: int) -> None:
    rebuild()
    chance = Random(seed)
    people = list(Member.unscoped.because("a test looks").filter(household=world.households["near"]))
    actions.note_need(
        household=world.households["near"], code="elder_alone", member=people[3].id,
        agreed=Agreed(by=people[0].id, how=Consent.GUARDIAN, on=TODAY),
        plan=Help(what="看望", who="合成村委会"), actor=SYSTEM, at=AT,
    )  # fmt: skip
    for turn in range(30):
        one_thing(chance, turn)
    settle()

    days = [TODAY - back * DAY for back in (0, 1, 3, 8, 15, 29, 45)]
    areas = (COUNTY, TOWNSHIPS[0], VILLAGE, GRID2)
    for area in areas:
        kept = {day: sum(counted(area, day).values(), Total()) for day in days}
        assert kept == {day: recount(area, day) for day in days}
    rows = Counted.objects.count()
    assert rebuild() == (rows, True)


def settle() -> None:
    """What the worker does: every event reaches its handlers."""
    later = AT + timedelta(hours=2)
    while stamper.stamp(later):
        pass
    while deliveries.run_due(later):
        pass


def test_a_wrong_row_is_found_by_the_rebuild(world: World) -> None:
    rebuild()
    Counted.objects.filter(household=world.households["near"]).update(people=9)

    assert rebuild() == (5, False)
    assert bring([world.households["near"]])


def test_each_office_sees_its_own_area_and_parts_as_far_as_its_ledger_goes(world: World) -> None:
    rebuild()
    found = totals(COUNTY, TODAY, world.actor("leader"), AT)
    here = totals(TOWNSHIPS[0], TODAY, world.actor("township_officer"), AT)

    assert {code: t.households for code, t in found.items() if t.households} == {
        TOWNSHIPS[0]: 4, TOWNSHIPS[1]: 1,
    }  # fmt: skip
    assert sum(found.values(), Total()) == Total(5, 20, 0, 0)
    assert here[VILLAGE] == Total(3, 12, 0, 0)
    for username, area in (("leader", VILLAGE), ("village_lead", TOWNSHIPS[0]), ("outsider", VILLAGE)):
        with pytest.raises(Problem) as refused:
            totals(area, TODAY, world.actor(username), AT)
        assert refused.value.status == 404


def test_the_page_leads_down_and_back_in_time(world: World) -> None:
    rebuild()
    client = Client(headers={"Accept": "text/html", "Accept-Language": "zh-hans"})
    client.force_login(Person.objects.get(id=world.people["township_officer"]))

    page = client.get("/households/totals/").content.decode()
    before = client.get(f"/households/totals/?on={TODAY - 60 * DAY}").content.decode()
    assert f"?area={VILLAGE}&amp;on=" in page
    assert f"?area={VILLAGE}&amp;on=" not in before
    assert client.get(f"/households/totals/?area={COUNTY}").status_code == 404
