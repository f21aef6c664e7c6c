"""How many households, people and liaisons each village of the demo gets, from the pack's [seed] figures.

A pack states the figures of its demo township (gande) or, when it also counts its townships, of the whole county
(dari). What it does not state follows from the range of households one liaison serves and 3.78 people a family
(4,292 / 1,136 in the reports on 江千乡).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from mulian.core.packs import AreaRow, Pack

PEOPLE_PER_HOUSEHOLD = 4292 / 1136
QUALIFIED_PER_SERVING = 242 / 150
MOST_LIAISONS_A_GRID = 3
DUAL_SHARE = 0.03
DUAL_TOWN_SHARE_KEY = "herders_in_town_of_10000"


@dataclass(frozen=True)
class Figures:
    """Totals of some area."""

    households: int
    people: int
    qualified: int
    serving: int


@dataclass(frozen=True)
class VillagePlan:
    """One village: households and people registered, how many of them live in town, how many come from elsewhere."""

    village: str
    households: int
    people: int
    dual: int = 0
    incoming: int = 0
    serving: int = 0
    qualified: int = 0
    grids: int = 0

    @property
    def residents(self) -> int:
        return self.households - self.dual + self.incoming


@dataclass(frozen=True)
class Plan:
    """The villages to fill, the demo township's first. `items`: dated items told in all, 0 for as many as there are."""

    pack: str
    low: int
    high: int
    liaisons_a_grid: int
    villages: tuple[VillagePlan, ...]
    town: tuple[str, ...]
    items: int = 0


def make_plan(pack: Pack, scale: str) -> Plan:
    """`scale` is "township" (the pack's demo township, and who of it lives in the county town) or "county"."""
    limits = pack.part("liaisons")
    low, high = int(limits.get("households_min", 5)), int(limits.get("households_max", 12))
    stated: Mapping[str, Any] = limits.get("seed", {})
    share = int(stated.get(DUAL_TOWN_SHARE_KEY, DUAL_SHARE * 10_000)) / 10_000
    town = _town(pack, demo_township(pack))
    groups = _groups(pack, scale, stated_figures(stated, low, high), counts_county(stated), share)
    registered = [_registered(pack.code, villages, figures, share, town) for villages, figures in groups]
    middle = (low + high) / 2
    coming = _coming(town, sum(plan.dual for group in registered for plan in group), middle)
    plans = [
        plan
        for group, (_, figures) in zip(registered, groups, strict=True)
        for plan in _served([replace(p, incoming=coming.get(p.village, 0)) for p in group], figures)
    ]
    planned = {plan.village for plan in plans}
    plans += [_guest(village, count, middle) for village, count in coming.items() if village not in planned]
    of_county = scale == "county" and counts_county(stated)
    each, grids = liaisons_a_grid(stated), int(stated.get("grid_areas", 0)) if of_county else 0
    items = int(stated.get("items", 0)) if of_county else 0
    return Plan(pack.code, low, high, each, tuple(_gridded(plans, each, grids)), town, items)


