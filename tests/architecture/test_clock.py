"""Time is an argument: the machine's clock is read in one place, and Mulian's clock only by its shells."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MACHINE = {
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("timezone", "now"),
    ("timezone", "localtime"),
    ("timezone", "localdate"),
    ("time", "time"),
    ("time", "time_ns"),
    ("time", "localtime"),
    ("time", "gmtime"),
    ("time", "ctime"),
}
"""Whoever calls one of these asks what day the machine has. Spans (`monotonic`, `perf_counter`) are no days."""
WORDS = re.compile(
    r"\b(now|today|localtime|localdate)\(|\b(utcnow|gmtime|ctime|time_ns)\b|\btime\.time\b|import (now|time)$",
    re.M,
)
KNOW_THE_MACHINE = {
    "src/mulian/kernel/clock.py": "the one place",
    "src/mulian/site/demo.py": "the moment a demo's own clock is set at",
    "src/mulian/site/lan.py": "a certificate is judged by the phones' own clocks",
    "tests/kernel/test_clock.py": "that it is the machine's",
    "tests/core/providers/mail.py": "a certificate for another process",
    "tests/journeys/*.py": "phones of a server that runs in real time",
}
SHELLS = (
    "src/mulian/cli/*",
    "src/mulian/site/*",
    "src/mulian/*/commands.py",
    "src/mulian/*/views.py",
    "src/mulian/core/access/middleware.py",
    "src/mulian/core/sync/answering.py",
    "src/mulian/kernel/ids.py",
    "tests/kernel/*",
    "tests/core/sync/*",
)
"""They hand the moment on: command line, requests, the worker's loops; an id carries the moment it was made at.
Tests of the sync speak with a server in real time and count no days."""


def readings(source: str) -> Iterator[tuple[int, str, str]]:
    """(line, owner, name) of each call `owner.name(…)`."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = node.func.value
            name = owner.id if isinstance(owner, ast.Name) else getattr(owner, "attr", "")
            yield node.lineno, name, node.func.attr


def imported(source: str) -> Iterator[tuple[int, str, str]]:
    """A function taken from its module would be called by another name."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                yield node.lineno, node.module.rpartition(".")[2], alias.name


@cache
def candidates() -> dict[str, str]:
    """Sources in which a word for it stands at all: few, so few are parsed."""
    files = sorted([*(ROOT / "src").rglob("*.py"), *(ROOT / "tests").rglob("*.py")])
    texts = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in files}
    return {name: text for name, text in texts.items() if WORDS.search(text)}


def asked(source: str, what: set[tuple[str, str]]) -> list[int]:
    found = [*readings(source), *imported(source)]
    return [line for line, owner, name in found if (owner, name) in what]


def strangers(what: set[tuple[str, str]], known: tuple[str, ...]) -> list[str]:
    """Places in src and tests that ask, and may not."""
    return [
        f"{name}:{line}"
        for name, text in candidates().items()
        if not any(fnmatch(name, pattern) for pattern in known)
        for line in asked(text, what)
    ]


def test_the_machines_clock_is_read_in_one_place() -> None:
    assert strangers(MACHINE, tuple(KNOW_THE_MACHINE)) == []


def test_only_shells_ask_what_time_it_is() -> None:
    assert strangers({("clock", "now")}, SHELLS) == []


@pytest.mark.parametrize("pattern", [*KNOW_THE_MACHINE, *SHELLS])
def test_whoever_may_ask_does(pattern: str) -> None:
    what = MACHINE if pattern in KNOW_THE_MACHINE else {("clock", "now")}
    texts = [text for name, text in candidates().items() if fnmatch(name, pattern)]
    assert any(asked(text, what) for text in texts)


@pytest.mark.parametrize(
    ("source", "seen"),
    [
        ("from datetime import datetime\ndatetime.now(UTC)", True),
        ("import datetime\ndatetime.date.today()", True),
        ("from time import time", True),
        ("from django.utils import timezone\ntimezone.now()", True),
        ("import time\ntime.monotonic()", False),
        ("at.astimezone(CN).date()", False),
    ],
)
def test_a_reading_would_be_seen(source: str, seen: bool) -> None:
    assert bool(asked(source, MACHINE)) is seen
