"""A county's ledger: how long its demo takes to make, and its pages: `python -m bench.ledger [--part 1] [--asks 30]`.

The pack's own county (dari: 31,300 people, 3,000,000 dated items), or with `--part 10` a tenth of each figure. Then
households, the township's list, what is fresh and the county's totals are asked again and again, in-process,
rendered whole; beside the time by the clock stands what this process computed.

On PostgreSQL where `MULIAN_DATABASE_URL` names an empty database, else on SQLite in a folder of its own. With
`--keep` the folder (or the database) stays as it is and a second run asks without making it.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.inbox import _timed
from bench.table import at, show
from mulian.site.benching.measures import Row

ROOT = Path(__file__).resolve().parents[1]
PARTED = ("serving", "households", "people", "items", "grid_areas")
"""Figures of a pack that a part of its county has fewer of."""
SEED_GOAL = 600.0
"""Seconds."""
PAGES = 40
"""Different households asked for: one page alone would be in every cache."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.ledger", description=__doc__)
    parser.add_argument("--pack", default="dari")
    parser.add_argument("--part", type=int, default=1)
    parser.add_argument("--asks", type=int, default=30)
    parser.add_argument("--keep", type=Path)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        kept = wanted.keep or Path(folder)
        kept.mkdir(parents=True, exist_ok=True)
        os.environ |= {
            "MULIAN_DATA": str(kept),
            "MULIAN_PACK": wanted.pack,
            "MULIAN_PACKS": str(_packs(kept, wanted.pack, wanted.part)),
            "DJANGO_SETTINGS_MODULE": "mulian.settings",
        }
        from mulian.site import preparing  # noqa: PLC0415 -- needs the environment

        preparing.setup()
        show("making the county", _made())
        show("its pages", _ask(wanted.asks))
    return 0


def _packs(folder: Path, pack: str, part: int) -> Path:
    """The shipped packs, or copies of them with a part of the county's figures."""
    if part == 1:
        return ROOT / "packs"
    copied = folder / "packs"
    if not copied.exists():
        shutil.copytree(ROOT / "packs", copied)
        path = copied / pack / "liaisons.toml"
        lines = "|".join(PARTED)
        text = re.sub(
            rf"^({lines}) = (\d+)", lambda m: f"{m[1]} = {int(m[2]) // part}", path.read_text(), flags=re.M
        )
        path.write_text(text)
    return copied


def _made() -> Iterator[Row]:
    from mulian.modules.households.models import Household, Item, Member  # noqa: PLC0415 -- needs Django
    from mulian.site import preparing  # noqa: PLC0415 -- as above

    preparing._migrate()
    why = "a bench counts"
    if not Household.unscoped.because(why).exists():
        preparing._load_pack()
        began, cpu = time.monotonic(), time.process_time()
        preparing._seed("county")
        took = time.monotonic() - began
        figure = f"{took:.0f} s, CPU {time.process_time() - cpu:.0f} s"
        yield Row("seeded", figure, f"≤ {SEED_GOAL:.0f} s", took <= SEED_GOAL)
        yield Row("memory at most", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    for model in (Household, Member, Item):
        yield Row(model.__name__.lower() + "s", f"{model.unscoped.because(why).count():,}")


def _ask(asks: int) -> Iterator[Row]:
    from mulian.core import packs  # noqa: PLC0415 -- needs Django
    from mulian.modules.households.models import Household  # noqa: PLC0415 -- as above
    from mulian.modules.households.seed.plan import demo_township  # noqa: PLC0415 -- as above

    home = demo_township(packs.current())
    rows = Household.unscoped.because("a bench asks for some").filter(number__startswith=f"{home[6:9]}")
    some = list(rows.order_by("id").values_list("id", flat=True)[:PAGES])
    officer, leader = _client("township_officer"), _client("leader")
    yield _row("page of a household", officer, [f"/households/{id}/" for id in some], 1, 0.150)
    yield _row(
        "its history a year ago",
        officer,
        [f"/households/{id}/history/?on=2025-11-22" for id in some],
        1,
        0.150,
    )
    yield _row("list of the township", officer, ["/households/", "/households/?page=2"], asks, 0.200)
    yield _row("list, by a name", officer, ["/households/?q=才扎"], asks, 0.200)
    yield _row("what is fresh or stale", officer, ["/households/fresh/"], max(3, asks // 5), None)
    yield _row("totals of the county", leader, ["/households/totals/"], asks, 0.300)
    yield _row("totals of the county, a year ago", leader, ["/households/totals/?on=2025-11-22"], asks, 0.300)
    yield _row("totals of the township", officer, ["/households/totals/"], asks, 0.300)


def _client(username: str) -> Any:
    from django.test import Client  # noqa: PLC0415 -- needs Django

    from mulian.core.access.models import Person  # noqa: PLC0415 -- as above

    client = Client(headers={"Host": "127.0.0.1"})
    client.force_login(Person.objects.get(username=username))
    return client


def _row(what: str, client: Any, paths: list[str], asks: int, goal: float | None) -> Row:
    timed = [_timed(client, path, asks) for path in paths]
    seconds, computed = [s for each, _ in timed for s in each], [c for _, each in timed for c in each]
    worst = at(0.95, seconds)
    figure = f"p50 {at(0.5, seconds) * 1000:.0f}, p95 {worst * 1000:.0f}, CPU p95 {at(0.95, computed) * 1000:.0f} ms"
    wanted = f"p95 ≤ {goal * 1000:.0f} ms" if goal else ""
    return Row(what, figure, wanted, worst <= goal if goal else None)


if __name__ == "__main__":
    raise SystemExit(main())
