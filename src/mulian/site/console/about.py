"""Figures the About page tells: versions, and how much of the Tibetan a native speaker has passed."""

from __future__ import annotations

import json
import platform
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

import django
from django.conf import settings
from django.db import connection


@dataclass(frozen=True)
class Reviewed:
    """How many Tibetan strings there are and how many a native speaker has passed."""

    strings: int
    reviewed: int


@cache
def tibetan() -> Reviewed:
    """Counted when the catalogues are compiled; nothing counted reads as nothing reviewed."""
    for folder in settings.LOCALE_PATHS:
        path = Path(folder) / "review.json"
        if path.is_file():
            row = json.loads(path.read_text())["bo"]
            return Reviewed(strings=row["strings"], reviewed=row["reviewed"])
    return Reviewed(strings=0, reviewed=0)


def versions() -> list[tuple[str, str]]:
    """Programs this installation runs on."""
    return [
        ("Mulian", version("mulian")),
        ("Python", platform.python_version()),
        ("Django", django.get_version()),
        (connection.display_name, _database()),
    ]


def _database() -> str:
    return ".".join(str(part) for part in connection.get_database_version())
