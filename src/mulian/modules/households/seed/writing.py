"""Writes the planned world into the database, village by village, with bulk inserts and one event a village."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.db import transaction

from mulian.core import packs
from mulian.core.areas.models import Area
from mulian.core.events.log import append
from mulian.core.packs import Pack
from mulian.kernel.actor import SYSTEM, Role
from mulian.modules.households.actions.counting import rebuild
from mulian.modules.households.events import HouseholdsSeeded
from mulian.modules.households.models import Qualification
from mulian.modules.households.seed.batch import Batch, centre_of
from mulian.modules.households.seed.cast import (
    Worker,
    accounts,
    grid_code,
    grid_liaison,
    phone_liaisons,
    seeded_id,
    spare_liaison,
    staff,
)
from mulian.modules.households.seed.families import families
from mulian.modules.households.seed.institutions import write_institutions
from mulian.modules.households.seed.loads import grid_loads, liaisons_by_grid
from mulian.modules.households.seed.people import (
    api_token_of,
    device_token_of,
    openrosa_key_of,
    password_of,
    write_keys,
    write_people,
    write_rota,
)
from mulian.modules.households.seed.plan import Plan, VillagePlan, make_plan, shares

BEGAN, BEGAN_LONG = timedelta(days=400), timedelta(days=1500)
"""How long before the demo's day the register began; where a pack counts its dated items, they reach back further."""
ITEMS_OF_THE_HOUSE = 9.0
"""A household tells about itself as much as about so many people."""
TOLD_EVERY = 4
"""Villages after which a long seeding says how far it is."""


@dataclass(frozen=True)
class Seeded:
    """What was written."""

    households: int
    people: int
    qualified: int
    serving: int
    staff: int
    dual: int


def seed(*, pack: Pack, scale: str, at: datetime) -> Seeded:
    """Fills an empty database that has the pack's areas. The same arguments give the same world."""
    plan = make_plan(pack, scale)
    since = at - (BEGAN_LONG if plan.items else BEGAN)
    open_grids(plan, since)
    workers = list(staff(pack))
    liaisons = serving_liaisons(plan, pack)
    spares = [spare_liaison(v.village, i) for v in plan.villages for i in range(v.qualified - v.serving)]
    count = write_people([*workers, *liaisons, *spares], since=since, at=at)
    write_rota(workers, at)
    write_qualified(pack, [*liaisons, *spares], since)
    write_keys(pack, at)
    write_households(plan, pack, since, at)
    write_institutions(plan, pack, at)
    rebuild()
    return Seeded(
        households=sum(v.households for v in plan.villages),
        people=sum(v.people for v in plan.villages),
        qualified=len(liaisons) + len(spares),
        serving=len(liaisons),
        staff=count,
        dual=sum(v.dual for v in plan.villages),
    )


def demo_facts() -> dict[str, Any]:
    """The part of demo.json about people and phones; reads and writes no database."""
    pack = packs.current()
    return {
        "accounts": [
            {
                "role": worker.role.value,
                "username": worker.username,
                "password": password_of(worker.username),
                "api_token": api_token_of(worker.username),
                "name": worker.shown_name,
                "area": worker.area,
            }
            for worker in accounts(pack)
        ],
        "devices": [
            {
                "username": worker.username,
                "token": device_token_of(worker.username),
                "openrosa_key": openrosa_key_of(worker.username),
                "area": worker.area,
            }
            for worker in phone_liaisons(pack)
        ],
    }


@transaction.atomic
def open_grids(plan: Plan, since: datetime) -> None:
    """The grid areas of every planned village."""
    rows = [
        Area(
            code=grid_code(village.village, turn),
            parent_id=village.village,
            level="grid",
            name_zh=f"{turn}号网格",
            name_bo=f"དྲ་མིག་{turn}",
            name_en=f"Grid area {turn}",
            valid_from=since.date(),
        )
        for village in plan.villages
        for turn in range(1, village.grids + 1)
    ]
    Area.objects.bulk_create(rows, batch_size=500)


