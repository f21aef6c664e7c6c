"""Handing a case on: who is above, who takes a transfer, to whom a return goes, who hears of a result."""

from __future__ import annotations

from dataclasses import replace

from mulian.kernel.actor import Role
from mulian.kernel.problems import Problem
from mulian.modules.cases.domain import refusals
from mulian.modules.cases.domain.receivers import Reason, Receiver, Receivers, Standing
from mulian.modules.cases.domain.staffing import Level
from mulian.modules.cases.domain.surroundings import (
    ORDERS,
    Surroundings,
    leader_for,
    person_receiver,
    pick,
    unit_receiver,
    units_at,
)

RETURNS = 2
"""How often a case goes back; then the county decides."""
_COUNTY_DECIDES = (Level.TOWNSHIP, Level.COUNTY)


def receiver_at(
    level: Level, area: str, around: Surroundings, *, standing: Standing, reason: Reason
) -> Receiver | None:
    """Who would act at a level for a case in `area`; None where nobody is there or may be."""
    if level is Level.LEADER:
        return leader_for(area, around, standing, reason)
    for unit in units_at(level, area, around):
        if unit.code not in around.barred and (chosen := pick(unit, around)):
            return unit_receiver(unit, chosen, standing, reason)
    return None


def above(
    level: Level | None, area: str, around: Surroundings, *, reason: Reason = Reason.PASSED_UP
) -> Receiver:
    """The next responsible one above `level`, past vacant posts and conflicts; a leader in the end.

    Raises `cases.nobody_above` when even a leader is missing.
    """
    for higher in levels_above(level, around.orders):
        found = receiver_at(higher, area, around, standing=Standing.RESPONSIBLE, reason=reason)
        if found:
            return found
    raise Problem(refusals.NOBODY_ABOVE)


def supervisor(level: Level, area: str, around: Surroundings, *, reason: Reason) -> Receiver | None:
    """Who joins at a ladder step: somebody at `level`, else at the next one above where somebody fits."""
    for higher in (level, *levels_above(level, around.orders)):
        if found := receiver_at(higher, area, around, standing=Standing.WATCHING, reason=reason):
            return found
    return None


def supervising(receivers: Receivers) -> frozenset[Level]:
    """The levels that joined because the case was overdue: what the ladder calls `joined`."""
    return frozenset(each.level for each in receivers if each.reason is Reason.OVERDUE and each.level)


def levels_above(level: Level | None, orders: tuple[Level, ...] = ORDERS) -> tuple[Level, ...]:
    """The levels over one in the pack's order, a leader last; above a leader there is none."""
    if level is Level.LEADER:
        return ()
    at = orders.index(level) + 1 if level in orders else 0
    return (*(each for each in orders[at:] if each is not Level.LEADER), Level.LEADER)


def receiver_in(
    unit: str, around: Surroundings, *, standing: Standing = Standing.RESPONSIBLE,
    reason: Reason = Reason.TRANSFERRED,
) -> Receiver:  # fmt: skip
    """The person who takes a transfer to, or a whistle for, this very unit.

    Raises `cases.unit_unsuitable` when the unit is unknown, complained about, or has nobody.
    """
    found = _taker(unit, around, standing, reason)
    if found is None:
        raise Problem(refusals.UNIT_UNSUITABLE, unit=unit)
    return found


def _taker(unit: str, around: Surroundings, standing: Standing, reason: Reason) -> Receiver | None:
    """Somebody of this very unit; None when it is unknown, complained about, or has nobody."""
    known = around.staffing.units.get(unit)
    if known is None or unit in around.barred:
        return None
    chosen = pick(known, around)
    return unit_receiver(known, chosen, standing, reason) if chosen else None


def returned_to(*, sender: str | None, returns: int, area: str, around: Surroundings) -> Receiver:
    """Who gets a returned case: the sender at the first return; from the second on the county, which decides.

    `sender` is the unit that handed the case over last (None: routing itself, for which the county centre
    stands); `returns` counts earlier returns of this case. A sender that is vacant or accused gives way to
    the county, the county to a leader.
    """
    if returns == 0 and sender:
        found = _taker(sender, around, Standing.RESPONSIBLE, Reason.RETURNED)
        if found:
            return found
    reason = Reason.SECOND_RETURN if returns else Reason.RETURNED
    return to_decide(area, around, reason=reason)


def to_decide(area: str, around: Surroundings, *, reason: Reason = Reason.DISPUTED) -> Receiver:
    """Who decides whose a case is: the county centre, a leader where the centre is vacant or accused."""
    return above(Level.TOWNSHIP, area, replace(around, orders=_COUNTY_DECIDES), reason=reason)


def may_return(holder: Receiver, *, returns: int) -> bool:
    """Whether the responsible one may still send the case back; the county and leaders decide instead."""
    return returns < RETURNS and holder.level not in (Level.COUNTY, Level.LEADER)


def report_up(holder: Receiver, area: str, around: Surroundings) -> Receivers:
    """Who is told, once, that a level below solved a case: the township and county above the solver."""
    told = [
        receiver_at(level, area, around, standing=Standing.INFORMED, reason=Reason.SOLVED_BELOW)
        for level in levels_above(holder.level, around.orders)
        if level in (Level.TOWNSHIP, Level.COUNTY)
    ]
    return tuple(each for each in told if each)


def leaders(around: Surroundings, *, on_duty: bool, reason: Reason = Reason.URGENT) -> Receivers:
    """All leaders of the county, or those on duty (one stands in where the rota names none)."""
    held = [
        each
        for each in around.staffing.in_role(Role.LEADER)
        if each.area == around.county
        and each.person not in around.accused.persons
        and each.unit not in around.barred
    ]
    duty = [each for each in held if each.on_duty and not each.on_leave]
    chosen = leader_for(around.county, around, Standing.WATCHING, reason)
    if on_duty and not duty:
        return (chosen,) if chosen else ()
    return tuple(
        person_receiver(each.person, Role.LEADER, each.area, Standing.WATCHING, reason)
        for each in sorted(duty if on_duty else held, key=lambda each: str(each.person))
    )
