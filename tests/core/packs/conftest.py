"""A copy of a real pack that a test may spoil."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from mulian.core.packs import check, load
from mulian.core.packs.finding import folder_of

Spoil = Callable[[str, str], list[str]]


@pytest.fixture
def gande(tmp_path: Path) -> Path:
    return Path(shutil.copytree(folder_of("gande"), tmp_path / "gande"))


@pytest.fixture
def spoil(gande: Path) -> Spoil:
    """Appends text to a file of the copy and answers what the check of the shared part says."""

    def spoil(file: str, text: str) -> list[str]:
        path = gande / file
        path.write_text(
            (path.read_text(encoding="utf-8") if path.exists() else "") + "\n" + text, encoding="utf-8"
        )
        return [str(fault) for fault in check(load(gande), parts=())]

    return spoil
