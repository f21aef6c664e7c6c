"""Roles × fields: who may read and write which item of the catalogue, worked out by asking the rules themselves.

Each role is given a duty in the village of the family, once on the side where it is registered and once where it lives,
and asked as every page asks: `core/access` for the permission, `domain/sides.py` for the side.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from mulian.core.access import scope
from mulian.kernel.actor import Actor, Posting, Role
from mulian.modules.households.domain.camps import MoveKind
from mulian.modules.households.domain.catalogue import Item, Label, Side
from mulian.modules.households.domain.sides import may_read, may_write
from mulian.modules.households.permissions import Permission
from mulian.modules.households.queries.catalogue import catalogue
from mulian.modules.households.queries.standing import stands

HOME, AWAY = "632623204200", "632623100200"
"""Two villages of different townships; only their being different matters."""
LENGTHS = {Role.LIAISON: 12, Role.GRID_HEAD: 12, Role.VILLAGE_LEAD: 12, Role.TOWNSHIP_OFFICER: 9}
"""Digits of the area a role serves; all others serve the county."""
PLACES = {MoveKind.REGISTERED.value: HOME, MoveKind.RESIDING.value: AWAY}
_WHERE = {Side.REGISTERED: HOME, Side.RESIDING: AWAY}
May = Callable[[Actor], bool]


@dataclass(frozen=True)
class Cell:
    """Read and write, on the side that registered the family and on the side where it lives."""

    reads: frozenset[Side]
    writes: frozenset[Side]

    @property
    def word(self) -> str:
        """R or W on both sides, r or w on one only, · nowhere."""
        letters = ("W", "w"), ("R", "r")
        for sides, (both, one) in zip((self.writes, self.reads), letters, strict=True):
            if sides:
                return both if len(sides) == 2 else one
        return "·"


@dataclass(frozen=True)
class Line:
    """One item, paper or need, with what each role may do."""

    code: str
    name: Label
    sort: str
    sensitive: bool
    cells: dict[Role, Cell]


def table() -> list[Line]:
    """Items first, then papers, then needs, in the order of the pack."""
    found = catalogue()
    items = [
        Line(i.code, i.name, "item", i.sensitive, {role: _item(i, role) for role in Role})
        for i in found.items.values()
    ]
    papers = [
        Line(d.code, d.name, "paper", d.sensitive, {role: _paper(d.sensitive, role) for role in Role})
        for d in found.documents.values()
    ]
    needs = [
        Line(n.code, n.name, "need", True, {role: _need(role) for role in Role}) for n in found.needs.values()
    ]
    return [*items, *papers, *needs]


def actor(role: Role, village: str) -> Actor:
    """Somebody with this role and nothing else, where that role serves a village."""
    duty = Posting(id=UUID(int=1), role=role, area=village[: LENGTHS.get(role, 6)])
    return Actor(person=UUID(int=2), name="", language="", postings=(duty,))


def _item(item: Item, role: Role) -> Cell:
    """As the page asks: the sides of the reader, the sides of the writer, and whether they help the family."""

    def reads(who: Actor) -> bool:
        return may_read(item, stands(PLACES, who), _helps(who)) and scope.permitted(who, Permission.VIEW)

    def writes(who: Actor) -> bool:
        return reads(who) and may_write(item, stands(PLACES, who, permission=Permission.CHANGE))

    return _cell(role, reads, writes)


def _paper(sensitive: bool, role: Role) -> Cell:
    def reads(who: Actor) -> bool:
        return bool(stands(PLACES, who)) and (_helps(who) or not sensitive)

    def writes(who: Actor) -> bool:
        return reads(who) and bool(stands(PLACES, who, permission=Permission.CHANGE))

    return _cell(role, reads, writes)


def _need(role: Role) -> Cell:
    return _cell(role, _helps, _helps)


def _helps(who: Actor) -> bool:
    return bool(stands(PLACES, who, permission=Permission.CARE))


def _cell(role: Role, reads: May, writes: May) -> Cell:
    def sides(may: May) -> frozenset[Side]:
        return frozenset(side for side, village in _WHERE.items() if may(actor(role, village)))

    return Cell(sides(reads), sides(writes))
