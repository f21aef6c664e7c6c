"""Runs every test that can run on this machine, and says in one line what was left out and why.

  python tools/tests.py all  [pytest options]   SQLite, PostgreSQL, browser journeys, phone app
  python tools/tests.py fast [pytest options]   SQLite, without a browser and without servers of its own

With CI=true nothing may be left out: a missing program or a skipped test is a failure.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import browsers
import frontend
import postgres
from steps import ROOT, Failed, main, say

STRICT = os.environ.get("CI", "").lower() == "true"
PURE = ("architecture", "kernel", "domain", "packs", "core/packs")  # touch no database: once is enough


@dataclass
class Tally:
    """Counts of one or more runs."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def add(self, report: Path) -> None:
        """Adds a run's JUnit report; a run that wrote none did not get far enough to count."""
        for suite in ElementTree.parse(report).getroot().iter("testsuite") if report.exists() else ():
            count = {name: int(suite.get(name) or 0) for name in ("tests", "failures", "errors", "skipped")}
            bad = count["failures"] + count["errors"]
            self.failed, self.skipped = self.failed + bad, self.skipped + count["skipped"]
            self.passed += max(0, count["tests"] - bad - count["skipped"])


class Runs:
    """The parts of one `make test`, their results and what was left out."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.tally = folder, Tally()
        self.left_out: list[str] = []
        self.broken: list[str] = []

    def part(
        self,
        name: str,
        command: list[str],
        report: Path,
        *,
        cwd: Path = ROOT,
        env: dict[str, str] | None = None,
    ) -> None:
        say(f"\n── {name}")
        started = time.monotonic()
        self._record(name, subprocess.call(command, cwd=cwd, env=env), report, started)

    def _record(self, name: str, status: int, report: Path, started: float) -> None:
        failed = self.tally.failed
        self.tally.add(report)
        if status:
            self.tally.failed = max(self.tally.failed, failed + 1)
            self.broken.append(f"{name} (exit {status})")
        say(f"── {name}: {time.monotonic() - started:.0f} s")

    def pytest(self, name: str, *options: str) -> None:
        self.part(f"Tests on {name}", self._words(name, options), self._report(name))

    def beside(self, name: str, *options: str, before: tuple[str, ...]) -> Callable[[], None]:
        """Starts a run next to the others (one core each); the answer waits for it and prints what it said."""
        log = self.folder / f"{name}.log"
        with log.open("w") as out:
            words = [*before, *self._words(name, options)]
            process = subprocess.Popen(words, cwd=ROOT, stdout=out, stderr=subprocess.STDOUT)
        started = time.monotonic()

        def finish() -> None:
            status = process.wait()
            say(f"\n── Tests on {name} (ran beside)\n{log.read_text(errors='replace')}")
            self._record(f"Tests on {name}", status, self._report(name), started)

        return finish

    def _report(self, name: str) -> Path:
        return self.folder / f"{name}.xml"

    def _words(self, name: str, options: tuple[str, ...]) -> list[str]:
        report = f"--junitxml={self._report(name)}"
        return [sys.executable, "-m", "pytest", "-q", report, *options, *sys.argv[2:]]

    def leave_out(self, what: str) -> None:
        self.left_out.append(what)


def sqlite(runs: Runs) -> None:
    if browsers.chromium() is None:
        runs.leave_out("browser journeys: no Chromium (Debian: apt-get install chromium)")
        runs.pytest("SQLite", "-m", "not browser")
        return
    runs.pytest("SQLite")


def postgresql(runs: Runs) -> Callable[[], None]:
    """Starts the run on PostgreSQL where it can be had; the answer waits for it."""
    if postgres.find() is None:
        runs.leave_out("tests on PostgreSQL: no PostgreSQL 15+ (Debian: apt-get install postgresql)")
        return lambda: None
    before = (sys.executable, str(ROOT / "tools" / "postgres.py"), "run", "--")
    pure = [f"--ignore=tests/{name}" for name in PURE]
    return runs.beside("PostgreSQL", "-m", "not browser", *pure, before=before)


def field(runs: Runs) -> None:
    if not (ROOT / "field" / "package.json").exists():
        return
    frontend.install("field")
    report = runs.folder / "field.xml"
    reporters = ["--reporter=default", "--reporter=junit", f"--outputFile.junit={report}"]
    command, env = frontend.npm_command("run", "test", "--", *reporters)
    runs.part("Tests of the phone app", command, report, cwd=ROOT / "field", env=env)


def close(runs: Runs) -> None:
    """The last lines: what was left out, what broke, and the counts as test runners print them."""
    say("")
    for what in runs.left_out:
        say(f"Left out: {what}")
    for what in runs.broken:
        say(f"Failed: {what}")
    tally = runs.tally
    if STRICT and (runs.left_out or tally.skipped):
        runs.broken.append("skips")
        say(f"Failed: CI=true, but {len(runs.left_out)} parts and {tally.skipped} tests were left out.")
    say(f"Total: {tally.passed} passed, {tally.failed} failed, {tally.skipped} skipped")
    if runs.broken or tally.failed or not tally.passed:
        sys.exit(1)


def work() -> None:
    which = sys.argv[1] if len(sys.argv) > 1 else "all"
    if which not in ("all", "fast"):
        raise Failed(f"unknown: {which}", __doc__ or "")
    with tempfile.TemporaryDirectory(prefix="mulian-tests-") as folder:
        runs = Runs(Path(folder))
        if which == "fast":
            runs.pytest("SQLite", "-m", "not browser and not slow")
        else:
            wait_for_postgresql = postgresql(runs)
            sqlite(runs)
            field(runs)
            wait_for_postgresql()
        close(runs)


if __name__ == "__main__":
    main(work)
