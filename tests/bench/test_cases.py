"""The benches of cases as one command: each is ended in time, and what it found stands in one table."""

from __future__ import annotations

import os
import sys

import pytest

from bench import cases
from bench.cases import Told
from bench.reports import limits

SLEEPS = [sys.executable, "-c", "import time; time.sleep(600)"]


def test_a_bench_that_takes_too_long_is_ended_and_one_that_fails_is_named() -> None:
    assert cases._ended(SLEEPS, os.environ, 0.2) == "ended after 0 s"
    assert cases._ended([sys.executable, "-c", "raise SystemExit(3)"], os.environ, 60) == "exit code 3"
    assert cases._ended([sys.executable, "-c", ""], os.environ, 60) == ""


def test_the_table_has_a_column_for_each_database_and_says_what_was_missed() -> None:
    rows = [
        Told("inbox", "SQLite", "pages", "as it opens", "p95 80 ms", "≤ 150 ms", True),
        Told("inbox", "PostgreSQL", "pages", "as it opens", "p95 180 ms", "≤ 150 ms", False),
        Told("walks", "", "walk", "steps", "none broken", "", None),
    ]
    assert list(cases.table(rows))[3:] == [
        "| `bench.inbox` | pages: as it opens | ≤ 150 ms | p95 80 ms | p95 180 ms: **missed** |",
        "| `bench.walks` | walk: steps |  | none broken | – |",
    ]


def test_small_runs_come_to_their_end(capsys: pytest.CaptureFixture[str]) -> None:
    assert cases.main(["--small", "clocks", "walks"]) == 0
    shown = capsys.readouterr().out
    assert "| `bench.clocks` | clock cases: random lives of promises | 0 mismatches | " in shown
    assert "| `bench.walks` | random walks: 2,000 steps | no invariant broken | " in shown


@pytest.mark.parametrize("run", cases.RUNS, ids=lambda run: run.name)
def test_every_bench_is_there(run: cases.Run) -> None:
    assert (cases.ROOT / "bench" / f"{run.name}.py").exists()
    assert run.minutes <= 60


@pytest.mark.parametrize("script", ["zh", "bo"])
def test_the_limits_of_invented_tables_are_shares(script: str) -> None:
    found = limits(script, 300, 1, 2)
    assert 0 < found.known < 1
    assert 0.9 < found.told_apart <= 1
