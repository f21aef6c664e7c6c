"""A county's ledger: how long its demo takes to make, what it holds, its pages, the platform's memory.

  python -m bench.ledger [--part 1] [--asks 30] [--keep FOLDER]

The pack's own county (dari: 31,300 people, 3,000,000 dated items), or with `--part 10` a tenth of each figure, made as
`mulian demo --scale county` makes it, on a fixed day so that its digest can be compared. On PostgreSQL where
`MULIAN_DATABASE_URL` names an empty database, else on SQLite in a folder of its own. With `--keep` the folder (and the
database) stays as it is, and a second run asks without making it.
"""

from __future__ import annotations

import argparse
import http.client
import os
import re
import resource
import shutil
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from bench import pages
from bench.recount import WHY, digest, plain_totals
from bench.table import show
from mulian.site.benching.measures import Row
from mulian.site.benching.server import Server as Measured
from mulian.site.folder import make
from tests.journeys.servers import Server

ROOT = Path(__file__).resolve().parents[1]
DAY = "2026-11-22T10:00:00+08:00"
PARTED = ("qualified", "serving", "households", "people", "items", "grid_areas")
"""Figures of a pack that a part of its county has fewer of."""
SEED_GOAL, MEMORY_GOAL = 600.0, 600.0
"""Seconds; MB."""


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m bench.ledger",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--pack", default="dari")
    parser.add_argument("--part", type=int, default=1)
    parser.add_argument("--asks", type=int, default=30)
    parser.add_argument("--keep", type=Path)
    wanted = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="mulian-ledger-") as folder:
        kept = (wanted.keep or Path(folder)).absolute()
        make(kept)
        os.environ |= {
            "MULIAN_DATA": str(kept),
            "MULIAN_PACK": wanted.pack,
            "MULIAN_PACKS": str(_packs(kept, wanted.pack, wanted.part)),
            "MULIAN_DEMO": "true",
            "MULIAN_CLOCK": f"{DAY}|1.0|{datetime.now(UTC).isoformat()}",
            "DJANGO_SETTINGS_MODULE": "mulian.settings",
        }
        show("making the county", _made(kept))
        show("what it holds", _held(wanted.part))
        show("its pages", pages.rows(wanted.asks))
        show("serving it", _served(kept, wanted.pack, wanted.asks))
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


def _made(folder: Path) -> Iterator[Row]:
    from mulian.site import preparing  # noqa: PLC0415 -- needs the environment

    fresh = not (folder / preparing.SEEDED).exists()
    began, cpu = time.monotonic(), time.process_time()
    preparing.prepare(scale="county", base_url="http://127.0.0.1:8000")
    took = time.monotonic() - began
    if fresh:
        figure = f"{took:.0f} s, CPU {time.process_time() - cpu:.0f} s"
        yield Row(
            "database, places, people, everything told", figure, f"≤ {SEED_GOAL:.0f} s", took <= SEED_GOAL
        )
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        yield Row(
            "memory at most meanwhile", f"{most:.0f} MB", f"≤ {MEMORY_GOAL:.0f} MB", most <= MEMORY_GOAL
        )


def _held(part: int) -> Iterator[Row]:
    """The pack's own figures are met to the last one; a page's totals are those of a plain count."""
    from mulian.core import packs  # noqa: PLC0415 -- needs Django
    from mulian.core.access.models import Posting  # noqa: PLC0415 -- as above
    from mulian.core.areas.models import Area  # noqa: PLC0415 -- as above
    from mulian.kernel import clock  # noqa: PLC0415 -- as above
    from mulian.kernel.clock import CN  # noqa: PLC0415 -- as above
    from mulian.modules.households.models import Household, Item, Member  # noqa: PLC0415 -- as above

    stated = packs.current().part("liaisons")["seed"]
    counted = {
        "people": Member.unscoped.because(WHY).count(),
        "households": Household.unscoped.because(WHY).count(),
        "serving": Posting.objects.filter(role="liaison").values("person").distinct().count(),
        "grid_areas": Area.objects.filter(level="grid").count(),
        "items": Item.unscoped.because(WHY).count(),
    }
    for name, count in counted.items():
        goal = f"{stated[name]:,}" if part == 1 else ""
        yield Row(name.replace("_", " "), f"{count:,}", goal, count == stated[name] if goal else None)
    yield Row("digest of families, members and items", digest())
    now = clock.now()
    yield _equal(now, now.astimezone(CN).date())


def _equal(now: datetime, today: date) -> Row:
    from mulian.core.areas.queries import root  # noqa: PLC0415 -- needs Django
    from mulian.modules.households.queries.totals import counted  # noqa: PLC0415 -- as above

    county = root()
    assert county is not None
    kept = {
        code: (t.households, t.people, t.herd, t.needs) for code, t in counted(county.code, today).items()
    }
    plain = plain_totals(now)
    wrong = sum(kept.get(code) != plain.get(code) for code in {*kept, *plain})
    whole = [sum(each) for each in zip(*plain.values(), strict=True)]
    said = "{:,} households, {:,} people, {:,} animals, {:,} needs".format(*whole)
    return Row(
        f"totals of {len(plain)} areas beside a plain count",
        f"{wrong} differ; {said}",
        "0 differ",
        wrong == 0,
    )


def _served(folder: Path, pack: str, asks: int) -> Iterator[Row]:
    """A server of its own on the same folder, asked over HTTP by those who may."""
    from django.conf import settings  # noqa: PLC0415 -- needs Django
    from django.db import connections  # noqa: PLC0415 -- as above

    cookie = settings.SESSION_COOKIE_NAME
    people = [pages.client(who) for who in ("township_officer", "village_lead", "leader")]
    sessions = [f"{cookie}={each.cookies[cookie].value}" for each in people]
    connections.close_all()
    url = os.environ.get("MULIAN_DATABASE_URL", "")
    os.environ.pop("MULIAN_CLOCK", None)
    server = Server(folder, url, ("--pack", pack, "--scale", "county", "--at", DAY))
    server.start(300)
    try:
        assert server.process is not None
        for session in sessions:
            _asked(server.port, session, asks)
        name = "PostgreSQL" if url.startswith("postgres") else "SQLite"
        memory = Measured(server.port, server.process.pid, folder, (), "", name).memory_mb()
        goal = f"≤ {MEMORY_GOAL:.0f} MB"
        yield Row("memory of the whole platform (PSS)", f"{memory:.0f} MB", goal, memory <= MEMORY_GOAL)
    finally:
        server.stop()


def _asked(port: int, session: str, asks: int) -> None:
    """Totals, freshness and the ledger, on one connection; the ledger is not every role's."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    for path in ["/households/totals/", "/households/fresh/", "/households/"] * asks:
        connection.request("GET", path, headers={"Cookie": session})
        answer = connection.getresponse()
        answer.read()
        assert answer.status in (200, 403), (path, answer.status, answer.headers["Location"])
    connection.close()


if __name__ == "__main__":
    raise SystemExit(main())
