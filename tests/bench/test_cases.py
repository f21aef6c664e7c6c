"""The benches of cases as one command: each is ended in time, and what it found stands in one table."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from bench import cases, told
from bench.ceiling import limits
from bench.places import SQLITE, URL, Place
from bench.reports import Wanted
from bench.told import Told

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
    assert list(told.table(rows))[3:] == [
        "| `bench.inbox` | pages: as it opens | ≤ 150 ms | p95 80 ms | p95 180 ms: **missed** |",
        "| `bench.walks` | walk: steps |  | none broken | – |",
    ]


def test_a_bench_run_again_takes_the_place_of_its_rows_and_leaves_what_filled_it(tmp_path: Path) -> None:
    def row(bench: str, database: str, figure: str, title: str = "pages") -> Told:
        return Told(bench, database, title, "as it opens", figure, "", None)

    before = [
        row("inbox", "SQLite", "old"),
        row("inbox", "SQLite", "200,000", "inbox, filling"),
        row("inbox", "PostgreSQL", "stays"),
        row("walks", "", "stays"),
    ]
    told.keep(tmp_path / "rows", told.replaced(before, [row("inbox", "SQLite", "new", "inbox")]))
    assert [each.figure for each in told.kept(tmp_path / "rows")] == ["200,000", "stays", "stays", "new"]
    assert told.kept(tmp_path / "none") == told.kept(None) == []


def test_what_hangs_on_the_clock_runs_alone_in_the_folder_that_was_filled_before(tmp_path: Path) -> None:
    place = Place(tmp_path)
    place.databases = [SQLITE]
    (tmp_path / "empty-SQLite").mkdir()  # as made already
    wanted = cases._parser(cases.RUNS, "cases", None).parse_args(["--small"])
    jobs = {str(job): job for job in cases._jobs(cases.RUNS, wanted, place)}
    assert {name: job.counted for name, job in jobs.items()} == {
        "clocks": True, "walks": True, "classify": True, "ladder SQLite": False, "replanning SQLite": False,
        "inbox, filling SQLite": True, "inbox SQLite": False, "open311 SQLite": False,
    }  # fmt: skip
    keep = ("--keep", str(tmp_path / "inbox-SQLite"))
    assert jobs["inbox SQLite"].arguments == ("--cases", "300", "--asks", "1", *keep)
    assert jobs["inbox, filling SQLite"].arguments == (*jobs["inbox SQLite"].arguments, "--asks", "0")
    assert URL not in jobs["inbox SQLite"].environment


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
    found = limits(Wanted(script, 300, 1, own=0.5))
    assert 0 < found.known < 1
    assert 0.9 < found.told_apart <= 1
