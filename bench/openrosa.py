"""Form programs handing in: `python -m bench.openrosa [--seconds 10] [--programs 16]`.

Many keys, each sending visits about its own family, without files, one a request: each is judged, kept, told to the
register and logged before it is answered. Beside it the raw limit of this machine's database in the same minute. On
PostgreSQL where `MULIAN_DATABASE_URL` names an empty database, else on SQLite in a folder of its own.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import choice, randrange
from typing import Any
from uuid import uuid4

from bench.table import at, show
from mulian.site.benching.measures import Row
from mulian.site.benching.raw import postgresql_rows, sqlite_rows
from mulian.site.benching.server import Server, running

FORM = "visit"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.openrosa", description=__doc__)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--programs", type=int, default=16)
    parser.add_argument("--make-keys", type=int, default=0, help=argparse.SUPPRESS)
    wanted = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mulian.settings")
    if wanted.make_keys:
        print(json.dumps(_make(wanted.make_keys)))
        return 0
    url = os.environ.get("MULIAN_DATABASE_URL", "")
    with running(url, 1) as server:
        show("OpenRosa submissions", _rows(server, url, wanted.programs, wanted.seconds))
    return 0


@dataclass(frozen=True)
class Key:
    """A form program's key, and the families of its user's."""

    key: str
    families: list[str]
    version: str


def _make(count: int) -> list[dict[str, Any]]:
    """Keys of liaisons, made inside the server's folder; four each, so that no phone's own limit is measured."""
    from mulian.site import preparing  # noqa: PLC0415 -- needs the environment

    preparing.setup()
    from mulian.core.access import actors, openrosa_keys  # noqa: PLC0415 -- needs Django
    from mulian.core.access.models import Posting  # noqa: PLC0415 -- as above
    from mulian.kernel.actor import SYSTEM, Role  # noqa: PLC0415 -- as above
    from mulian.modules.forms import public as forms  # noqa: PLC0415 -- as above
    from mulian.modules.households import public as households  # noqa: PLC0415 -- as above

    now, found = datetime.now(UTC), []
    people = Posting.objects.filter(role=Role.LIAISON).order_by("id").values_list("person", flat=True)
    for person in people.distinct()[:count]:
        actor = actors.actor_of(person, now)
        families = households.ledger(actor, now) if actor else {}
        if actor and families:
            version = forms.published(actor, now, form_id=FORM)[0].version
            keys = [openrosa_keys.give(person=person, actor=SYSTEM, at=now).key for _ in range(4)]
            found += [
                {"key": key, "families": [str(one) for one in families], "version": version} for key in keys
            ]
    return found


def _keys(server: Server, url: str, count: int) -> list[Key]:
    env = {
        **os.environ,
        "MULIAN_DATABASE_URL": url,
        "MULIAN_DATA": str(server.folder),
        "MULIAN_DEMO": "true",
    }
    command = [sys.executable, "-m", "bench.openrosa", "--make-keys", str(count)]
    made = subprocess.run(command, env=env, check=True, capture_output=True, text=True)
    return [Key(**each) for each in json.loads(made.stdout.splitlines()[-1])]


@dataclass
class Sent:
    """What was heard: seconds of each 201, and how many other answers."""

    took: list[float] = field(default_factory=list)
    bad: int = 0


def _rows(server: Server, url: str, programs: int, seconds: float) -> Iterator[Row]:
    keys = _keys(server, url, programs * 4)
    _storm(server, keys, programs, min(2.0, seconds))
    cpu = server.cpu_seconds()
    sent = _storm(server, keys, programs, seconds)
    used = server.cpu_seconds() - cpu
    rate = len(sent.took) / seconds
    yield Row(f"submissions, {programs} programs at once", f"{rate:,.0f}/s, {sent.bad} not taken")
    yield Row("  p50 / p99", f"{1000 * at(0.5, sent.took):.0f} / {1000 * at(0.99, sent.took):.0f} ms")
    yield Row("  with all that follows", f"{1000 * used / max(1, len(sent.took)):.1f} CPU-ms each")
    raw = postgresql_rows(url, 2.0) if url.startswith("postgres") else sqlite_rows(2.0)
    yield Row("raw limit of the database, rows in hundreds", f"{raw:,.0f}/s, ratio {rate / raw:.4f}")
    yield Row(f"memory afterwards ({server.database})", f"{server.memory_mb():.0f} MB")


def _storm(server: Server, keys: list[Key], programs: int, seconds: float) -> Sent:
    sent, until = Sent(), time.monotonic() + seconds
    turns = [
        threading.Thread(target=_send, args=(server, keys[n::programs], until, sent)) for n in range(programs)
    ]
    for turn in turns:
        turn.start()
    for turn in turns:
        turn.join()
    return sent


def _send(server: Server, keys: list[Key], until: float, sent: Sent) -> None:
    connection, turn = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60), 0
    while keys and time.monotonic() < until:
        key, turn = keys[turn % len(keys)], turn + 1
        began = time.monotonic()
        connection.request(
            "POST", f"/openrosa/key/{key.key}/submission", _xml(key), {"Content-Type": "text/xml"}
        )
        answer = connection.getresponse()
        answer.read()
        if answer.status == 201:
            sent.took.append(time.monotonic() - began)
        else:
            sent.bad += 1


def _xml(key: Key) -> bytes:
    said = "<talk><told>grass health</told><questions>no</questions><helped>papers</helped><wish>no</wish></talk>"
    return (
        f'<data id="{FORM}" version="{key.version}"><mulian_subject>{choice(key.families)}</mulian_subject>'
        f"<reason>regular</reason><met>head</met>{said}<power_fuel_days>{randrange(90)}</power_fuel_days>"
        f"<meta><instanceID>uuid:{uuid4()}</instanceID></meta></data>"
    ).encode()


if __name__ == "__main__":
    raise SystemExit(main())
