"""Counts of test runs, read from their JUnit reports, and the last lines a person reads."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from steps import say


@dataclass
class Tally:
    """Counts of one or more runs; `reasons` says why tests were skipped, `left_out` which parts could not run."""

    passed: int = 0
    failed: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    left_out: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    unsteady: list[str] = field(default_factory=list)
    """Tests that failed beside others and passed alone: each is a fault to be found, but not of this change alone."""

    @property
    def skipped(self) -> int:
        return self.reasons.total()

    def add(self, name: str, status: int, report: Path) -> None:
        """A run's exit code and report; one that wrote no report did not get far enough to count."""
        before = self.failed
        for suite in _suites(report):
            tests, bad = int(suite.get("tests", 0)), _bad(suite)
            reasons = Counter(skip.get("message") or "no reason given" for skip in suite.iter("skipped"))
            self.passed += max(0, tests - bad - reasons.total())
            self.failed += bad
            self.reasons += reasons
        if status:
            self.failed = max(self.failed, before + 1)
            self.broken.append(f"{name} (exit {status})")

    def passed_alone(self, name: str, report: Path) -> None:
        """All that had failed in the run `name` passed when asked again by themselves, as this report says."""
        names = [f"{case.get('classname')}.{case.get('name')}" for case in _cases(report)]
        self.broken = [what for what in self.broken if not what.startswith(f"{name} (exit ")]
        self.failed -= len(names)
        self.passed += len(names)
        self.unsteady += names

    def close(self, *, strict: bool) -> bool:
        """One line of what was left out and why, what broke, the counts; whether all is well."""
        skips = [f"{count} tests: {reason}" for reason, count in self.reasons.items()]
        say(f"\nLeft out: {'; '.join([*self.left_out, *skips]) or 'nothing'}")
        if strict and (self.left_out or skips):
            self.broken.append(
                f"CI=true, but {len(self.left_out)} parts and {self.skipped} tests were left out"
            )
        for what in self.unsteady:
            say(f"Unsteady: {what} failed beside others and passed alone")
        for what in self.broken:
            say(f"Failed: {what}")
        say(f"Total: {self.passed} passed, {self.failed} failed, {self.skipped} skipped")
        return bool(self.passed) and not self.failed and not self.broken


def failures(report: Path) -> int:
    """How many tests a run's report says failed; none without a report."""
    return sum(_bad(suite) for suite in _suites(report))


def _suites(report: Path) -> list[ElementTree.Element]:
    return list(ElementTree.parse(report).getroot().iter("testsuite")) if report.exists() else []


def _cases(report: Path) -> list[ElementTree.Element]:
    return [case for suite in _suites(report) for case in suite.iter("testcase")]


def _bad(suite: ElementTree.Element) -> int:
    return sum(int(suite.get(name) or 0) for name in ("failures", "errors"))
