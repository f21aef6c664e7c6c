"""Runs every test that can run on this machine, and says in one line what was left out and why.

  python tools/tests.py all  [pytest options]   SQLite, PostgreSQL, browser journeys, phone app
  python tools/tests.py fast [pytest options]   SQLite, without a browser and without servers of its own

All of it is cut into shares, a process each; two run at a time, the longest first, so both cores of a small machine
end together. With CI=true nothing may be left out: a missing program or a skipped test is a failure.
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
LANES = 2
NOTHING_CHOSEN = 5
"""pytest's exit code when its options chose no test."""
PURE = ("architecture", "kernel", "domain", "packs", "core/packs")
"""Folders that touch no database: once is enough."""
REST = "the rest"
SHARES: dict[str, dict[str, tuple[str, ...]]] = {
    "SQLite": {
        "journeys": ("journeys", "faults"),
        "phone screens": ("journeys/test_phone_screens.py",),
        "modules": ("modules",),
        REST: ("",),
    },
    "PostgreSQL": {"modules": ("modules",), REST: ("",)},
}
"""Database → share → its folders of tests/; what stands in another share of the database is that one's."""
LONGEST_FIRST = (
    "SQLite, journeys",
    "PostgreSQL, the rest",
    "SQLite, the rest",
    "PostgreSQL, modules",
    "SQLite, modules",
    "SQLite, phone screens",
)


@dataclass(frozen=True)
class Part:
    """One process and the JUnit report it writes."""

    name: str
    command: list[str]
    report: Path
    cwd: Path = ROOT
    env: dict[str, str] | None = None


def folders(database: str, share: str) -> list[str]:
    """pytest's words for a share of one database's tests."""
    mine = SHARES[database][share]
    others = [path for name, paths in SHARES[database].items() if name != share for path in paths]
    others += PURE if database == "PostgreSQL" else ()
    inside = [path for path in others if path and path.startswith(mine)]
    return [f"tests/{path}" for path in mine] + [f"--ignore=tests/{path}" for path in inside]


def words() -> list[str]:
    """What the caller adds for pytest."""
    return sys.argv[2:]


def chosen() -> bool:
    """Whether the caller names tests: then they are not cut into shares."""
    return any((ROOT / word.partition("::")[0]).exists() for word in words() if word[0] != "-")


def pytest(place: Path, name: str, *options: str, before: tuple[str, ...] = ()) -> Part:
    report, temporary = place / f"{name}.xml", place / name.replace(", ", "-").replace(" ", "-")
    own = ["-q", f"--junitxml={report}", f"--basetemp={temporary}"]
    return Part(name, [*before, sys.executable, "-m", "pytest", *own, *options, *words()], report)


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
        pytest(place, f"{database}, {share}", *options, *folders(database, share), before=before)
        for share in SHARES[database]
    ]


def field(place: Path) -> Part:
    frontend.install("field")
    report = place / "field.xml"
    reporters = ["--reporter=default", "--reporter=junit", f"--outputFile.junit={report}"]
    command, env = frontend.npm_command("run", "test", "--", *reporters)
    return Part("Phone app", command, report, cwd=ROOT / "field", env=env)


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
            parts = [part for database in SHARES for part in of_database(place, tally, database)]
            parts.sort(key=lambda part: LONGEST_FIRST.index(part.name) if part.name in LONGEST_FIRST else 0)
            run_all([*parts, field(place)], tally)
    if not tally.close(strict=STRICT):
        sys.exit(1)


if __name__ == "__main__":
    main(work)
