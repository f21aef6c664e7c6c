"""The fixed cast of all tests: part of a county, every role once or twice, and one who must see nothing of it.

    江千乡 632623204        恰曲纳合村 …200: grid areas G001, G002 · 隆吉村 …201: grid area G001
    柯曲镇 632623100        当成村 …200: grid area G001 (the county town; the dual household lives here)
    上贡麻乡 632623200      哇英村 …200: the outsider's village, where nothing of the others is placed

`build(at)` writes it into an empty test database through the ordinary actions and returns plain data:

    world = build(AT)
    actor = world.actor("village_lead")
    world.households["near"]
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from mulian.core import packs
from mulian.core.access import actions as access
from mulian.core.access import actors, api_tokens, devices
from mulian.core.access.models import Person
from mulian.core.areas import actions as areas
from mulian.core.areas.models import Unit
from mulian.kernel.actor import SYSTEM, Actor, Role
from mulian.kernel.geo import Point
from mulian.modules.households import actions as households
from mulian.modules.households.domain.camps import MoveKind, Season
from mulian.modules.households.domain.members import MemberChange, Relation

AT = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
"""Sunday, 10:00 in the county."""
PASSWORD = "synthetic-password-1"
COUNTY = "632623"
TOWNSHIPS = ("632623204", "632623100", "632623200")
VILLAGE, VILLAGE2, TOWN, FAR = "632623204200", "632623204201", "632623100200", "632623200200"
GRID, GRID2, GRID3, GRID_TOWN = f"{VILLAGE}G001", f"{VILLAGE}G002", f"{VILLAGE2}G001", f"{TOWN}G001"


@dataclass(frozen=True)
class Cast:
    """One person of the cast: user name, role, where, at which unit, speaking what."""

    username: str
    role: Role
    area: str
    unit: str | None = None
    language: str = "zh-hans"


CAST = (
    Cast("liaison", Role.LIAISON, GRID, language="bo"),
    Cast("liaison2", Role.LIAISON, GRID2, language="bo"),
    Cast("liaison3", Role.LIAISON, GRID3),
    Cast("liaison_town", Role.LIAISON, GRID_TOWN),
    Cast("grid_head", Role.GRID_HEAD, VILLAGE, language="bo"),
    Cast("village_lead", Role.VILLAGE_LEAD, VILLAGE, f"village:{VILLAGE}"),
    Cast("village_deputy", Role.VILLAGE_LEAD, VILLAGE, f"village:{VILLAGE}", "bo"),
    Cast("village_lead2", Role.VILLAGE_LEAD, VILLAGE2, f"village:{VILLAGE2}"),
    Cast("town_lead", Role.VILLAGE_LEAD, TOWN, f"village:{TOWN}"),
    Cast("township_officer", Role.TOWNSHIP_OFFICER, TOWNSHIPS[0], f"township:{TOWNSHIPS[0]}"),
    Cast("county_duty", Role.COUNTY_DUTY, COUNTY, "county_centre"),
    Cast("county_duty2", Role.COUNTY_DUTY, COUNTY, "county_centre", "bo"),
    Cast("transport", Role.DEPARTMENT_OFFICER, COUNTY, "dept.transport"),
    Cast("leader", Role.LEADER, COUNTY),
    Cast("auditor", Role.AUDITOR, COUNTY),
    Cast("administrator", Role.ADMINISTRATOR, COUNTY),
    Cast("outsider", Role.VILLAGE_LEAD, FAR, f"village:{FAR}"),
)


@dataclass(frozen=True)
class World:
    """Ids by short names: people by user name; households near, near2, next, beyond, dual; units by code."""

    at: datetime
    people: dict[str, UUID]
    households: dict[str, UUID]
    camps: dict[str, UUID]
    units: dict[str, UUID]
    devices: dict[str, UUID] = field(default_factory=dict)

    def actor(self, username: str, at: datetime | None = None) -> Actor:
        """The person as an actor, with the phone when they have one."""
        found = actors.actor_of(self.people[username], at or self.at, self.devices.get(username))
        assert found is not None
        return found

    def token(self, username: str) -> str:
        """The token of a person's phone (liaison, liaison2, liaison_town)."""
        return f"device-{username}"

    def api_token(self, username: str) -> str:
        return f"api-{username}"


def person_id(username: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"mulian:test:person:{username}")


def household_id(name: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"mulian:test:household:{name}")


def build(at: datetime = AT) -> World:
    """The whole cast; everything began 30 days before `at`."""
    forget()
    start = at - timedelta(days=30)
    load_areas(start)
    units = dict(Unit.objects.values_list("code", "id"))
    people = {each.username: add_person(each, units, start) for each in CAST}
    _rota(people, units, at)
    world = World(at, people, _households(start), {}, units)
    world.camps["summer"] = _camp(world, start)
    _qualify(world, start)
    _phones(world, start)
    return world


def forget() -> None:
    """Empties what a process keeps of people: each test's database counts its access versions anew."""
    for cache in (actors._cache, api_tokens._cache, devices._cache):
        cache.clear()


def load_areas(at: datetime, pack: str = "gande") -> None:
    """The pack's places and offices, and the cast's grid areas."""
    gande = packs.load(pack)
    areas.load(
        pack=pack, areas=gande.area_rows(), units=gande.unit_rows(), points=gande.points, actor=SYSTEM, at=at
    )
    for code in (GRID, GRID2, GRID3, GRID_TOWN):
        areas.open_area(code=code, name_zh=f"{code[-4:]}片区", name_bo="", actor=SYSTEM, at=at)


def add_person(who: Cast, units: dict[str, UUID], at: datetime) -> UUID:
    """A login with its one duty and a program's key."""
    person = access.create_person(
        username=who.username,
        name=f"合成{who.username}",
        language=who.language,
        password=PASSWORD,
        actor=SYSTEM,
        at=at,
        id=person_id(who.username),
    )
    access.open_posting(
        person=person.id,
        role=who.role,
        area=who.area,
        unit=units[who.unit] if who.unit else None,
        actor=SYSTEM,
        at=at,
    )
    api_tokens.add(person=person, token=f"api-{who.username}", at=at)
    return person.id


def _rota(people: dict[str, UUID], units: dict[str, UUID], at: datetime) -> None:
    """county_duty is on duty and listens in Chinese, county_duty2 listens in Tibetan, all around `at`."""
    for person, kind, language in (
        ("county_duty", "duty", ""),
        ("county_duty", "listening", "zh-hans"),
        ("county_duty2", "listening", "bo"),
    ):
        access.add_shift(
            unit=units["county_centre"],
            person=people[person],
            kind=kind,
            language=language,
            starts=at - timedelta(hours=12),
            ends=at + timedelta(hours=12),
            actor=SYSTEM,
            at=at,
        )


def _households(at: datetime) -> dict[str, UUID]:
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


def _camp(world: World, at: datetime) -> UUID:
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


def _qualify(world: World, at: datetime) -> None:
    for username, village in (
        ("liaison", VILLAGE),
        ("liaison2", VILLAGE),
        ("liaison3", VILLAGE2),
        ("liaison_town", TOWN),
    ):
        households.qualify(
            person=world.people[username], area=village, basis="neighbour", actor=SYSTEM, at=at
        )


def _phones(world: World, at: datetime) -> None:
    for username in ("liaison", "liaison2", "liaison_town"):
        person = Person.objects.get(id=world.people[username])
        device = devices.add_device(person=person, token=world.token(username), at=at)
        world.devices[username] = device.id
