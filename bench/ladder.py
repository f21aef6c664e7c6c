"""The storm of deadlines: `python -m bench.ladder [--cases 50000] [--due 5000] [--kills 3] [--wait SECONDS]`.

5,000 promises fall due in the same minute among 50,000 open cases, with the real worker beside, killed with
SIGKILL at random moments and started again. Each step must have fired once, each with its event; the lag is from
the due moment to the commit that shows it, the worker's 10 seconds between two looks included.

On PostgreSQL where `MULIAN_DATABASE_URL` names an empty database, else on SQLite in a folder of its own.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from bench import empty
from bench.inside import ROOT
from bench.table import at, show
from mulian.site.benching.measures import Row

LATER = timedelta(seconds=8)
"""From the end of filling until the 5,000 fall due: the worker starts meanwhile."""
PATIENCE = 300
LOOK = 0.2
"""Seconds between two looks at what fired; a lag is late by as much."""


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", type=int, default=50_000)
    parser.add_argument("--due", type=int, default=5_000)
    parser.add_argument("--kills", type=int, default=3)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "MULIAN_DATA": folder,
            "MULIAN_PACK": "gande",
            "DJANGO_SETTINGS_MODULE": "mulian.settings",
        }
        empty.ready()
        due = fill(wanted.cases, wanted.due)
        show("deadlines in one minute", _storm(wanted.due, due, wanted.kills))
    return 0


def fill(cases: int, due: int) -> datetime:
    """The cast of the tests, and cases copied from real reports; answers when the first `due` of them fall due."""
    from django.db import transaction  # noqa: PLC0415 -- needs Django

    from mulian.core.database.rows import insert_values  # noqa: PLC0415 -- as above
    from mulian.kernel.ids import uuid7  # noqa: PLC0415 -- as above
    from mulian.modules.cases.actions import replanning, reporting  # noqa: PLC0415 -- as above
    from mulian.modules.cases.models import Case, LadderStep, Promise  # noqa: PLC0415 -- as above

    now = datetime.now(UTC)
    world = empty.cast(now)
    household = world.households["near"]
    made = reporting.report(
        id=uuid7(now), actor=world.actor("liaison"), at=now, text="村口的桥断了", household=household
    )
    replanning.keep_version(now)
    model = Case.unscoped.because("a bench copies it").get(id=made.id)
    clock = Promise.objects.get(case=made, kind="solve")
    moment = now + timedelta(seconds=cases / 2500) + LATER
    for first in range(0, cases, 1000):
        part = range(first, min(first + 1000, cases))
        ids = [uuid7(now) for _ in part]
        with transaction.atomic():
            numbers = [f"B{n:08d}" for n in part]
            _copied(model, {"id": ids, "number": numbers, "received_at": [now] * len(ids)})
            _copies(model.id, ids)
            _clocks(clock, ids, [_due(moment, n < due, n) for n in part])
        print(f"  {part[-1] + 1} of {cases} cases", end="\r", flush=True)
    with transaction.atomic():
        copies = Promise.objects.filter(case__number__startswith="B").values_list("id", flat=True)
        names = ("promise_id", "key", "kind", "at", "fired_at")
        insert_values(LadderStep, names, [(pk, "solve:remind:0", "remind", now, now) for pk in copies])
    Promise.objects.filter(case=made).delete()
    if datetime.now(UTC) > moment:
        moment = datetime.now(UTC) + LATER
        Promise.objects.filter(case__number__lt=f"B{due:08d}").update(due=moment, next_at=moment)
    return moment


def _copied(row: Any, own: Mapping[str, list[Any]]) -> None:
    """As many copies of a row as each of the named columns has values; a key the database gives is left to it."""
    from mulian.core.database.rows import insert_values  # noqa: PLC0415 -- as above

    fields = row._meta.concrete_fields
    names = [field.attname for field in fields if not field.get_internal_type().endswith("AutoField")]
    number = len(next(iter(own.values())))
    columns = [own.get(name, [getattr(row, name)] * number) for name in names]
    insert_values(type(row), names, zip(*columns, strict=True))


def _copies(model: UUID, ids: list[UUID]) -> None:
    """Who has each case and where it counts."""
    from mulian.core.access.models import Placement  # noqa: PLC0415 -- as above
    from mulian.modules.cases.models import Receiver  # noqa: PLC0415 -- as above

    for receiver in Receiver.objects.filter(case=model):
        _copied(receiver, {"case_id": ids})
    for place in Placement.objects.filter(subject_kind="case", subject_id=model):
        _copied(place, {"subject_id": ids})


def _due(moment: datetime, first: bool, number: int) -> datetime:
    """At the moment, or on one of the days after it."""
    return moment if first else moment + timedelta(days=2, seconds=60 * (number % 2880))


def _clocks(row: Any, cases: list[UUID], due: list[datetime]) -> None:
    """Their promises, reminded already."""
    start = [each - row.allotted for each in due]
    remind = [each + row.allotted * 0.8 for each in start]
    _copied(row, {"case_id": cases, "start": start, "due": due, "remind_at": remind, "next_at": due})


def _storm(due: int, moment: datetime, kills: int) -> Iterator[Row]:
    from django.db.models import Count  # noqa: PLC0415 -- as above

    from mulian.core.events.models import Event  # noqa: PLC0415 -- as above
    from mulian.modules.cases.models import LadderStep  # noqa: PLC0415 -- as above

    fired = LadderStep.objects.filter(key="solve:overdue:0")
    chance, worker, killed, lags, seen = random.Random(7), _worker(), 0, [], 0
    try:
        while seen < due and (datetime.now(UTC) - moment).total_seconds() < PATIENCE:
            time.sleep(LOOK)
            count = fired.count()
            lags += [(datetime.now(UTC) - moment).total_seconds()] * (count - seen)
            seen = count
            if killed < kills and seen > due * (killed + chance.random()) / (kills + 1):
                worker.send_signal(signal.SIGKILL)
                worker.wait()
                worker, killed = _worker(), killed + 1
        twice = fired.values("promise").annotate(n=Count("id")).filter(n__gt=1).count()
        events = Event.objects.filter(name="cases.promise_overdue").count()
        yield Row("steps fired", f"{seen} of {due}, {killed} kills", f"{due}", seen == due)
        yield Row("fired twice", str(twice), "0", twice == 0)
        yield Row("events of them", str(events), f"{due}", events == due)
        yield Row("lag to the commit, p50", f"{at(0.5, lags):.1f} s", "", None)
        yield Row("lag to the commit, p99", f"{at(0.99, lags):.1f} s", "< 90 s", at(0.99, lags) < 90)
    finally:
        worker.kill()
        worker.wait()


def _worker() -> subprocess.Popen[bytes]:
    """The worker as a server starts it beside itself."""
    code = (
        "from mulian.site import preparing; preparing.setup(); "
        f"from mulian.site import working; working.work({os.getpid()})"
    )
    return subprocess.Popen([sys.executable, "-c", code], cwd=ROOT)


if __name__ == "__main__":
    sys.exit(main())
