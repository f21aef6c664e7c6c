"""Who receives a service, and why: the owner settles, the helper carries the papers, the family stays home.

A family that lives in town and is registered in a far township (dual management): the far township owns and settles,
the village or community where it lives carries. Of a counter of the state nobody is told: the village where the
family lives goes along, and nothing is sent.
"""

from __future__ import annotations

from mulian.modules.cases.domain.place import HouseholdPlaces
from mulian.modules.cases.domain.receivers import Reason
from mulian.modules.cases.domain.routing import Routing, Sides, route_between
from mulian.modules.cases.domain.services import Carrier, Owner, Service
from mulian.modules.cases.domain.staffing import township_of, village_of
from mulian.modules.cases.domain.surroundings import Surroundings


def settle(service: Service, places: HouseholdPlaces, around: Surroundings) -> Routing:
    """Everybody who gets a service when it is opened."""
    return route_between(sides(service, places, around.county), around)


def sides(service: Service, places: HouseholdPlaces, county: str) -> Sides:
    """Which area owns it and which helps."""
    home = places.residing or places.registered or places.camp or county
    if service.owner is Owner.COUNTER:
        return Sides(home, (), Reason.ACCOMPANIES, Reason.CARRIES)
    lies = places.registered or home if service.owner is Owner.REGISTERED else home
    owner = (township_of(lies) or lies) if service.township else lies
    carrying = {Carrier.REGISTERED: places.registered or home, Carrier.RESIDING: home, Carrier.FAMILY: owner}
    carrier = carrying[service.carrier]
    same = carrier == owner or (village_of(owner) is not None and village_of(carrier) == village_of(owner))
    return Sides(owner, () if same else (carrier,), Reason.SETTLES, Reason.CARRIES)
