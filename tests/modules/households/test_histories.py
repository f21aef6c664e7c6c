"""Four hundred random histories of moves and hand-overs (on PostgreSQL two hundred others): no family is ever without a
phone, or on one it has left.

Each history is told in any order: moves to camps and grid areas dated today or weeks ago, areas handed from liaison to
liaison in between, phones that come and go. What a phone must hold at the end is worked out here from what was told
alone, and compared with what the wire left on it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import product
from random import Random
from uuid import UUID

import pytest
from django.db import connection

from mulian.kernel.actor import SYSTEM
from mulian.modules.households import actions
from mulian.modules.households.domain.camps import MoveKind
from mulian.modules.households.models import Qualification
from tests.world import (
    AT,
    GRID,
    GRID2,
    GRID3,
    GRID_TOWN,
    TOWN,
    VILLAGE,
    VILLAGE2,
    World,
    add_household,
    build,
)
from tests.world.phone import Phone

pytestmark = pytest.mark.django_db(databases="__all__")

GRIDS = (GRID, GRID2, GRID3, GRID_TOWN)
CAMPS = (*GRIDS, VILLAGE, VILLAGE2, None)
LEADS = {"village_lead": VILLAGE, "village_lead2": VILLAGE2, "town_lead": TOWN}
LIAISONS = {"liaison": GRID, "liaison2": GRID2, "liaison3": GRID3, "liaison_town": GRID_TOWN}
FAMILIES = 20
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@dataclass
class County:
    """The world, its phones, and everything that was told, for the oracle."""

    world: World
    chance: Random
    now: datetime = AT
    told: dict[tuple[UUID, MoveKind], list[tuple[datetime, str | None]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    serving: dict[str, str] = field(default_factory=lambda: {area: name for name, area in LIAISONS.items()})
    phones: dict[str, Phone] = field(default_factory=dict)
    families: list[UUID] = field(default_factory=list)

    def settle(self) -> None:
        """Families of this county, each registered in the first village and living in one of the grid areas."""
        start = AT - 60 * DAY
        for name, village in product(LIAISONS, (VILLAGE, VILLAGE2, TOWN)):
            person = self.world.people[name]
            if not Qualification.objects.filter(person=person, area=village).exists():
                actions.qualify(person=person, area=village, basis="neighbour", actor=SYSTEM, at=start)
        for number in range(FAMILIES):
            grid = self.chance.choice(GRIDS)
            id = add_household(f"history{number}", VILLAGE, grid, start)
            self.families.append(id)
            self.told[id, MoveKind.RESIDING].append((start, grid))
            self.told[id, MoveKind.REGISTERED].append((start, VILLAGE))
        self.phones = {name: Phone(self.world, name) for name in (*LIAISONS, *LEADS)}

    def history(self, family: UUID) -> None:
        """One family's telling: up to five moves; an area changes hands now and then, a phone has a signal."""
        for _ in range(self.chance.randint(1, 5)):
            self.now += MINUTE
            self.move(family)
            if self.chance.random() < 0.1:
                self.hand_over()
            if self.chance.random() < 0.4:
                self.sync(self.chance.choice(list(self.phones)))

    def move(self, family: UUID) -> None:
        kind = self.chance.choice((MoveKind.CAMP, MoveKind.CAMP, MoveKind.RESIDING))
        area = self.chance.choice(CAMPS if kind == MoveKind.CAMP else GRIDS)
        late = self.chance.choice((0, 0, 0, 1, 7, 30))
        since = self.now - timedelta(days=late, seconds=self.chance.randint(0, 50))
        actions.move_household(
            household=family, kind=kind, area=area, actor=SYSTEM, at=self.now, effective=since
        )
        self.told[family, kind].append((since, area))

    def hand_over(self) -> None:
        area, person = self.chance.choice(GRIDS), self.chance.choice(list(LIAISONS))
        if self.serving[area] == person:
            return
        actions.assign_liaison(area=area, person=self.world.people[person], actor=SYSTEM, at=self.now)
        self.serving[area] = person
        self.now += MINUTE

    def sync(self, name: str) -> None:
        self.phones[name].pull(self.now)

    def places(self, family: UUID) -> set[str]:
        """Where it counts now: of each kind the last told of the latest moves."""
        found = set()
        for kind in MoveKind:
            told = [(at, turn, area) for turn, (at, area) in enumerate(self.told[family, kind])]
            if told:
                found.add(max(told, key=lambda one: one[:2])[2])
        return {area for area in found if area}

    def duties(self, name: str) -> list[str]:
        return [LEADS[name]] if name in LEADS else [area for area, who in self.serving.items() if who == name]

    def expected(self, name: str) -> set[str]:
        """The families a phone must hold, by the words of the rule: living, registered or camping in its areas."""
        duties = tuple(self.duties(name))
        served = [f for f in self.families if duties and any(p.startswith(duties) for p in self.places(f))]
        return {str(family) for family in served}

    def held(self, name: str) -> set[str]:
        families = {str(family) for family in self.families}
        return {id for kind, id in self.phones[name].held if kind == "household"} & families


MANY = (200, 3) if connection.vendor == "postgresql" else (400, 2)
"""Histories and seed: what is told is judged in Python, so a database of its own adds little after some hundred."""


@pytest.mark.parametrize(
    ("histories", "seed"), [(60, 1), pytest.param(*MANY, marks=pytest.mark.slow)], ids=["some", "many"]
)
def test_no_family_is_ever_without_a_phone_or_on_one_it_left(db: None, histories: int, seed: int) -> None:
    county = County(build(AT - 61 * DAY), Random(seed))
    county.settle()
    for number in range(histories):
        county.history(county.families[number % FAMILIES])
        if number % FAMILIES == FAMILIES - 1:
            county.now += MINUTE
            for name in county.phones:
                county.sync(name)
                assert county.held(name) == county.expected(name), name
            on_liaisons = set().union(*(county.held(name) for name in LIAISONS))
            assert {str(family) for family in county.families} - on_liaisons == set(), "orphans"
