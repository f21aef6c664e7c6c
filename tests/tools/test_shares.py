"""`make test` runs its shares apart; no test stands between two of them, and none is run twice."""

from __future__ import annotations

import importlib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
RUNNER: Any = importlib.import_module("shares")  # tools/ is on the path (tests/conftest.py)
DATABASES = ("SQLite", "PostgreSQL")
FILES = {str(path.relative_to(ROOT)) for path in (ROOT / "tests").rglob("test_*.py")}


def _of(words: list[str]) -> set[str]:
    """The files pytest finds by these words."""
    below = lambda path, folder: path == folder or path.startswith(folder.rstrip("/") + "/")
    left = [word.partition("=")[2] for word in words if word.startswith("--ignore=")]
    asked = [word for word in words if not word.startswith("--")]
    found = {path for path in FILES if any(below(path, folder) for folder in asked)}
    return {path for path in found if not any(below(path, folder) for folder in left)}


@pytest.mark.parametrize("database", DATABASES)
def test_every_file_is_in_one_share(database: str) -> None:
    shares = [share for share in RUNNER.SHARES if share.database == database]
    runs = Counter(path for share in shares for path in _of(RUNNER.folders(share)))
    once_is_enough = _of([f"tests/{folder}" for folder in RUNNER.PURE]) if database == "PostgreSQL" else set()

    assert runs == Counter(FILES - once_is_enough)


def test_every_share_has_a_name_of_its_own_and_its_folders_exist() -> None:
    names = [(share.database, share.name) for share in RUNNER.SHARES]
    folders = [path for share in RUNNER.SHARES for path in share.paths]

    assert len(names) == len(set(names))
    assert {database for database, _ in names} == set(DATABASES)
    assert [path for path in (*folders, *RUNNER.PURE) if not (ROOT / "tests" / path).exists()] == []


def test_what_is_left_to_ci_is_proved_on_the_other_database_or_walks_through_every_screen() -> None:
    left = {(share.database, share.name) for share in RUNNER.SHARES if share.only_ci}
    assert left == {
        ("SQLite", "phone screens"),
        ("SQLite", "every page"),
        ("PostgreSQL", "backups and bad luck"),
        ("PostgreSQL", "cases"),
        ("PostgreSQL", "modules"),
        ("PostgreSQL", "the rest"),
    }
