"""Runs every test that can run on this machine, and says in one line what was left out and why.

  python tools/tests.py all  [pytest options]   SQLite, PostgreSQL, browser journeys, phone app
  python tools/tests.py fast [pytest options]   SQLite, without a browser and without servers of its own

All of it is cut into shares, a process each. One more than there are cores runs at a time, for tests wait for browsers
and servers now and then; the longest begin first, so that the lanes end together. With CI=true nothing may be left out:
a missing program or a skipped test is a failure. Without it the modules' tests run on one database and a few long walks
through every screen not at all; the last lines say so.

A few tests that fail are asked again by themselves, when nothing runs beside them. What passes then is named as
unsteady and does not fail the run: it is a fault to be found, but a change is not thrown away for it.
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
from shares import SHARES, folders
from steps import ROOT, Failed, main, say
from tally import Tally, failures

STRICT = os.environ.get("CI", "").lower() == "true"
LANES = (os.cpu_count() or 2) + 1
FEW = 3
"""More failures than this are no bad luck: they are not asked again."""
NOTHING_CHOSEN = 5
"""pytest's exit code when its options chose no test."""
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
    own = [
        "-q",
        f"--junitxml={report}",
        f"--basetemp={place / plain}",
        "-o",
        f"cache_dir={place / plain}.cache",
    ]
    own += ["--durations=12", "--durations-min=4"]
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
    return shares(place, "SQLite", options, tally)


def on_postgresql(place: Path, tally: Tally, servers: ExitStack) -> list[Part]:
    """All of them on one server of our own, each with databases of its own; it ends with `servers`."""
    if postgres.find() is None:
        tally.left_out.append("tests on PostgreSQL: no PostgreSQL 15+ (Debian: apt-get install postgresql)")
        return []
    url = servers.enter_context(postgres.server())
    return shares(place, "PostgreSQL", ("-m", "not browser"), tally, url)


def shares(place: Path, database: str, options: tuple[str, ...], tally: Tally, url: str = "") -> list[Part]:
    if chosen():
        return [pytest(place, database, *options, database=database, url=url)]
    ours = [share for share in SHARES if share.database == database]
    left = [share.name for share in ours if share.only_ci and not STRICT]
    if left:
        tally.left_out.append(f"{database}, {', '.join(left)}: only with CI=true")
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
        for share in ours
        if share.name not in left
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


def ask_again(parts: list[Part], tally: Tally) -> None:
    """The few that failed, one after another with nothing beside them."""
    failed = [part for part in parts if failures(part.report)]
    if not 0 < sum(failures(part.report) for part in failed) <= FEW:
        return
    for part in failed:
        report = part.report.with_suffix(".again.xml")
        say(f"\n── {part.name}: what failed, by itself")
        if subprocess.call([*part.command, "--lf", "--lfnf=none", f"--junitxml={report}"], env=part.env) == 0:
            tally.passed_alone(part.name, report)


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
                ask_again([part for part in parts if "pytest" in part.command], tally)
    if not tally.close(strict=STRICT):
        sys.exit(1)


if __name__ == "__main__":
    main(work)