def serving_liaisons(plan: Plan, pack: Pack) -> list[Worker]:
    """One or more for each grid area; those with a phone come first in theirs."""
    named = {worker.area: worker for worker in phone_liaisons(pack)}
    found = []
    for village in plan.villages:
        for turn, count in enumerate(liaisons_by_grid(village.serving, village.grids), 1):
            area = grid_code(village.village, turn)
            found += [named[area] if area in named and not i else grid_liaison(area, i) for i in range(count)]
    return found


@transaction.atomic
def write_qualified(pack: Pack, workers: list[Worker], since: datetime) -> None:
    """The villages' lists of possible liaisons, by the pack's order of preference."""
    bases = list(pack.part("liaisons").get("prefer", ["neighbour"]))
    rows = [
        Qualification(
            person_id=worker.id,
            area_id=worker.area[:12],
            basis=Random(f"mulian:basis:{worker.username}").choice(bases),
            since=since.date(),
        )
        for worker in workers
        if worker.role == Role.LIAISON
    ]
    Qualification.objects.bulk_create(rows, batch_size=500)


def write_households(plan: Plan, pack: Pack, since: datetime, at: datetime) -> None:
    """Every village's families; those who moved to town take the places the town's grid areas kept for them."""
    places = {village.village: _grid_places(plan, village) for village in plan.villages}
    kept = [code for v in plan.villages if v.incoming for code in _keep(places[v.village], v.incoming)]
    centre = centre_of(pack)
    items = shares(plan.items, [float(village.people) for village in plan.villages])
    for turn, (village, count) in enumerate(zip(plan.villages, items, strict=True), 1):
        if village.households:
            _write_village(village, pack, places[village.village], kept, centre, since, at, count)
        if plan.items and turn % TOLD_EVERY == 0:
            sys.stdout.write(f"{turn}/{len(plan.villages)} ")
            sys.stdout.flush()


def _grid_places(plan: Plan, village: VillagePlan) -> list[str]:
    """The grid area of each resident household, shuffled."""
    random = Random(f"mulian:grids:{plan.pack}:{village.village}")
    liaisons = liaisons_by_grid(village.serving, village.grids)
    loads = grid_loads(random, village.residents, liaisons, plan.low, plan.high) if liaisons else []
    found = [grid_code(village.village, turn) for turn, load in enumerate(loads, 1) for _ in range(load)]
    random.shuffle(found)
    return found


def _keep(places: list[str], count: int) -> list[str]:
    """Takes the last `count` places off the list, for households from elsewhere."""
    kept = places[len(places) - count :]
    del places[len(places) - count :]
    return kept


@transaction.atomic
def _write_village(
    village: VillagePlan,
    pack: Pack,
    places: list[str],
    kept: list[str],
    centre: tuple[float, float] | None,
    since: datetime,
    at: datetime,
    items: int,
) -> None:
    """`items`: how many dated items its families told in all (0: what they know today)."""
    random = Random(f"mulian:families:{pack.code}:{village.village}")
    bilingual = "bo" in pack.part("pack").get("languages", ())
    batch = Batch(pack.code, village.village, centre, since, at)
    away = set(random.sample(range(village.households), village.dual))
    made = list(families(random, village.households, village.people, at.year, bilingual))
    told = shares(items, [len(family.people) + ITEMS_OF_THE_HOUSE for family in made])
    for turn, family in enumerate(made):
        batch.add(turn + 1, family, kept.pop() if turn in away else places.pop(), told[turn])
    batch.write()
    append(
        HouseholdsSeeded(
            subject_id=seeded_id("batch", village.village),
            area=village.village,
            households=village.households,
            people=village.people,
        ),
        actor=SYSTEM,
        at=at,
        areas=[village.village],
    )
