"""Lines drawn on the server: no script, prints as it is; beside each stands its table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, log10

WIDTH, HEIGHT = 640.0, 220.0
LEFT, RIGHT, TOP, BOTTOM = 48.0, 24.0, 12.0, 28.0
STEPS = 4
SHAPES = ("line-full", "line-dash", "line-dot")
"""Lines differ by stroke as well as by colour."""


@dataclass(frozen=True)
class Mark:
    """One value of a line, in the drawing's own units."""

    x: float
    y: float
    words: str


@dataclass(frozen=True)
class Series:
    """One line: its name, its stroke, unbroken pieces as points, and every mark."""

    name: str
    shape: str
    pieces: tuple[str, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Drawing:
    """Lines, the heights of the grid with their labels, and labels below (every one that has room)."""

    series: tuple[Series, ...]
    grid: tuple[tuple[float, str], ...]
    below: tuple[tuple[float, str], ...]
    width: float = WIDTH
    height: float = HEIGHT
    left: float = LEFT
    right: float = WIDTH - RIGHT
    base: float = HEIGHT - BOTTOM


def drawing(
    labels: Sequence[str], lines: Sequence[tuple[str, Sequence[float | None]]], unit: str = ""
) -> Drawing | None:
    """None where there is nothing to draw."""
    known = [value for _, values in lines for value in values if value is not None]
    if not known:
        return None
    top = 100.0 if unit == "%" else _top(max(known))
    found = [
        _series(name, values, top, SHAPES[i % len(SHAPES)], labels, unit)
        for i, (name, values) in enumerate(lines)
    ]
    grid = tuple((_y(top * i / STEPS, top), f"{top * i / STEPS:g}{unit}") for i in range(STEPS + 1))
    every = ceil(len(labels) / 7)
    below = tuple((_x(i, len(labels)), each) for i, each in enumerate(labels) if i % every == 0)
    return Drawing(tuple(found), grid, below)


def _series(
    name: str, values: Sequence[float | None], top: float, shape: str, labels: Sequence[str], unit: str
) -> Series:
    marks = [
        None if value is None else Mark(_x(i, len(values)), _y(value, top), f"{labels[i]}: {value:g}{unit}")
        for i, value in enumerate(values)
    ]
    return Series(name, shape, tuple(_pieces(marks)), tuple(mark for mark in marks if mark))


def _pieces(marks: Sequence[Mark | None]) -> list[str]:
    """What is unbroken; where a value is missing the line stops."""
    found: list[list[str]] = [[]]
    for mark in marks:
        if mark is None:
            found.append([])
        else:
            found[-1].append(f"{mark.x:.1f},{mark.y:.1f}")
    return [" ".join(piece) for piece in found if len(piece) > 1]


def _x(number: int, many: int) -> float:
    return round(LEFT + (WIDTH - LEFT - RIGHT) * (number / (many - 1) if many > 1 else 0.5), 1)


def _y(value: float, top: float) -> float:
    return round(HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * value / top, 1)


def _top(largest: float) -> float:
    """The next round number: 1, 2, 4 or 8 times a power of ten, at least 4, so that the steps are whole."""
    if largest <= 4:
        return 4.0
    power = 10.0 ** int(log10(largest))
    return next(power * each for each in (1, 2, 4, 8, 10) if power * each >= largest)
