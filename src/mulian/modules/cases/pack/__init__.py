"""The case part of a county pack: read into rules, checked, and tried with the pack's own tests.toml.

Files read: topics, hazards, promises, calendars, ladder, units (and areas, points) in the form
packs/README.md gives.
"""

from __future__ import annotations

from mulian.core.packs.pack import Pack
from mulian.kernel.problems import Problem
from mulian.modules.cases.pack.reading import INVALID, CaseRules, rules_of
from mulian.modules.cases.pack.rows import Failure, run_rows

__all__ = ["INVALID", "CaseRules", "Failure", "check", "rules_of", "run_rows", "run_tests"]


def check(pack: Pack) -> list[str]:
    """What is wrong with the case part of a pack, one sentence each; empty when it can be used."""
    try:
        rules_of(pack)
    except Problem as problem:
        errors = problem.params["errors"]
        assert isinstance(errors, tuple)
        return [str(each) for each in errors]
    return []


def run_tests(pack: Pack) -> list[str]:
    """The rows of tests.toml that do not come out as the pack says, one sentence each."""
    return [str(failure) for failure in run_rows(pack)]
