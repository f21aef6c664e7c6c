"""The cursor: short, opaque, and only its own phone's."""

from __future__ import annotations

import pytest

from mulian.core.sync.cursor import Cursor, read, write

GRID, COOPERATIVE = "632623204200G001", "632623204200C01G002"


@pytest.mark.parametrize("pos", [0, 1, 127, 128, 14153, 2**62])
@pytest.mark.parametrize("cold", [None, 0, 1, 127, 128, 5000])
@pytest.mark.parametrize("areas", [(), ("63",), (GRID,), ("632623", GRID, COOPERATIVE)])
def test_what_is_written_is_read(pos: int, cold: int | None, areas: tuple[str, ...]) -> None:
    cursor = Cursor(pos, areas, cold)
    assert read(write(cursor, device="d", epoch="e"), device="d", epoch="e") == cursor


def test_it_is_short() -> None:
    """It travels both ways at every contact: nothing changed costs 650 bytes at most."""
    assert len(write(Cursor(1_000_000, (GRID,)), device="d", epoch="e")) <= 24


@pytest.mark.parametrize("text", ["", "x", "AAAA", "é", "AAAAAAAAAAAAAAAA", "////////////////"])
def test_anything_else_counts_as_none(text: str) -> None:
    assert read(text, device="d", epoch="e") is None


def test_a_changed_byte_counts_as_none() -> None:
    text = write(Cursor(7, (GRID,)), device="d", epoch="e")
    for n in range(len(text)):
        other = text[:n] + ("A" if text[n] != "A" else "B") + text[n + 1 :]
        found = read(other, device="d", epoch="e")
        assert found is None or found == Cursor(7, (GRID,))
