"""The measurements: each runs against one server and gives rows of the table (goals: docs/reference/figures.md)."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass

from mulian.site.benching.load import Phone, Seen, report, storm, until
from mulian.site.benching.server import Server

CONNECTIONS = 64


@dataclass(frozen=True)
class Row:
    """One figure: what, how much, the goal, and whether it was reached (None where there is no goal)."""

    what: str
    figure: str
    goal: str = ""
    reached: bool | None = None


def accept(server: Server, seconds: float) -> Iterator[Row]:
    """One report a request, 64 phones at once; then the cost of routing and clocks apart."""
    phones = [Phone(server.port, token) for token in server.devices[:CONNECTIONS]]
    storm(phones, seconds=min(2.0, seconds))
    drained(server)
    cpu = server.cpu_seconds()
    seen = storm(phones, seconds=seconds)
    accepting = server.cpu_seconds() - cpu
    drain = drained(server)
    whole = server.cpu_seconds() - cpu
    count = max(1, len(seen.accepted))
    yield Row("accepted, 1 a request, c = 64", f"{seen.rate:,.0f}/s, {seen.bad} bad")
    yield Row(
        "  p50 / p99", f"{seen.at(0.5):.0f} / {seen.at(0.99):.0f} ms", "p99 ≤ 150 ms", seen.at(0.99) <= 150
    )
    each = 1000 * whole / count
    yield Row("  accept + route + clocks + events", f"{each:.2f} CPU-ms each", "≤ 4 CPU-ms", each <= 4)
    yield Row("  of it while accepting", f"{1000 * accepting / count:.2f} CPU-ms each")
    yield Row("  backlog drained after", "not in 120 s" if drain is None else f"{drain:.1f} s")


def accept_only(server: Server, seconds: float) -> Iterator[Row]:
    """What taking in costs without what follows: reports that are refused at once for their kind."""
    phones = [Phone(server.port, token) for token in server.devices[:CONNECTIONS]]
    cpu, began = server.cpu_seconds(), time.monotonic()
    seen = storm_of(phones, seconds, kind="bench.none")
    used = 1000 * (server.cpu_seconds() - cpu) / max(1, len(seen.seconds))
    yield Row(
        "accept alone (authenticated, deduplicated, durable)",
        f"{used:.2f} CPU-ms each",
        "≤ 1.0 CPU-ms",
        used <= 1.0,
    )
    yield Row(
        "  rate", f"{len(seen.seconds) / (time.monotonic() - began):,.0f}/s, p99 {seen.at(0.99):.0f} ms"
    )


def storm_of(phones: list[Phone], seconds: float, kind: str) -> Seen:
    """Like `storm`, with commands of a kind that nobody applies (their verdict costs one update)."""
    seen, lock, start = Seen(), threading.Lock(), time.monotonic()

    def work(phone: Phone) -> None:
        while time.monotonic() - start < seconds:
            began = time.monotonic()
            answer = phone.sync([report() | {"kind": kind}])
            with lock:
                seen.seconds.append(time.monotonic() - began)
                seen.bad += answer is None

    threads = [threading.Thread(target=work, args=(phone,)) for phone in phones]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seen.elapsed = time.monotonic() - start
    return seen


def pushes(server: Server, seconds: float, raw: float) -> Iterator[Row]:
    """Twenty reports a request, as a phone sends after a week without network; many phones, so that none is slowed."""
    crowd = server.devices[160:]
    phones = [Phone(server.port, *crowd[n::CONNECTIONS]) for n in range(CONNECTIONS)]
    seen = storm(phones, seconds=seconds, batch=20)
    drain = drained(server)
    rate = len(seen.accepted) / seen.elapsed
    share = rate / raw
    yield Row("pushes of 20 reports", f"{rate:,.0f} reports/s, p99 {seen.at(0.99):.0f} ms, {seen.bad} bad")
    yield Row("  ÷ raw batched commits", f"{share:.3f}", "≥ 0.15", share >= 0.15)
    yield Row("  backlog drained after", "not in 120 s" if drain is None else f"{drain:.1f} s")


def spike(server: Server, seconds: float, per_second: float) -> Iterator[Row]:
    """A snowstorm: many phones at a steady rate; how soon each report can be asked for at the county."""
    phones = [Phone(server.port, token) for token in server.devices[80:144]]
    lags: list[float] = []
    stop = threading.Event()
    watcher = threading.Thread(target=_watch, args=(server, lags, stop))
    watcher.start()
    seen = storm(phones, seconds=seconds, per_second=per_second)
    drain = drained(server)
    stop.set()
    watcher.join()
    lags.sort()
    p99 = lags[int(0.99 * (len(lags) - 1))] if lags else float("nan")
    rate = len(seen.accepted) / seen.elapsed
    yield Row(
        f"spike of {per_second:,.0f} reports/s for {seconds:.0f} s", f"{rate:,.0f}/s taken in, {seen.bad} bad"
    )
    yield Row("  received → queryable, p99", f"{p99:.2f} s", "< 1 s", p99 < 1)
    late = drain if drain is not None else 120.0
    yield Row("  backlog gone after the spike", f"{late:.1f} s", "≤ 5 s", late <= 5)


def _watch(server: Server, lags: list[float], stop: threading.Event) -> None:
    """Sends a probe of its own now and then and asks the county's list until it is there."""
    probe = Phone(server.port, server.devices[144])
    while not stop.is_set():
        command = report("探测")
        if probe.sync([command]) is None:
            continue
        began = time.monotonic()
        path = f"/api/v1/cases/{command['id']}"
        if until(lambda path=path: server.get(path)[0] == 200, 30, every=0.05) is not None:  # type: ignore[misc]
            lags.append(time.monotonic() - began)


