"""Who is who and where: the people, places and households every test knows by a short name."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from mulian.core.access import actors
from mulian.kernel.actor import Actor, Role

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
