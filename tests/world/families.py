"""The households of the cast and their camp, written through the ordinary actions."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from mulian.kernel.actor import SYSTEM
from mulian.kernel.geo import Point
from mulian.modules.households import actions as households
from mulian.modules.households.domain.camps import MoveKind, Season
from mulian.modules.households.domain.members import MemberChange, Relation
from tests.world.cast import GRID, GRID2, GRID3, GRID_TOWN, VILLAGE, VILLAGE2, World, household_id


def all_households(at: datetime) -> dict[str, UUID]:
    """name → id. `dual` is registered in the first village and lives in the county town."""
    rows = {
        "near": (VILLAGE, GRID),
        "near2": (VILLAGE, GRID),
        "next": (VILLAGE, GRID2),
        "beyond": (VILLAGE2, GRID3),
        "dual": (VILLAGE, GRID_TOWN),
    }
    return {name: add_household(name, village, grid, at) for name, (village, grid) in rows.items()}


def add_household(name: str, village: str, grid: str, at: datetime) -> UUID:
    """A synthetic family of four."""
    done = households.register_household(
        id=household_id(name),
        name=f"合成户主{name}",
        name_bo="བཟོས་པའི་ཁྱིམ་བདག",
        village=village,
        residing=grid,
        phone="000-0000",
        members=[
            MemberChange(name=f"合成户主{name}", birth_year=1980, relation=Relation.HEAD, speaks_for=True),
            MemberChange(name=f"合成配偶{name}", birth_year=1982, relation=Relation.SPOUSE),
            MemberChange(name=f"合成子女{name}", birth_year=2010, relation=Relation.CHILD),
            MemberChange(name=f"合成老人{name}", birth_year=1950, relation=Relation.PARENT),
        ],
        actor=SYSTEM,
        at=at,
    )
    return done.household


def summer_camp(world: World, at: datetime) -> UUID:
    """`next` has a summer camp in the second village's grid area; it has not moved there."""
    camp = households.open_camp(
        household=world.households["next"],
        area=GRID3,
        season=Season.SUMMER,
        name_zh="合成夏窝子",
        name_bo="དབྱར་ས",
        point=Point(33.9, 100.1),
        actor=SYSTEM,
        at=at,
    )
    return camp.id


def to_camp(world: World, household: str, camp: str, at: datetime) -> None:
    """Moves a household of the cast to its camp."""
    households.move_household(
        household=world.households[household], kind=MoveKind.CAMP, camp=world.camps[camp], actor=SYSTEM, at=at
    )
