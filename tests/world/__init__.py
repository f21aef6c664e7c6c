"""The fixed cast of all tests: part of a county, every role once or twice, and one who must see nothing of it.

    江千乡 632623204        恰曲纳合村 …200: grid areas G001, G002 · 隆吉村 …201: grid area G001
    柯曲镇 632623100        当成村 …200: grid area G001 (the county town; the dual household lives here)
    上贡麻乡 632623200      哇英村 …200: the outsider's village, where nothing of the others is placed

`build(at)` writes it into an empty test database through the ordinary actions and returns plain data:

    world = build(AT)
    actor = world.actor("village_lead")
    world.households["near"]

Tests take all of it from here; `phone` speaks the wire contract for one of them.
"""

from tests.world.building import add_person, build, forget, load_areas
from tests.world.cast import (
    AT,
    CAST,
    COUNTY,
    FAR,
    GRID,
    GRID2,
    GRID3,
    GRID_TOWN,
    PASSWORD,
    TOWN,
    TOWNSHIPS,
    VILLAGE,
    VILLAGE2,
    Cast,
    World,
    household_id,
    person_id,
)
from tests.world.families import add_household, to_camp

__all__ = [
    "AT",
    "CAST",
    "COUNTY",
    "FAR",
    "GRID",
    "GRID2",
    "GRID3",
    "GRID_TOWN",
    "PASSWORD",
    "TOWN",
    "TOWNSHIPS",
    "VILLAGE",
    "VILLAGE2",
    "Cast",
    "World",
    "add_household",
    "add_person",
    "build",
    "forget",
    "household_id",
    "load_areas",
    "person_id",
    "to_camp",
]
