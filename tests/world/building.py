"""Writes the cast into an empty test database through the ordinary actions; everything began 30 days before."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from mulian.core import packs
from mulian.core.access import actions as access
from mulian.core.access import actors, api_tokens, devices
from mulian.core.access.models import Person
from mulian.core.areas import actions as areas
from mulian.core.areas.models import Unit
from mulian.kernel.actor import SYSTEM
from mulian.modules.households import actions as households
from tests.world import families
from tests.world.cast import (
    AT,
    CAST,
    GRID,
    GRID2,
    GRID3,
    GRID_TOWN,
    PASSWORD,
    TOWN,
    VILLAGE,
    VILLAGE2,
    Cast,
    World,
    person_id,
)
from tests.world.copies import once


def build(at: datetime = AT) -> World:
    """The whole cast in an empty database; everything began 30 days before `at`."""
    forget()
    return once(("cast", at), lambda: _written(at))


def _written(at: datetime) -> World:
    start = at - timedelta(days=30)
    load_areas(start)
    units = dict(Unit.objects.values_list("code", "id"))
    people = {each.username: add_person(each, units, start) for each in CAST}
    _rota(people, units, at)
    world = World(at, people, families.all_households(start), {}, units)
    world.camps["summer"] = families.summer_camp(world, start)
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
