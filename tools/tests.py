"""Runs every test that can run on this machine, and says in one line what was left out and why.

  python tools/tests.py all  [pytest options]   SQLite, PostgreSQL, browser journeys, phone app
  python tools/tests.py fast [pytest options]   SQLite, without a browser and without servers of its own

All of it is cut into shares, a process each. One more than there are cores runs at a time, for tests wait for browsers
and servers now and then; the longest begin first, so that the lanes end together. With CI=true nothing may be left out:
a missing program or a skipped test is a failure.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

import browsers
import frontend
import postgres
from steps import ROOT, Failed, main, say
from tally import Tally

STRICT = os.environ.get("CI", "").lower() == "true"
LANES = (os.cpu_count() or 2) + 1
DATABASES = ("SQLite", "PostgreSQL")
NOTHING_CHOSEN = 5
"""pytest's exit code when its options chose no test."""
PURE = ("architecture", "kernel", "domain", "packs", "core/packs")
"""Folders that touch no database: once is enough."""
KILLS = ("faults", "journeys/test_backup_and_restore.py", "journeys/test_nothing_acknowledged_is_lost.py")


@dataclass(frozen=True)
class Share:
    """Folders of tests/ in a process of their own; what stands in another share of the database is that one's."""

    database: str
    name: str
    paths: tuple[str, ...]
    seconds: int
    """About how long it takes beside the others on two quiet cores: what takes longest begins first."""


SHARES = (
    Share("SQLite", "phone screens", ("journeys/test_phone_screens.py",), 285),
    Share("SQLite", "journeys", ("journeys",), 400),
    Share("SQLite", "kills and backups", KILLS, 210),
    Share("SQLite", "modules", ("modules",), 510),
    Share("SQLite", "the rest", ("",), 590),
    Share("PostgreSQL", "kills and backups", KILLS, 230),
    Share("PostgreSQL", "modules", ("modules",), 500),
    Share("PostgreSQL", "the rest", ("",), 390),
)
PHONE_APP = 60
"""Seconds of the phone app's own tests."""


@dataclass(frozen=True)
class Part:
    """One process and the JUnit report it writes."""

    name: str
    command: list[str]
    report: Path
    cwd: Path = ROOT
    env: dict[str, str] | None = None
    seconds: int = 0


def folders(share: Share) -> list[str]:
    """pytest's words for a share."""
    beside = [each for each in SHARES if each.database == share.database and each != share]
    others = [path for each in beside for path in each.paths]
    others += PURE if share.database == "PostgreSQL" else ()
    inside = [path for path in others if path and path.startswith(share.paths)]
    return [f"tests/{path}" for path in share.paths] + [f"--ignore=tests/{path}" for path in inside]


def words() -> list[str]:
    """What the caller adds for pytest."""
    return sys.argv[2:]


def chosen() -> bool:
    """Whether the caller names tests: then they are not cut into shares."""
    return any((ROOT / word.partition("::")[0]).exists() for word in words() if word[0] != "-")


def pytest(place: Path, name: str, *options: str, before: tuple[str, ...] = (), seconds: int = 0) -> Part:
    report, temporary = place / f"{name}.xml", place / name.replace(", ", "-").replace(" ", "-")
    own = ["-q", f"--junitxml={report}", f"--basetemp={temporary}", "--durations=12", "--durations-min=4"]
    command = [*before, sys.executable, "-m", "pytest", *own, *options, *words()]
    env = {**os.environ, "MULIAN_SEEDED": str(place / "seeded")}
    return Part(name, command, report, env=env, seconds=seconds)


def of_database(place: Path, tally: Tally, database: str) -> list[Part]:
    """The shares of one database, as far as this machine has what they need."""
    options: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    if database == "PostgreSQL":
        if postgres.find() is None:
            tally.left_out.append(
                "tests on PostgreSQL: no PostgreSQL 15+ (Debian: apt-get install postgresql)"
            )
            return []
        options = ("-m", "not browser")
        before = (sys.executable, str(ROOT / "tools" / "postgres.py"), "run", "--")
    elif browsers.chromium() is None:
        tally.left_out.append("browser journeys: no Chromium (Debian: apt-get install chromium)")
        options = ("-m", "not browser")
    if chosen():
        return [pytest(place, database, *options, before=before)]
    return [
        pytest(
            place,
            f"{database}, {share.name}",
            *options,
            *folders(share),
            before=before,
            seconds=share.seconds,
        )
        for share in SHARES
        if share.database == database
    ]


def field(place: Path) -> Part:
    frontend.install("field")
    report = place / "field.xml"
    reporters = ["--reporter=default", "--reporter=junit", f"--outputFile.junit={report}"]
    command, env = frontend.npm_command("run", "test", "--", *reporters)
    return Part("Phone app", command, report, cwd=ROOT / "field", env=env, seconds=PHONE_APP)


def run(part: Part, tally: Tally, turn: threading.Lock) -> None:
    """One process to its end; what it said comes in one piece, so that two do not mix."""
    started, log = time.monotonic(), part.report.with_suffix(".log")
    with log.open("w") as out:
        status = subprocess.call(
            part.command, cwd=part.cwd, env=part.env, stdout=out, stderr=subprocess.STDOUT
        )
    with turn:
        say(
            f"\n── {part.name}: {time.monotonic() - started:.0f} s\n{log.read_text(errors='replace').rstrip()}"
        )
        empty = status == NOTHING_CHOSEN and words()
        tally.add(part.name, 0 if empty else status, part.report)


def run_all(parts: list[Part], tally: Tally) -> None:
    say(f"{len(parts)} parts, {LANES} at a time; each is printed when it ends.")
    turn, pool = threading.Lock(), ThreadPoolExecutor(LANES)
    try:
        for done in as_completed([pool.submit(run, part, tally, turn) for part in parts]):
            done.result()
    finally:
        pool.shutdown(cancel_futures=True)


def work() -> None:
    which = sys.argv[1] if len(sys.argv) > 1 else "all"
    if which not in ("all", "fast"):
        raise Failed(f"unknown: {which}", __doc__ or "")
    tally = Tally()
    with tempfile.TemporaryDirectory(prefix="mulian-tests-") as folder:
        place = Path(folder)
        if which == "fast":
            part = pytest(place, "SQLite", "-m", "not browser and not slow")
            tally.add(part.name, subprocess.call(part.command, cwd=ROOT), part.report)
        else:
            parts = [part for database in DATABASES for part in of_database(place, tally, database)]
            run_all(sorted([*parts, field(place)], key=lambda part: -part.seconds), tally)
    if not tally.close(strict=STRICT):
        sys.exit(1)


if __name__ == "__main__":
    main(work)
