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
        status, failed = subprocess.call(command, cwd=cwd, env=env), self.tally.failed
        self.tally.add(report)
        if status:
            self.tally.failed = max(self.tally.failed, failed + 1)
            self.broken.append(f"{name} (exit {status})")
        say(f"── {name}: {time.monotonic() - started:.0f} s")

    def pytest(self, name: str, *options: str, before: tuple[str, ...] = ()) -> None:
        report = self.folder / f"{name}.xml"
        words = [
            *before,
            sys.executable,
            "-m",
            "pytest",
            "-q",
            f"--junitxml={report}",
            *options,
            *sys.argv[2:],
        ]
        self.part(f"Tests on {name}", words, report)

    def leave_out(self, what: str) -> None:
        self.left_out.append(what)


def sqlite(runs: Runs) -> None:
    if browsers.chromium() is None:
        runs.leave_out("browser journeys: no Chromium (Debian: apt-get install chromium)")
        runs.pytest("SQLite", "-m", "not browser")
        return
    runs.pytest("SQLite")


def postgresql(runs: Runs) -> None:
    if postgres.find() is None:
        runs.leave_out("tests on PostgreSQL: no PostgreSQL 15+ (Debian: apt-get install postgresql)")
        return
    before = (sys.executable, str(ROOT / "tools" / "postgres.py"), "run", "--")
    pure = [f"--ignore=tests/{name}" for name in PURE]
    runs.pytest("PostgreSQL", "-m", "not browser", *pure, before=before)


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
            sqlite(runs)
            postgresql(runs)
            field(runs)
        close(runs)


if __name__ == "__main__":
    main(work)
