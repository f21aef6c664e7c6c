"""Another policy for 50,000 open cases: `python -m bench.replanning [--cases 50000] [--rate 10] [--port 8715]`.

The county's pack changes: two days more for the work, and contact within four hours is promised as well. The preview
is timed in a process of its own; then it is decided, the real server's worker applies it, and phones go on reporting
all the while: how long a report took to be accepted before and meanwhile is printed.

On PostgreSQL where `MULIAN_DATABASE_URL` names an empty database, else on SQLite in a folder of its own.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench import empty, ladder
from bench.inside import ROOT
from bench.table import show
from mulian.site.benching.load import Phone, Seen, storm, until
from mulian.site.benching.measures import Row
from mulian.site.benching.server import Server

PATIENCE = 600
POLICY = """
[[promise]]
code = "solve"
days = 9

[[promise]]
code = "contact"
kind = "contact"
hours = 4
clock = "round"
from = 2025-01-01
"""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.replanning", description=__doc__)
    parser.add_argument("--cases", type=int, default=50_000)
    parser.add_argument("--before", type=float, default=15.0, help="seconds of reports before it")
    parser.add_argument("--rate", type=float, default=10.0, help="reports a second meanwhile")
    parser.add_argument("--port", type=int, default=8715)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "MULIAN_DATA": folder,
            "MULIAN_PACK": "gande",
            "DJANGO_SETTINGS_MODULE": "mulian.settings",
        }
        empty.ready()
        ladder.fill(wanted.cases, 0)
        changed = os.environ | {"MULIAN_PACK": str(_pack(Path(folder)))}
        show("another policy", _measured(changed, _tokens(), wanted))
    return 0


def _pack(folder: Path) -> Path:
    """The county's pack with other promises."""
    made = folder / "changed"
    shutil.copytree(ROOT / "packs" / "gande", made)
    (made / "promises.toml").write_text(POLICY, encoding="utf-8")
    return made


def _tokens(phones: int = 16) -> list[str]:
    from django.db import transaction  # noqa: PLC0415 -- needs Django

    from mulian.core.access import devices, tokens  # noqa: PLC0415 -- as above
    from mulian.core.access.models import Person  # noqa: PLC0415 -- as above

    person, made = Person.objects.get(username="liaison"), [tokens.make() for _ in range(phones)]
    with transaction.atomic():
        for token in made:
            devices.add_device(person=person, token=token, at=datetime.now(UTC), label="bench")
    return made


def _measured(changed: Mapping[str, str], tokens: list[str], wanted: Any) -> Iterator[Row]:
    preview = _child(changed, "preview")
    yield Row("preview", f"{preview['seconds']:.1f} s: {preview['figures']}", "< 5 s", preview["seconds"] < 5)
    with _server(changed, wanted.port) as server:
        phones = [Phone(wanted.port, token) for token in tokens]
        storm(phones, seconds=min(3, wanted.before), per_second=wanted.rate)
        yield _accepted("accepted before it", storm(phones, seconds=wanted.before, per_second=wanted.rate))
        began, cpu, seen = time.monotonic(), server.cpu_seconds(), list[Seen]()
        _child(changed, "ask")
        done = threading.Event()
        reporting = threading.Thread(target=_report, args=(phones, wanted.rate, done, seen))
        reporting.start()
        took = until(_applied, PATIENCE, every=0.5)
        seconds, cpu = time.monotonic() - began, server.cpu_seconds() - cpu
        done.set()
        reporting.join()
        figure = (
            f"{seconds:.1f} s, {cpu:.1f} CPU-s with the reports"
            if took is not None
            else f"not in {PATIENCE} s"
        )
        yield Row("applied by the worker", figure, "< 60 s", took is not None and seconds < 60)
        yield _accepted("accepted meanwhile", _together(seen))
    yield Row("what it did", _done())


def _report(phones: list[Phone], rate: float, done: threading.Event, seen: list[Seen]) -> None:
    while not done.is_set():
        seen.append(storm(phones, seconds=2, per_second=rate))


def _together(parts: list[Seen]) -> Seen:
    whole = Seen()
    for part in parts:
        whole.seconds += part.seconds
        whole.bad += part.bad
    return whole


def _accepted(what: str, seen: Seen) -> Row:
    p50, p99, most = seen.at(0.5), seen.at(0.99), 1000 * max(seen.seconds, default=0)
    figure = f"p50 {p50:.0f}, p99 {p99:.0f}, most {most:.0f} ms of {len(seen.seconds)}, {seen.bad} bad"
    return Row(what, figure, "", None)


def _applied() -> bool:
    from mulian.modules.cases.models import Replanning  # noqa: PLC0415 -- needs Django

    return Replanning.objects.filter(done_at__isnull=False).exists()


def _done() -> str:
    from mulian.modules.cases.models import Replanning  # noqa: PLC0415 -- as above

    row = Replanning.objects.get()
    return f"{row.promises} counted again, {row.moved} moved, {row.added} added"


def _child(env: Mapping[str, str], act: str) -> Any:
    """With the changed pack, which a process reads once."""
    command = [sys.executable, "-m", "bench.replanning", act]
    done = subprocess.run(command, cwd=ROOT, env=dict(env), capture_output=True, text=True, check=True)
    return json.loads(done.stdout.strip().splitlines()[-1])


def _act(act: str) -> None:
    from mulian.site import preparing  # noqa: PLC0415 -- as above

    preparing.setup()
    from mulian.kernel.actor import SYSTEM  # noqa: PLC0415 -- needs Django
    from mulian.modules.cases.actions import replanning  # noqa: PLC0415 -- as above
    from mulian.modules.cases.queries.replanning import preview  # noqa: PLC0415 -- as above
    from mulian.modules.cases.queries.rules import rules  # noqa: PLC0415 -- as above

    at_hand, now, began = rules(), datetime.now(UTC), time.perf_counter()
    if act == "ask":
        replanning.ask(version=at_hand.policy.version, actor=SYSTEM, at=now)
        figures: dict[str, int] = {}
    else:
        figures = vars(preview(at_hand.policy, at_hand.topics, now))
    print(json.dumps({"seconds": time.perf_counter() - began, "figures": figures}))


@contextmanager
def _server(env: Mapping[str, str], port: int) -> Iterator[Server]:
    """The real server with its worker, until it is asked no more."""
    command = [sys.executable, "-m", "mulian", "run", "--port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, env=dict(env), stdout=subprocess.DEVNULL)
    try:
        assert until(lambda: _answers(port), 120) is not None, "the server does not answer"
        name = "PostgreSQL" if env.get("MULIAN_DATABASE_URL", "").startswith("postgres") else "SQLite"
        yield Server(port, process.pid, Path(env["MULIAN_DATA"]), (), "", name)
    finally:
        process.terminate()
        process.wait(30)


def _answers(port: int) -> bool:
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
        connection.request("GET", "/healthz")
        return connection.getresponse().status in (200, 503)
    except OSError:
        return False


if __name__ == "__main__":
    if sys.argv[1:] in (["preview"], ["ask"]):
        _act(sys.argv[1])
    else:
        sys.exit(main())
