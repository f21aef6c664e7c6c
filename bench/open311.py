"""The public list over a county's years: `python -m bench.open311 [--cases 200000] [--asks 40]`.

Cases of every public topic lie over 180 days and all villages; a tenth is tied to a family, a third is closed, the
newest tenth has steps in the log. Each kind of question is asked again and again, in-process, answers read whole.

On PostgreSQL where `MULIAN_DATABASE_URL` names an empty database, else on SQLite in a folder of its own.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from bench import empty
from bench.table import at, show
from mulian.site.benching.measures import Row

GOAL = 0.5
"""Seconds, p95, for the longest list the standard allows (1,000 requests of 90 days)."""
DAYS = 180


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.open311", description=__doc__)
    parser.add_argument("--cases", type=int, default=200_000)
    parser.add_argument("--asks", type=int, default=40)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "MULIAN_DATA": folder,
            "MULIAN_PACK": "gande",
            "DJANGO_SETTINGS_MODULE": "mulian.settings",
        }
        empty.ready()
        began = time.monotonic()
        number = _fill(wanted.cases)
        print(f"{wanted.cases} cases written in {time.monotonic() - began:.0f} s")
        show("Open311 GeoReport v2", _ask(number, wanted.asks))
    return 0


def _fill(cases: int) -> str:
    """Copies of one real report; answers the number of the newest."""
    from django.db import transaction  # noqa: PLC0415 -- needs Django

    from mulian.core.areas.models import Area  # noqa: PLC0415 -- as above
    from mulian.core.database.rows import insert  # noqa: PLC0415 -- as above
    from mulian.core.events.log import append  # noqa: PLC0415 -- as above
    from mulian.gateways.open311.queries.catalogue import listed  # noqa: PLC0415 -- as above
    from mulian.kernel.actor import SYSTEM  # noqa: PLC0415 -- as above
    from mulian.kernel.ids import uuid7  # noqa: PLC0415 -- as above
    from mulian.modules.cases.actions import reporting  # noqa: PLC0415 -- as above
    from mulian.modules.cases.events import CaseTaken  # noqa: PLC0415 -- as above
    from mulian.modules.cases.models import Case  # noqa: PLC0415 -- as above

    now, chance = datetime.now(UTC), Random("open311")
    world = empty.cast(now)
    made = reporting.report(
        id=uuid7(now), actor=world.actor("county_duty"), at=now, text="路坏了", topic="road.damaged"
    )
    model = Case.unscoped.because("a bench copies it").get(id=made.id)
    topics, villages = (
        sorted(listed()),
        list(Area.objects.filter(level="village").values_list("code", flat=True)),
    )
    step = timedelta(days=DAYS) / cases
    for first in range(0, cases, 2000):
        rows = [
            _copy(
                model,
                id=uuid7(now),
                number=f"GD{n:010d}",
                received_at=now - step * (cases - n),
                topic=chance.choice(topics),
                place=chance.choice(villages),
                household=world.households["near"] if chance.random() < 0.1 else None,
                state="closed" if chance.random() < 0.33 else "taken",
                lat=33.5 + chance.random(),
                lon=99.5 + chance.random(),
                steps=[{"at": (now - step * (cases - n)).isoformat(timespec="seconds"), "state": "taken"}],
            )
            for n in range(first, min(first + 2000, cases))
        ]
        insert(rows)
        if first >= cases * 0.9:
            with transaction.atomic():
                for row in rows:
                    append(
                        CaseTaken(subject_id=row.id, before="reported", state="taken"),
                        actor=SYSTEM,
                        at=row.received_at,
                    )
    return f"GD{cases - 1:010d}"


def _copy(row: Any, **changes: Any) -> Any:
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return type(row)(**{**values, **changes})


def _ask(number: str, asks: int) -> Iterator[Row]:
    from django.test import Client  # noqa: PLC0415 -- needs Django

    now = datetime.now(UTC)
    hours, day = (f"{now - timedelta(**span):%Y-%m-%dT%H:%M:%SZ}" for span in ({"hours": 2}, {"days": 1}))
    middle = f"{now - timedelta(days=60):%Y-%m-%dT%H:%M:%SZ}"
    client = Client(headers={"Host": "127.0.0.1"})
    for what, path in {
        "1,000 newest of 90 days, JSON": "requests.json",
        "1,000 newest of 90 days, XML": "requests.xml",
        "a page of 100": "requests.json?page_size=100",
        "the tenth page of 1,000": "requests.json?page=10",
        "one kind, closed, ended 60 days ago": f"requests.json?service_code=road.ice&status=closed&end_date={middle}",
        "changed within two hours": f"requests.json?updated_after={hours}",
        "one request": f"requests/{number}.json",
        "updates of a day": f"servicerequestupdates.json?start_date={day}",
        "services in Tibetan": "services.json?locale=bo",
    }.items():
        client.get(f"/open311/v2/{path}")
        seconds, size = [], 0
        for _ in range(asks):
            began = time.perf_counter()
            answer = client.get(f"/open311/v2/{path}")
            seconds.append(time.perf_counter() - began)
            size = len(answer.content)
            assert answer.status_code == 200, answer.content[:200]
        worst = at(0.95, seconds)
        figure = f"p50 {at(0.5, seconds) * 1000:.0f} ms, p95 {worst * 1000:.0f} ms, {size / 1024:.0f} KiB"
        yield Row(what, figure, f"p95 ≤ {GOAL * 1000:.0f} ms", worst <= GOAL)


if __name__ == "__main__":
    raise SystemExit(main())