def _gridded(plans: Sequence[VillagePlan], each: int, stated: int) -> list[VillagePlan]:
    """Grid areas of each village: as many as the pack states where each has about so many liaisons, else one for each
    few of them.
    """
    needed = [-(-plan.serving // each) for plan in plans]
    if stated and sum(needed) * each // 2 < stated * each <= sum(plan.serving for plan in plans):
        found = shares(stated - len(plans), [float(plan.serving) for plan in plans])
        needed = [count + 1 for count in found]
    return [replace(plan, grids=count) for plan, count in zip(plans, needed, strict=True)]


def _groups(
    pack: Pack, scale: str, stated: Figures, of_county: bool, share: float
) -> list[tuple[list[str], Figures]]:
    """Villages that share one set of figures: the township and the rest, or the county as a whole."""
    home = demo_township(pack)
    every = _villages(pack)
    near = [code for code in every if code.startswith(home)]
    far = [code for code in every if not code.startswith(home)]
    if not of_county:
        rest = [(far, _scaled(stated, len(far), len(near)))] if scale == "county" and far else []
        return [(near, stated), *rest]
    if scale == "county":
        return [([*near, *far], stated)]
    part = _scaled(stated, len(near), len(every))
    return [(near, replace(part, serving=max(1, round(part.serving * (1 - share)))))]


def demo_township(pack: Pack) -> str:
    """The pack's choice, else its first township that has villages."""
    chosen = str(pack.part("pack").get("demo_township", ""))
    return chosen or _villages(pack)[0][:9]


def liaisons_a_grid(seed: Mapping[str, Any]) -> int:
    """Where a pack counts grid areas, several liaisons share one (dari: about three herder chiefs an area)."""
    areas, serving = int(seed.get("grid_areas", 0)), int(seed.get("serving", 0))
    return max(1, min(MOST_LIAISONS_A_GRID, round(serving / areas))) if areas else 1


def _villages(pack: Pack) -> list[str]:
    return sorted(area.code for area in pack.area_rows() if area.level == "village")


def counts_county(seed: Mapping[str, Any]) -> bool:
    """A pack that counts townships speaks of the whole county."""
    return "townships" in seed or "far_townships" in seed


def stated_figures(seed: Mapping[str, Any], low: int, high: int) -> Figures:
    """The pack's figures; those that cannot go together are replaced, liaisons being counted best."""
    serving = int(seed.get("serving", 50))
    households = int(seed.get("households", 0))
    served_by = {serving, int(seed.get("grid_areas", serving))}
    if not any(low <= households / count <= high for count in served_by):
        households = serving * (low + high) // 2
    people = int(seed.get("people", 0))
    if not 2 <= people / households <= 8:
        people = round(households * PEOPLE_PER_HOUSEHOLD)
    qualified = int(seed.get("qualified", round(serving * QUALIFIED_PER_SERVING)))
    return Figures(households, people, max(qualified, serving), serving)


def _scaled(figures: Figures, part: int, whole: int) -> Figures:
    return Figures(*(round(value * part / whole) for value in _tuple(figures)))


def _tuple(figures: Figures) -> tuple[int, int, int, int]:
    return figures.households, figures.people, figures.qualified, figures.serving


def _registered(
    seed: str, villages: Sequence[str], total: Figures, dual: float, town: Sequence[str]
) -> list[VillagePlan]:
    """Villages differ in size; each has its share of the households, people, and of those who moved to town."""
    random = Random(f"mulian:plan:{seed}:{villages[0]}")
    weights = [random.uniform(0.8, 1.2) for _ in villages]
    rows = zip(villages, shares(total.households, weights), shares(total.people, weights), strict=True)
    return [
        VillagePlan(village, households, people, 0 if village in town else round(households * dual))
        for village, households, people in rows
    ]


def _coming(town: Sequence[str], moved: int, middle: float) -> dict[str, int]:
    """village of the town → households from elsewhere that live there; few of them live in one village."""
    taken = town[: max(1, int(moved / middle))] if moved else ()
    return dict(zip(taken, shares(moved, [1.0] * len(taken)), strict=True))


def _served(plans: Sequence[VillagePlan], total: Figures) -> list[VillagePlan]:
    """Liaisons go where households live, so that none is overloaded."""
    residents = [float(plan.residents) for plan in plans]
    rows = zip(plans, shares(total.serving, residents), shares(total.qualified, residents), strict=True)
    return [replace(plan, serving=serving, qualified=max(serving, q)) for plan, serving, q in rows]


def _guest(village: str, incoming: int, middle: float) -> VillagePlan:
    """A village outside the plan that only takes in those who moved to town."""
    serving = max(1, round(incoming / middle))
    return VillagePlan(village, 0, 0, incoming=incoming, serving=serving, qualified=serving)


def shares(total: int, weights: Sequence[float]) -> list[int]:
    """`total` in whole parts by weight, the largest remainders first; the sum is exact."""
    if not weights:
        return []
    exact = [total * weight / sum(weights) for weight in weights]
    parts = [int(value) for value in exact]
    order = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], i))
    for i in order[: total - sum(parts)]:
        parts[i] += 1
    return parts


def _town(pack: Pack, home: str) -> tuple[str, ...]:
    """The villages and communities of the county town: the first town that is not the demo township."""
    rows = [a for a in pack.area_rows() if a.level == "township" and a.code != home]
    rows.sort(key=lambda a: (a.kind not in ("town", "subdistrict"), a.code))
    inside = ([v for v in pack.area_rows() if v.level == "village" and v.parent == row.code] for row in rows)
    found: list[AreaRow] = next((villages for villages in inside if villages), [])
    communities = [v.code for v in found if v.kind == "community"] or [v.code for v in found]
    return tuple(sorted(communities)[:3])
