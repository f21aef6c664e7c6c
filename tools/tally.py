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

    @property
    def skipped(self) -> int:
        return self.reasons.total()

    def add(self, name: str, status: int, report: Path) -> None:
        """A run's exit code and report; one that wrote no report did not get far enough to count."""
        before = self.failed
        for suite in ElementTree.parse(report).getroot().iter("testsuite") if report.exists() else ():
            tests, bad = (
                int(suite.get("tests", 0)),
                sum(int(suite.get(n) or 0) for n in ("failures", "errors")),
            )
            reasons = Counter(skip.get("message") or "no reason given" for skip in suite.iter("skipped"))
            self.passed += max(0, tests - bad - reasons.total())
            self.failed += bad
            self.reasons += reasons
        if status:
            self.failed = max(self.failed, before + 1)
            self.broken.append(f"{name} (exit {status})")

    def close(self, *, strict: bool) -> bool:
        """One line of what was left out and why, what broke, the counts; whether all is well."""
        skips = [f"{count} tests: {reason}" for reason, count in self.reasons.items()]
        say(f"\nLeft out: {'; '.join([*self.left_out, *skips]) or 'nothing'}")
        if strict and (self.left_out or skips):
            self.broken.append(
                f"CI=true, but {len(self.left_out)} parts and {self.skipped} tests were left out"
            )
        for what in self.broken:
            say(f"Failed: {what}")
        say(f"Total: {self.passed} passed, {self.failed} failed, {self.skipped} skipped")
        return bool(self.passed) and not self.failed and not self.broken
