"""What the last lines of a run of tests say."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

import pytest

tally: Any = importlib.import_module("tally")  # tools/ is on the path (tests/conftest.py)

FAILED = """<testsuites><testsuite tests="5" failures="1" errors="1">
<testcase classname="tests.a" name="one"><failure/></testcase>
<testcase classname="tests.a" name="two"><error/></testcase>
<testcase classname="tests.a" name="three"><skipped message="no ears"/></testcase></testsuite></testsuites>"""
PASSED = """<testsuites><testsuite tests="2"><testcase classname="tests.a" name="one"/>
<testcase classname="tests.a" name="two"/></testsuite></testsuites>"""


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "SQLite.xml"
    path.write_text(FAILED)
    return path


def test_a_run_that_failed_is_counted_and_named(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = tally.Tally()
    found.add("SQLite", 1, report)
    assert tally.failures(report) == 2
    assert not found.close(strict=False)
    assert capsys.readouterr().out.splitlines()[-3:] == [
        "Left out: 1 tests: no ears",
        "Failed: SQLite (exit 1)",
        "Total: 2 passed, 2 failed, 1 skipped",
    ]


def test_what_passes_alone_is_named_and_fails_nothing(
    report: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found, again = tally.Tally(), report.with_suffix(".again.xml")
    again.write_text(PASSED)
    found.add("SQLite", 1, report)
    found.add("Phone app", 0, again)
    found.passed_alone("SQLite", again)
    assert found.close(strict=False)
    assert capsys.readouterr().out.splitlines()[-3:] == [
        "Unsteady: tests.a.one failed beside others and passed alone",
        "Unsteady: tests.a.two failed beside others and passed alone",
        "Total: 6 passed, 0 failed, 1 skipped",
    ]


def test_a_run_without_a_report_is_a_failure(tmp_path: Path) -> None:
    found = tally.Tally()
    found.add("SQLite", 4, tmp_path / "none.xml")
    assert (found.failed, found.broken) == (1, ["SQLite (exit 4)"])
    assert tally.failures(tmp_path / "none.xml") == 0
    assert not found.close(strict=False)
