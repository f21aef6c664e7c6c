"""`python -m bench.moves [--households N]`: a year of moves, told late, twice and out of order, against brute force.

Every household moves five times; what is told arrives days or weeks later, in any order, some of it twice. Then, for
days all over the year, "where was this household, since when, who said so and when was that heard?" is compared with
what a plain look through the whole list of what was told gives. One difference ends the run with code 1. On SQLite two
processes take half of the households each.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid5

from bench import empty
from bench.table import show
from mulian.site.benching.measures import Row

MOVES = 5
DAY = timedelta(days=1)
YEAR = 365
END = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
TWICE, NEVER_LATE = 0.15, 0.3
"""How often a telling comes again, and how often one is told on the day itself."""
LATEST = 60
"""Days after which the last news of a move arrive."""
A_GRID = 12
"""Households of a grid area."""
_NAMES = UUID("0199d000-0000-7000-8000-000000000000")


@dataclass(frozen=True)
class News:
    """One telling: of whom, which kind of place, from when on, where to (None: left the camp), when it was heard."""

    household: UUID
    kind: str
    since: datetime
    area: str | None
    heard: datetime


def news(chance: Random, household: UUID, areas: Sequence[str]) -> list[News]:
    """A year of one household: five moves, each told once or twice."""
    found = []
    for _ in range(MOVES):
        since = END - timedelta(days=chance.randint(1, YEAR), minutes=chance.randint(0, 1400))
        late = 0 if chance.random() < NEVER_LATE else chance.randint(1, LATEST)
        heard = min(since + timedelta(days=late, minutes=chance.randint(1, 300)), END)
        kind = "residing" if chance.random() < 0.15 else "camp"
        area = chance.choice(areas) if kind == "residing" or chance.random() < 0.8 else None
        found.append(News(household, kind, since, area, heard))
        if chance.random() < TWICE:
            again = min(heard + timedelta(days=chance.randint(0, 20)), END)
            found.append(News(household, kind, since, area, again))
    return found


def arrival(told: Sequence[News], chance: Random) -> list[News]:
    """In the order the county hears it; what is heard in one minute, in any order."""
    return sorted(told, key=lambda one: (one.heard.replace(second=0, microsecond=0), chance.random()))


def oracle(told: Sequence[News], moment: datetime) -> dict[str, tuple[str, datetime, datetime]]:
    """kind → (where, since when, when that was heard first), by looking through everything; `told` as it arrived."""
    found = {}
    for kind in sorted({one.kind for one in told}):
        mine = [(one.since, turn, one) for turn, one in enumerate(told) if one.kind == kind]
        reached = [each for each in mine if each[0] <= moment]
        if not reached:
            continue
        last = max(reached)[2]
        if last.area is None:
            continue
        steps = {since: one for since, _, one in sorted(reached, key=lambda each: each[:2])}
        began = last.since
        for since, one in sorted(steps.items(), reverse=True):
            if one.area != last.area:
                break
            began = since
        heard = min(one.heard for one in told if (one.kind, one.since, one.area) == (kind, began, last.area))
        found[kind] = (last.area, began, heard)
    return found


def tell(told: Sequence[News]) -> None:
    """Through the ordinary action, one after the other as it arrived."""
    from mulian.kernel.actor import SYSTEM  # noqa: PLC0415 -- needs Django
    from mulian.modules.households import actions  # noqa: PLC0415 -- as above
    from mulian.modules.households.domain.camps import MoveKind  # noqa: PLC0415 -- as above

    for one in told:
        actions.move_household(
            household=one.household, kind=MoveKind(one.kind), area=one.area, effective=one.since,
            actor=SYSTEM, at=one.heard,
        )  # fmt: skip


def differences(told: Sequence[News], moments: Sequence[datetime]) -> list[tuple[UUID, datetime, Any, Any]]:
    """(household, moment, what the register says, what is true) wherever the two differ."""
    from mulian.modules.households.queries.where import stood  # noqa: PLC0415 -- needs Django

    by: dict[UUID, list[News]] = {}
    for one in told:
        by.setdefault(one.household, []).append(one)
    wrong = []
    for moment in moments:
        for household, answer in stood(by, moment).items():
            said = {
                kind.value: (place.area, place.since, place.told_at) for kind, place in answer.places.items()
            }
            true = oracle(by[household], moment)
            if said != true:
                wrong.append((household, moment, said, true))
    return wrong


FOUNDED = END - timedelta(days=YEAR + 30)
"""When the households were registered."""


def settle(count: int, villages: Sequence[str], grids: Sequence[str]) -> list[News]:
    """So many households, registered long before; their first places are the first that was told of them."""
    from mulian.kernel.actor import SYSTEM  # noqa: PLC0415 -- needs Django
    from mulian.modules.households import actions  # noqa: PLC0415 -- as above

    found = []
    for number in range(count):
        id, village, grid = (
            uuid5(_NAMES, str(number)),
            villages[number % len(villages)],
            grids[number % len(grids)],
        )
        actions.register_household(
            id=id, name="合成", village=village, residing=grid, actor=SYSTEM, at=FOUNDED
        )
        found.append(News(id, "registered", FOUNDED, village, FOUNDED))
        found.append(News(id, "residing", FOUNDED, grid, FOUNDED))
    return found


def year(founded: Sequence[News], areas: Sequence[str], seed: int) -> list[News]:
    """Everything told in a year of these households, as it arrived."""
    chance = Random(seed)
    households = dict.fromkeys(one.household for one in founded)
    return arrival([one for id in households for one in news(chance, id, areas)], chance)


def days(count: int, seed: int) -> list[datetime]:
    """Moments all over the year."""
    chance = Random(seed)
    return [END - timedelta(minutes=chance.randint(0, (YEAR + 20) * 1440)) for _ in range(count)]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.moves", description=__doc__)
    parser.add_argument("--households", type=int, default=10_000)
    parser.add_argument("--days", type=int, default=60)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--parts", type=int, default=1 if os.environ.get("MULIAN_DATABASE_URL") else 2)
    wanted = parser.parse_args()
    if wanted.parts > 1:
        return _parted(wanted.households // wanted.parts, wanted.days, wanted.seed, wanted.parts)
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "MULIAN_DATA": folder,
            "MULIAN_PACK": "gande",
            "DJANGO_SETTINGS_MODULE": "mulian.settings",
        }
        empty.ready()
        return _run(wanted.households, wanted.days, wanted.seed)


def _parted(count: int, days: int, seed: int, parts: int) -> int:
    """Households have nothing to do with each other: each part in a process and an empty folder of its own."""
    command = [
        sys.executable,
        "-m",
        "bench.moves",
        "--parts",
        "1",
        "--households",
        str(count),
        "--days",
        str(days),
    ]
    running = [subprocess.Popen([*command, "--seed", str(seed + part)]) for part in range(parts)]
    return max(each.wait() for each in running)


def _areas(count: int) -> tuple[list[str], list[str]]:
    """The pack's villages, and as many grid areas as so many households have: no liaison serves 2,500 families."""
    from mulian.core.areas.models import Area  # noqa: PLC0415 -- needs Django
    from tests.world import load_areas  # noqa: PLC0415 -- as above

    load_areas(FOUNDED - DAY)
    villages = sorted(Area.objects.filter(level="village").values_list("code", flat=True))
    wanted = range(max(count // A_GRID, len(villages)))
    grids = [f"{villages[turn % len(villages)]}G{100 + turn // len(villages)}" for turn in wanted]
    Area.objects.bulk_create(
        Area(code=code, parent_id=code[:12], level="grid", name_zh=code, valid_from=FOUNDED - DAY)
        for code in grids
    )
    return villages, grids


def _run(count: int, many: int, seed: int) -> int:
    from django.db import transaction  # noqa: PLC0415 -- needs Django

    began, cpu = time.perf_counter(), time.process_time()
    with transaction.atomic():
        villages, grids = _areas(count)
    with transaction.atomic():
        founded = settle(count, villages, grids)
    took, cpu = time.perf_counter() - began, time.process_time() - cpu
    figure = f"{took:.0f} s, CPU {1000 * cpu / count:.1f} ms each"
    show("to begin with", [Row(f"{count:,} households registered in {len(grids):,} grid areas", figure)])
    told = year(founded, (*grids, *villages), seed)
    began, cpu = time.perf_counter(), time.process_time()
    for first in range(0, len(told), 500):
        with transaction.atomic():
            tell(told[first : first + 500])
    took, cpu = time.perf_counter() - began, time.process_time() - cpu
    figure = f"{took:.0f} s, CPU {1000 * cpu / len(told):.1f} ms each"
    show(f"a year of {count:,} households", [Row(f"{len(told):,} tellings of {MOVES} moves each", figure)])
    wrong = differences([*founded, *told], days(many, seed))
    asked = f"{count * many:,} answers beside a plain look through everything"
    show("where they were", [Row(asked, f"{len(wrong)} differ", "0 differ", not wrong)])
    for each in wrong[:5]:
        print(*each, sep="\n  ")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
