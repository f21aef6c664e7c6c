"""Runs every test that can run on this machine, and says in one line what was left out and why.

  python tools/tests.py all  [pytest options]   SQLite, PostgreSQL, browser journeys, phone app
  python tools/tests.py fast [pytest options]   SQLite, without a browser and without servers of its own

All of it is cut into shares, a process each. One more than there are cores runs at a time, for tests wait for browsers
and servers now and then; the longest begin first, so that the lanes end together. With CI=true nothing may be left out:
a missing program or a skipped test is a failure.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import ExitStack
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
    Share("SQLite", "phone screens", ("journeys/test_phone_screens.py",), 290),
    Share("SQLite", "every page", ("journeys/test_every_page_is_whole.py",), 140),
    Share("SQLite", "journeys", ("journeys",), 300),
    Share("SQLite", "kills and backups", KILLS, 180),
    Share("SQLite", "cases", ("modules/cases",), 260),
    Share("SQLite", "modules", ("modules",), 150),
    Share("SQLite", "access", ("access",), 170),
    Share("SQLite", "the rest", ("",), 340),
    Share("PostgreSQL", "kills and backups", KILLS, 190),
    Share("PostgreSQL", "cases", ("modules/cases",), 230),
    Share("PostgreSQL", "modules", ("modules",), 140),
    Share("PostgreSQL", "the rest", ("",), 400),
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


def pytest(
    place: Path, name: str, *options: str, database: str = "SQLite", url: str = "", seconds: int = 0
) -> Part:
    """One process of pytest. What those of one database need alike, they make once (tests/together.py)."""
    report, plain, together = place / f"{name}.xml", re.sub(r"\W+", "_", name.lower()), place / database
    together.mkdir(exist_ok=True)
    own = ["-q", f"--junitxml={report}", f"--basetemp={place / plain}", "--durations=12", "--durations-min=4"]
    command = [sys.executable, "-m", "pytest", *own, *options, *words()]
    env = {**os.environ, **compiled(place), "MULIAN_TOGETHER": str(together), "MULIAN_SHARE": f"{plain}_"}
    if url:
        env["MULIAN_DATABASE_URL"] = url
    return Part(name, command, report, env=env, seconds=seconds)


def compiled(place: Path) -> dict[str, str]:
    """Where Python may not keep what it compiled beside the sources, it keeps it for this run: each of some hundred
    processes would begin with compiling a thousand files.
    """
    if not os.environ.get("PYTHONDONTWRITEBYTECODE"):
        return {}
    return {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(place / "compiled")}


def on_sqlite(place: Path, tally: Tally) -> list[Part]:
    options: tuple[str, ...] = ()
    if browsers.chromium() is None:
        tally.left_out.append("browser journeys: no Chromium (Debian: apt-get install chromium)")
        options = ("-m", "not browser")
    return shares(place, "SQLite", options)


def on_postgresql(place: Path, tally: Tally, servers: ExitStack) -> list[Part]:
    """All of them on one server of our own, each with databases of its own; it ends with `servers`."""
    if postgres.find() is None:
        tally.left_out.append("tests on PostgreSQL: no PostgreSQL 15+ (Debian: apt-get install postgresql)")
        return []
    url = servers.enter_context(postgres.server())
    return shares(place, "PostgreSQL", ("-m", "not browser"), url)


def shares(place: Path, database: str, options: tuple[str, ...], url: str = "") -> list[Part]:
    if chosen():
        return [pytest(place, database, *options, database=database, url=url)]
    return [
        pytest(
            place,
            f"{database}, {share.name}",
            *options,
            *folders(share),
            database=database,
            url=url,
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
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # the server of PostgreSQL ends with us
    tally = Tally()
    with tempfile.TemporaryDirectory(prefix="mulian-tests-") as folder:
        place = Path(folder)
        if which == "fast":
            part = pytest(place, "SQLite", "-m", "not browser and not slow")
            tally.add(part.name, subprocess.call(part.command, cwd=ROOT, env=part.env), part.report)
        else:
            with ExitStack() as servers:
                parts = [*on_sqlite(place, tally), *on_postgresql(place, tally, servers), field(place)]
                run_all(sorted(parts, key=lambda part: -part.seconds), tally)
    if not tally.close(strict=STRICT):
        sys.exit(1)


if __name__ == "__main__":
    main(work)
