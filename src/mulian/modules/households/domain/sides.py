"""Dual management: which side of a household a duty stands on, and what each side writes and reads.

A family registered in one village and living in another has one owner for each fact: entitlements are kept by
the village it is registered in, the dwelling and daily life by where it lives. Where both are one village, its
people keep everything.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from mulian.modules.households.domain.camps import MoveKind
from mulian.modules.households.domain.catalogue import Item, Side

VILLAGE = 12
BOTH = frozenset(Side)


def sides(places: Mapping[str, str], duties: Iterable[str]) -> frozenset[Side]:
    """The sides of a household (kind of place → area code) on which any of the duties (area codes) stand."""
    home = places.get(MoveKind.REGISTERED)
    lives = {code for kind, code in places.items() if kind != MoveKind.REGISTERED} or {home or ""}
    reach = tuple(duties)
    reached = {code for code in places.values() if any(code.startswith(duty) for duty in reach)}
    found: set[Side] = set()
    if home and any(code.startswith(home[:VILLAGE]) for code in reached):
        found.add(Side.REGISTERED)
    if reached & lives:
        found.add(Side.RESIDING)
    return frozenset(found)


def may_write(item: Item, standing: frozenset[Side]) -> bool:
    """Each fact has one owner."""
    return item.owner in standing


def may_read(item: Item, standing: frozenset[Side], cares: bool) -> bool:
    """The other side reads what is shared; what is sensitive only those who help the family (`cares`)."""
    return (item.shared or item.owner in standing) and (cares or not item.sensitive)
