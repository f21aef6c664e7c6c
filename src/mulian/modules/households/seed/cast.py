"""Who works in the demo county, and the accounts and phones written to demo.json.

Pure: the same pack gives the same people; secrets come from the data folder's key and are derived anew each time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from uuid import NAMESPACE_URL, UUID, uuid5

from mulian.core.packs import AreaRow, Pack
from mulian.kernel.actor import Role
from mulian.modules.households.domain.names import MadeUpName, made_up_name
from mulian.modules.households.seed.plan import Plan, demo_township, make_plan

PHONES, PHONES_IN_FIRST = 6, 4
SHOWN_DEPARTMENTS = ("dept.transport", "dept.labour")
"""One that mends roads, and one the base pack lets keep a service list (who has not paid this year's pension)."""
DUTY_OFFICERS = (
    ("county_duty", "zh-hans"),
    ("county_duty2", "bo"),
    ("county_duty3", "zh-hans"),
    ("county_duty4", "bo"),
)


@dataclass(frozen=True)
class Worker:
    """A login with one duty. `account`: it is listed in demo.json with a password."""

    username: str
    role: Role
    area: str
    unit: str | None = None
    language: str = "zh-hans"
    account: bool = False

    @property
    def id(self) -> UUID:
        return seeded_id("person", self.username)

    @property
    def name(self) -> MadeUpName:
        return made_up_name(Random(f"mulian:person:{self.username}"))

    @property
    def shown_name(self) -> str:
        """As they write it themselves."""
        return self.name.bo if self.language == "bo" else self.name.zh


def seeded_id(kind: str, what: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"mulian:seed:{kind}:{what}")


def demo_villages(pack: Pack) -> list[str]:
    home = demo_township(pack)
    return sorted(a.code for a in pack.area_rows() if a.level == "village" and a.parent == home)


def phone_liaisons(pack: Pack) -> list[Worker]:
    """The liaisons with a phone: four in the first village, the others in the villages after it."""
    return [
        Worker(f"liaison{i}", Role.LIAISON, area, language="bo" if i % 3 else "zh-hans", account=True)
        for i, area in enumerate(_phone_places(pack), 1)
    ]


def _phone_places(pack: Pack) -> list[str]:
    """Grid areas that exist at either scale of the demo."""
    plans = [make_plan(pack, scale) for scale in ("township", "county")]
    places: list[str] = []
    for turn, village in enumerate(demo_villages(pack)):
        grids = min(len(grid_codes(plan, village)) for plan in plans)
        wanted = PHONES_IN_FIRST if turn == 0 else PHONES - len(places)
        places += [grid_code(village, i) for i in range(1, min(grids, wanted) + 1)]
    return places[:PHONES]


def grid_codes(plan: Plan, village: str) -> list[str]:
    """The grid areas of a village of the plan."""
    found = next((v for v in plan.villages if v.village == village), None)
    return [grid_code(village, i) for i in range(1, found.grids + 1)] if found else []


def grid_code(village: str, turn: int) -> str:
    return f"{village}G{turn:03d}"


def grid_liaison(area: str, turn: int) -> Worker:
    """A liaison without a login of their own; the turn counts those who share the grid area."""
    return Worker(f"l{area.lower()}-{turn}", Role.LIAISON, area, language="bo" if turn % 4 else "zh-hans")


def spare_liaison(village: str, turn: int) -> Worker:
    """Somebody qualified who does not serve at present."""
    return Worker(f"q{village}-{turn}", Role.LIAISON, village, language="bo")


def staff(pack: Pack) -> Iterator[Worker]:
    """Everybody but the liaisons."""
    county, home = pack.code, demo_township(pack)
    yield from _county(pack, county)
    for area in pack.area_rows():
        if area.level == "township":
            yield from _township(area, home)
        elif area.level == "village":
            yield from _village(area, demo_villages(pack))


def accounts(pack: Pack) -> list[Worker]:
    """Those in demo.json, every role at least once; the first village lead is the first phone's."""
    chosen = [worker for worker in staff(pack) if worker.account]
    order = {role: place for place, role in enumerate(Role)}
    return sorted([*chosen, *phone_liaisons(pack)], key=lambda worker: order[worker.role])


def _county(pack: Pack, county: str) -> Iterator[Worker]:
    for username, language in DUTY_OFFICERS:
        yield Worker(username, Role.COUNTY_DUTY, county, "county_centre", language, username[-1] in "y2")
    departments = [unit for unit in pack.unit_rows() if unit.kind == "department"]
    shown = [unit for unit in departments if unit.code in SHOWN_DEPARTMENTS] or departments[:1]
    for unit in departments:
        tail = unit.code.rpartition(".")[2]
        yield Worker(tail, Role.DEPARTMENT_OFFICER, unit.area, unit.code, account=unit in shown)
        yield Worker(f"{tail}2", Role.DEPARTMENT_OFFICER, unit.area, unit.code, "bo")
    yield Worker("leader", Role.LEADER, county, account=True)
    yield Worker("leader2", Role.LEADER, county, language="bo")
    yield Worker("auditor", Role.AUDITOR, county, account=True)
    yield Worker("administrator", Role.ADMINISTRATOR, county, account=True)


def _township(area: AreaRow, home: str) -> Iterator[Worker]:
    unit, mine = f"township:{area.code}", area.code == home
    names = ("township_officer", "township_officer2") if mine else (f"t{area.code}-1", f"t{area.code}-2")
    yield Worker(names[0], Role.TOWNSHIP_OFFICER, area.code, unit, account=mine)
    yield Worker(names[1], Role.TOWNSHIP_OFFICER, area.code, unit, "bo")


def _village(area: AreaRow, demo: list[str]) -> Iterator[Worker]:
    place = demo.index(area.code) + 1 if area.code in demo else 0
    mark = "" if place == 1 else str(place)
    lead, deputy, head = (
        (f"village_lead{mark}", f"village_deputy{mark}", f"grid_head{mark}")
        if place
        else (f"v{area.code}-1", f"v{area.code}-2", f"h{area.code}")
    )
    unit = f"village:{area.code}"
    yield Worker(lead, Role.VILLAGE_LEAD, area.code, unit, account=place in (1, 2))
    yield Worker(deputy, Role.VILLAGE_LEAD, area.code, unit, "bo", account=place == 1)
    yield Worker(head, Role.GRID_HEAD, area.code, language="bo", account=place == 1)
