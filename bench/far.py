"""What a liaison feels on a 2G line: seconds until something is there, each phone on a line of its own."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random

from bench.county import County, Desk
from bench.link import P2G
from bench.phone import Phone
from bench.table import at, spread
from bench.voice import voice
from mulian.site.benching.measures import Row

VOICE_SECONDS = 27.0
"""About 60 KB."""
PATIENCE = 600.0


@dataclass
class Runs:
    """Figures of one kind; `late`: phones that were not done in ten minutes."""

    seconds: list[float] = field(default_factory=list)
    ratios: list[float] = field(default_factory=list)
    breaks: int = 0
    late: int = 0


def cold(county: County, n: int) -> Iterator[Row]:
    """Everything a liaison holds, from nothing."""

    def one(phone: Phone, _: Runs) -> float | None:
        began = time.monotonic()
        return time.monotonic() - began if phone.run_until_done(seconds=PATIENCE) else None

    runs = _all(county, n, 100, one)
    worst = at(0.95, runs.seconds)
    yield Row("cold sync of a liaison on P2G", spread(runs.seconds), "≤ 20 s", worst <= 20 and not runs.late)


def words(county: County, n: int, *, urgent: bool) -> Iterator[Row]:
    """From the moment the line is back until the duty officer's open page shows the report."""
    with Desk(county) as desk:

        def one(phone: Phone, _: Runs) -> float | None:
            body = {"text": "桥断了，有人被困在河对岸"} | ({"urgent": True} if urgent else {})
            id = phone.store.save("cases.report", body, at=datetime.now(UTC))
            desk.wanted.add(id)
            began = time.monotonic()
            phone.run_until_done(seconds=PATIENCE)
            return _until(lambda: desk.seen.get(id), began)

        runs = _all(county, n, 200 + 100 * urgent, one, known=True)
    what, goal = ("alarm", 5) if urgent else ("text", 10)
    worst = at(0.95, runs.seconds)
    yield Row(
        f"{what} on the county's screen",
        spread(runs.seconds),
        f"p95 ≤ {goal} s",
        worst <= goal and not runs.late,
    )


def sound(county: County, n: int, chunk: int) -> Iterator[Row]:
    """From the moment the line is back until the county can play a voice of 60 KB."""
    return _file(county, n, chunk, VOICE_SECONDS, "voice of 60 KB playable at the county", 60)


def resumed(county: County, n: int, chunk: int) -> Iterator[Row]:
    """A long voice over several breaks and a killed app: what it cost beyond its size."""
    return _file(county, n, chunk, 100.0, "voice of 210 KB, app killed on the way", None)


def _file(county: County, n: int, chunk: int, seconds: float, what: str, goal: int | None) -> Iterator[Row]:
    """`chunk`: bytes in one request (0: as the app)."""

    def one(phone: Phone, runs: Runs) -> float | None:
        file = phone.store.keep(voice(Random(phone.line.token), seconds), "audio/webm")
        said = {"sha256": file.sha256, "seconds": seconds, "mime": file.mime}
        phone.store.save("cases.report", {"voice": said}, at=datetime.now(UTC), media=[file.sha256])
        began = time.monotonic()
        phone.run_until_done(seconds=PATIENCE, work=phone.talk)
        before = phone.line.up()
        if goal is None:
            threading.Timer(30.0, phone.restart).start()
        phone.run_until_done(seconds=PATIENCE, work=phone.send_sounds)
        path = f"/files/{file.sha256}"
        took = _until(lambda: county.get(path, Range="bytes=0-0")[0] == 206, began, every=0.5)
        runs.ratios.append((phone.line.up() - before) / len(file.bytes))
        return took

    runs = _all(county, n, 400 + 100 * (goal is None), one, known=True, chunk=chunk)
    worst = at(0.95, runs.seconds)
    good = None if goal is None else worst <= goal and not runs.late
    yield Row(what, spread(runs.seconds), f"≤ {goal} s" if goal else "", good)
    ratio = at(0.95, runs.ratios)
    figure = f"p50 {at(0.5, runs.ratios):.3f}, p95 {ratio:.3f}, {runs.breaks} breaks"
    yield Row("  bytes sent ÷ bytes of the file", figure, "≤ 1.10", ratio <= 1.10)


def _all(
    county: County,
    n: int,
    seed: int,
    one: Callable[[Phone, Runs], float | None],
    *,
    known: bool = False,
    chunk: int = 0,
) -> Runs:
    """`n` phones at once; `known`: they had synced before, near the county."""
    runs, lock, people = Runs(), threading.Lock(), county.liaisons["heavy"]

    def work(turn: int) -> None:
        phone = people.phone(2 + turn, county.server.port, browser=True)
        phone.chunk = chunk or phone.chunk
        if known:
            phone.run()
            phone.restart()
        with county.proxy(P2G, seed + turn) as proxy:
            phone.line.port, phone.line.crossed = proxy.port, proxy.crossed
            took = one(phone, runs)
            with lock:
                runs.breaks += proxy.crossed.breaks
                runs.late += took is None
                runs.seconds += [] if took is None else [took]

    with ThreadPoolExecutor(n) as pool:
        list(pool.map(work, range(n)))
    return runs


def _until(look: Callable[[], object], began: float, every: float = 0.1) -> float | None:
    """Seconds since `began` at which it was so (a float it gives is the moment itself)."""
    while time.monotonic() - began < PATIENCE:
        found = look()
        if found:
            return (found if isinstance(found, float) else time.monotonic()) - began
        time.sleep(every)
    return None