def drained(server: Server) -> float | None:
    """Seconds until no command waits and no event is unstamped."""

    def empty() -> bool:
        status, body = server.get("/metrics")
        waiting = ("mulian_commands_waiting 0\n", "mulian_events_unstamped 0\n")
        return status == 200 and all(line in body.decode() for line in waiting)

    return until(empty, 120)


def syncs(server: Server) -> Iterator[Row]:
    """Bytes of one phone's round trips, bodies and headers both ways."""
    drained(server)  # the enrolment of a person's phones is news to all of them
    phone = Phone(server.port, server.devices[150])
    requests = _pull(phone)
    cold = phone.sent_bytes + phone.got_bytes
    yield Row(
        "cold sync of a liaison",
        f"{cold:,} B, {requests} requests",
        "≤ 25 KB, ≤ 3",
        cold <= 25_000 and requests <= 3,
    )
    quiet = _measured(phone, lambda: phone.sync([], keep=True, limit=200))
    yield Row("nothing changed", f"{quiet:,} B, 1 request", "≤ 650 B", quiet <= 650)
    for _ in range(10):
        phone.sync([report()], keep=False)
    drained(server)
    changed = _measured(phone, lambda: phone.sync([], keep=True, limit=200))
    yield Row("ten new cases of its own", f"{changed:,} B, 1 request")


def _pull(phone: Phone) -> int:
    requests, more = 0, True
    while more and requests < 20:
        answer = phone.sync([], keep=True, limit=500)
        requests += 1
        more = bool(answer and answer["more"])
    return requests


def _measured(phone: Phone, act: object) -> int:
    before = phone.sent_bytes + phone.got_bytes
    act()  # type: ignore[operator]
    return phone.sent_bytes + phone.got_bytes - before


def pages(server: Server) -> Iterator[Row]:
    """The county's list as programs and the inbox ask for it."""
    for name, path in (
        ("newest 50 cases", "/api/v1/cases?limit=50"),
        ("search for 桥", "/api/v1/cases?limit=50&q=%E6%A1%A5"),
    ):
        times = []
        for _ in range(30):
            began = time.monotonic()
            status, body = server.get(path)
            times.append(time.monotonic() - began)
        times.sort()
        found = len(json.loads(body)["items"]) if status == 200 else -1
        yield Row(
            f"list page, {name}",
            f"p50 {1000 * times[15]:.0f} ms, p95 {1000 * times[28]:.0f} ms, {found} rows",
        )


def memory(server: Server) -> Iterator[Row]:
    """All processes after the load above."""
    limit = 350 if server.database == "SQLite" else 500
    used = server.memory_mb()
    yield Row("memory of the whole platform (PSS)", f"{used:.0f} MB", f"< {limit} MB", used < limit)
