"""All benches of cases and their table at the end: `python -m bench.cases [--small] [--into FILE] [NAME…]`.

Each is a process of its own with a time after which it is ended; what it printed until then counts. Those with a
database run on SQLite and on PostgreSQL where this machine has one (`--database` names one of them). What no figure
by the clock hangs on (counts, learning, filling) goes first, two at a time; all others one after another.

`--into FILE` keeps the rows: benches run apart stand in one table, and one that is run again takes the place of its
earlier rows. The table is what docs/reference/figures.md holds: what was measured, its goal, what each database did.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from bench.inside import ROOT
from bench.places import POSTGRESQL, SQLITE, URL, Place, places
from bench.table import ROWS
from bench.told import FILLING, Told, keep, kept, replaced, table

ENDING = 10
"""Seconds a bench has to end its own servers once it was asked to."""
AT_ONCE = 2


@dataclass(frozen=True)
class Run:
    """A bench: its arguments at full size and small, minutes it may take, and whether there is a database in it.

    `counted`: nothing by the clock is told, it may run beside another. `filled`: arguments of a run before it that
    only fills the folder or database (which `--keep` names) and is counted; minutes are those of each.
    """

    name: str
    full: tuple[str, ...]
    small: tuple[str, ...]
    minutes: int
    database: bool = True
    counted: bool = False
    filled: tuple[str, ...] = ()


RUNS = (
    Run("clocks", ("100000",), ("200",), 4, database=False, counted=True),
    Run("walks", ("--steps", "1000000"), ("--steps", "2000"), 6, database=False, counted=True),
    Run(
        "classify",
        (),
        ("--seeds", "1", "--rows", "200", "--level", "1", "--fresh", "200", "--many", "300"),
        20,
        database=False,
        counted=True,
    ),
    Run("ladder", (), ("--cases", "60", "--due", "20", "--kills", "0"), 5),
    Run("replanning", (), ("--cases", "60", "--rate", "2", "--before", "2"), 5),
    Run("inbox", (), ("--cases", "300", "--asks", "1"), 8, filled=("--asks", "0")),
    Run("open311", ("--cases", "50000"), ("--cases", "300", "--asks", "1"), 4),
)


@dataclass(frozen=True)
class Job:
    """One process to come: a bench on one database, or the filling before it."""

    run: Run
    database: str
    arguments: tuple[str, ...]
    environment: Mapping[str, str]
    counted: bool
    title: str

    def __str__(self) -> str:
        return f"{self.title} {self.database}".rstrip()


def main(
    arguments: Sequence[str], runs: Sequence[Run] = RUNS, name: str = "cases", about: str | None = __doc__
) -> int:
    """1 when a bench did not come to its end."""
    wanted = _parser(runs, name, about).parse_args(arguments)
    chosen = [run for run in runs if not wanted.names or run.name in wanted.names]
    if URL not in os.environ and _server_wanted(wanted.database, chosen):
        command = [sys.executable, "-m", f"bench.{name}", *arguments]
        return subprocess.call([sys.executable, "tools/postgres.py", "durable", "--", *command], cwd=ROOT)
    found = kept(wanted.into)
    with places() as place:
        for done in _done(list(_jobs(chosen, wanted, place))):
            found = replaced(found, done)
            keep(wanted.into, found)
    print("\n".join(table(found)), flush=True)
    return int(any(row.what == UNFINISHED for row in found))


COST = "the whole of it"
UNFINISHED = "did not come to its end"


def _parser(runs: Sequence[Run], name: str, about: str | None) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=f"python -m bench.{name}", description=about)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(run.name for run in runs))
    parser.add_argument(
        "--small", action="store_true", help="a few seconds each: whether they run, not how fast"
    )
    parser.add_argument("--database", choices=(SQLITE, POSTGRESQL))
    parser.add_argument(
        "--into", type=Path, metavar="FILE", help="keeps the rows for a table of several runs"
    )
    return parser


def _server_wanted(database: str | None, runs: Sequence[Run]) -> bool:
    """Whether PostgreSQL is asked for, and on this machine."""
    if database == SQLITE or not any(run.database for run in runs):
        return False
    find = [sys.executable, "tools/postgres.py", "find"]
    return subprocess.run(find, cwd=ROOT, capture_output=True, timeout=60).returncode == 0


def _jobs(runs: Sequence[Run], wanted: argparse.Namespace, place: Place) -> Iterator[Job]:
    """Each bench on each database, after what fills it."""
    for run in runs:
        there = [each for each in place.databases if wanted.database in (None, each)]
        for database in there if run.database else [""]:
            words = run.small if wanted.small else run.full
            environment = place.environment(database, run.name)
            if run.filled:
                keep = ("--keep", str(place.folder / f"{run.name}-{database}"))
                title = FILLING.format(run.name)
                yield Job(run, database, (*words, *keep, *run.filled), environment, True, title)
                words = (*words, *keep)
            yield Job(run, database, words, environment, run.counted, run.name)


def _done(jobs: Sequence[Job]) -> Iterator[list[Told]]:
    """What each found, as soon as it is known: the counted first, two at a time."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        yield from pool.map(_measured, (job for job in jobs if job.counted))
    yield from (_measured(job) for job in jobs if not job.counted)


def _measured(job: Job) -> list[Told]:
    """Runs it; its own output goes on to the screen."""
    with tempfile.NamedTemporaryFile("r", suffix=".jsonl", encoding="utf-8") as rows:
        command = [sys.executable, "-m", f"bench.{job.run.name}", *job.arguments]
        print(f"\n== {job} {time.strftime('%H:%M:%S')}", flush=True)
        began, cpu = time.monotonic(), _computed()
        why = _ended(command, {**job.environment, ROWS: rows.name}, 60 * job.run.minutes)
        told = [Told(job.run.name, job.database, **json.loads(line)) for line in rows]
        took = f"{time.monotonic() - began:.0f} s"
        if not job.counted:  # of two at a time nobody can say whose it was
            took += f", {_computed() - cpu:.0f} CPU-s without the database's own"
        goal = f"≤ {job.run.minutes} min"
        told.append(Told(job.run.name, job.database, job.title, COST, took, goal, None))
        print(f"   {job}: {took}", flush=True)
    lost = Told(job.run.name, job.database, job.title, UNFINISHED, why, "", False)
    return [*told, *([lost] if why else [])]


def _computed() -> float:
    """Seconds that children which have ended computed."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return ended.ru_utime + ended.ru_stime


def _ended(command: Sequence[str], environment: Mapping[str, str], seconds: float) -> str:
    """Why it did not end well; empty when it did. What it began ends with it."""
    began = time.monotonic()
    child = subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True)
    try:
        code = child.wait(seconds)
    except subprocess.TimeoutExpired:
        _end(child)
        return f"ended after {time.monotonic() - began:.0f} s"
    except BaseException:
        _end(child)
        raise
    return f"exit code {code}" if code else ""


def _end(child: subprocess.Popen[bytes]) -> None:
    os.killpg(child.pid, signal.SIGTERM)
    try:
        child.wait(ENDING)
    except subprocess.TimeoutExpired:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
