"""All benches of cases, one after another, and their table at the end: `python -m bench.cases [--small] [NAME…]`.

Each is a process of its own with a time after which it is ended; what it printed until then counts. Those with a
database run on SQLite, then on PostgreSQL where this machine has one (`--database` names one of them). The table is
what docs/reference/figures.md holds: what was measured, its goal, and a figure for each database.
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
from dataclasses import dataclass

from bench.inside import ROOT
from bench.table import ROWS

SQLITE, POSTGRESQL = "SQLite", "PostgreSQL"
ENDING = 10
"""Seconds a bench has to end its own servers once it was asked to."""


@dataclass(frozen=True)
class Run:
    """A bench: its arguments at full size and small, minutes it may take, and whether there is a database in it."""

    name: str
    full: tuple[str, ...]
    small: tuple[str, ...]
    minutes: int
    database: bool = True


RUNS = (
    Run("clocks", ("100000",), ("200",), 4, database=False),
    Run("walks", ("--steps", "1000000"), ("--steps", "2000"), 6, database=False),
    Run("classify", ("--seeds", "3"), ("--seeds", "1", "--rows", "200", "--level", "1"), 10, database=False),
    Run("ladder", (), ("--cases", "60", "--due", "20", "--kills", "0"), 8),
    Run("replanning", (), ("--cases", "60", "--rate", "2"), 8),
    Run("inbox", (), ("--cases", "300", "--asks", "1"), 10),
    Run("open311", (), ("--cases", "300", "--asks", "1"), 8),
)


@dataclass(frozen=True)
class Told:
    """A row of one run, under the title it was shown with. `reached`: None where there is no goal."""

    bench: str
    database: str
    title: str
    what: str
    figure: str
    goal: str
    reached: bool | None


def main(
    arguments: Sequence[str], runs: Sequence[Run] = RUNS, name: str = "cases", about: str | None = __doc__
) -> int:
    """1 when a bench did not come to its end."""
    parser = argparse.ArgumentParser(prog=f"python -m bench.{name}", description=about)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(run.name for run in runs))
    parser.add_argument(
        "--small", action="store_true", help="a few seconds each: whether they run, not how fast"
    )
    parser.add_argument("--database", choices=(SQLITE, POSTGRESQL))
    wanted = parser.parse_args(arguments)
    found: list[Told] = []
    for run in runs:
        if not wanted.names or run.name in wanted.names:
            for database in _databases(run, wanted.database):
                found += _measured(run, database, small=wanted.small)
    print("\n".join(table(found)), flush=True)
    return int(any(row.what == UNFINISHED for row in found))


COST = "the whole of it, filling included"
UNFINISHED = "did not come to its end"


def _databases(run: Run, only: str | None) -> list[str]:
    if not run.database:
        return [""]
    find = [sys.executable, "tools/postgres.py", "find"]
    found = subprocess.run(find, cwd=ROOT, capture_output=True, timeout=60).returncode == 0
    there = [SQLITE, *([POSTGRESQL] if found else [])]
    return [each for each in there if only in (None, each)]


def _measured(run: Run, database: str, *, small: bool) -> list[Told]:
    """Runs it; its own output goes on to the screen."""
    with tempfile.NamedTemporaryFile("r", suffix=".jsonl", encoding="utf-8") as rows:
        command = [sys.executable, "-m", f"bench.{run.name}", *(run.small if small else run.full)]
        if database == POSTGRESQL:
            command = [sys.executable, "tools/postgres.py", "durable", "--", *command]
        print(f"\n== {run.name} {database}".rstrip(), flush=True)
        began, cpu = time.monotonic(), _computed()
        why = _ended(command, os.environ | {ROWS: rows.name}, 60 * run.minutes)
        told = [Told(run.name, database, **json.loads(line)) for line in rows]
        took = f"{time.monotonic() - began:.0f} s, {_computed() - cpu:.0f} CPU-s without the database's own"
        told.append(Told(run.name, database, run.name, COST, took, f"≤ {run.minutes} min", None))
        print(f"   {run.name} {database}: {took}", flush=True)
    return [*told, *([Told(run.name, database, run.name, UNFINISHED, why, "", False)] if why else [])]


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


def table(rows: Sequence[Told]) -> Iterator[str]:
    """Markdown: a line for each thing measured, a column for each database; a missed goal is said in bold."""
    yield from ("", "| bench | what | goal | SQLite, or no database | PostgreSQL |", "|---|---|---|---|---|")
    for bench, title, what in dict.fromkeys((row.bench, row.title, row.what) for row in rows):
        mine = [row for row in rows if (row.bench, row.title, row.what) == (bench, title, what)]
        first, second = (
            "; ".join(_cell(row) for row in mine if (row.database == POSTGRESQL) is there)
            for there in (False, True)
        )
        yield f"| `bench.{bench}` | {title}: {what} | {mine[0].goal} | {first or '–'} | {second or '–'} |"


def _cell(row: Told) -> str:
    return f"{row.figure}: **missed**" if row.reached is False else row.figure


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
