"""Receivers of a case: who stands how towards it, and why. Exactly one is responsible at any time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID

from mulian.kernel.actor import Role
from mulian.modules.cases.domain.staffing import Level

Receivers = tuple["Receiver", ...]


class Standing(StrEnum):
    """How a receiver stands towards the case, strongest first."""

    RESPONSIBLE = "responsible"
    HELPER = "helper"
    WATCHING = "watching"
    INFORMED = "informed"


_STRENGTH = {standing: rank for rank, standing in enumerate(Standing)}


class Reason(StrEnum):
    """Why me: shown to every receiver in a sentence."""

    PLACE = "place"
    REGISTERED = "registered"
    RESIDING = "residing"
    SECOND_PLACE = "second_place"
    KNOWN_TO_TOWNSHIP = "known_to_township"
    KNOWN_TO_COUNTY = "known_to_county"
    BEYOND_COUNTY = "beyond_county"
    COUNTY_WATCHES = "county_watches"
    DEPARTMENT_AT_ONCE = "department_at_once"
    GRID_HEAD = "grid_head"
    POST_VACANT = "post_vacant"
    DEPUTY = "deputy"
    CONFLICT = "conflict"
    PASSED_UP = "passed_up"
    TRANSFERRED = "transferred"
    RETURNED = "returned"
    SECOND_RETURN = "second_return"
    DISPUTED = "disputed"
    ASSIGNED = "assigned"
    JOINED = "joined"
    WHISTLED = "whistled"
    WHISTLES = "whistles"
    ATTEMPTS = "attempts"
    OVERDUE = "overdue"
    ASKED = "asked"
    URGENT = "urgent"
    SOLVED_BELOW = "solved_below"
    EARLIER = "earlier"
    SETTLES = "settles"
    CARRIES = "carries"
    ACCOMPANIES = "accompanies"


SERVICE = frozenset({Reason.SETTLES, Reason.CARRIES, Reason.ACCOMPANIES})
"""Reasons of a service: who decides, who carries the papers, who goes along to a counter."""
JOINT = frozenset({Reason.WHISTLED, Reason.WHISTLES})
"""Reasons of those who work on one case together: they stay helpers whoever becomes responsible."""


@dataclass(frozen=True, kw_only=True)
class Receiver:
    """One unit with a named person, or a person without a unit (`unit` None: a grid head or a leader).

    `person` is None only where a unit must be told although nobody holds a post there; that is also a gap.
    """

    area: str
    standing: Standing
    reason: Reason
    unit: str | None = None
    person: UUID | None = None
    role: Role | None = None
    level: Level | None = None
    deputises_for: UUID | None = None

    @property
    def key(self) -> str:
        """What makes two receivers the same: the unit, else the person, else the area."""
        return self.unit or (str(self.person) if self.person else self.area)

    def standing_as(self, standing: Standing, reason: Reason) -> Receiver:
        """The same receiver in another standing."""
        return replace(self, standing=standing, reason=reason)


def responsible(receivers: Iterable[Receiver]) -> Receiver:
    """The one responsible receiver. ValueError when there is none or more than one."""
    (one,) = [each for each in receivers if each.standing is Standing.RESPONSIBLE]
    return one


def strongest(receivers: Iterable[Receiver]) -> Receivers:
    """One receiver per unit or person: the strongest standing, the first reason; strongest first."""
    best: dict[str, Receiver] = {}
    for receiver in receivers:
        held = best.get(receiver.key)
        if held is None or _STRENGTH[receiver.standing] < _STRENGTH[held.standing]:
            best[receiver.key] = receiver
    return tuple(sorted(best.values(), key=lambda each: _STRENGTH[each.standing]))


def hand_over(receivers: Receivers, to: Receiver) -> Receivers:
    """Make `to` the responsible one; the earlier stays informed, the county centre goes back to watching."""
    others = [_stepped_back(each) for each in receivers if each.key != to.key]
    return strongest([replace(to, standing=Standing.RESPONSIBLE), *others])


def join(receivers: Receivers, extra: Receiver) -> Receivers:
    """Add a receiver that supervises or is informed; one that already stands as strong keeps its reason.

    A receiver that watched anyway and now joins for a weightier cause (overdue, urgent) shows the new reason.
    """
    if extra.standing is Standing.RESPONSIBLE:
        raise ValueError("use hand_over to change who is responsible")
    held = next((each for each in receivers if each.key == extra.key), None)
    if held and held.standing is extra.standing:
        return tuple(replace(each, reason=extra.reason) if each is held else each for each in receivers)
    return strongest([*receivers, extra])


def reroute(earlier: Receivers, fresh: Receivers, *, keep_owner: bool) -> Receivers:
    """Receivers after the place or topic changed: new ones come in, earlier ones stay informed.

    With `keep_owner` (somebody already passed, transferred or returned the case) the responsible one stays.
    A unit responsible before and after keeps its named person.
    """
    owner = responsible(earlier)
    if keep_owner:
        rest = [_stepped_back(each, Reason.PLACE) for each in fresh if each.key != owner.key]
        return strongest([owner, *rest, *(_as_earlier(each) for each in earlier if each.key != owner.key)])
    chosen = responsible(fresh)
    if chosen.key == owner.key:
        fresh = strongest([owner, *(each for each in fresh if each.key != owner.key)])
    return strongest([*fresh, *(_as_earlier(each) for each in earlier)])


def _stepped_back(receiver: Receiver, reason: Reason = Reason.EARLIER) -> Receiver:
    if receiver.standing is not Standing.RESPONSIBLE:
        return receiver
    if receiver.level is Level.COUNTY:
        return receiver.standing_as(Standing.WATCHING, Reason.COUNTY_WATCHES)
    return receiver.standing_as(Standing.INFORMED, reason)


def _as_earlier(receiver: Receiver) -> Receiver:
    if receiver.standing is Standing.HELPER and receiver.reason in JOINT:
        return receiver
    if receiver.level is Level.COUNTY and receiver.standing is not Standing.RESPONSIBLE:
        return receiver
    if receiver.level is Level.COUNTY:
        return receiver.standing_as(Standing.WATCHING, Reason.COUNTY_WATCHES)
    return receiver.standing_as(Standing.INFORMED, Reason.EARLIER)
