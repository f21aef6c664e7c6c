"""Lines as an engine read them, and where on the picture each of their characters stands."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace

from msgspec import Struct

READABLE, READABLE_TIBETAN = 0.6, 0.35
"""What was read less surely counts as not read. Tesseract doubts every Tibetan line, also those it reads right."""
NARROW = 0.55
"""Width of a Latin letter or a digit beside a Chinese character's."""
_TIBETAN = re.compile("[\u0f40-\u0f6c]")
_GAP = re.compile("(?<=[\u3400-\u9fff])\\s+(?=[\u3400-\u9fff])")


class Box(Struct, frozen=True):
    """A part of the picture, in its own pixels."""

    left: float
    upper: float
    right: float
    lower: float

    @property
    def height(self) -> float:
        return self.lower - self.upper

    @property
    def width(self) -> float:
        return self.right - self.left

    def grown(self, by: float) -> Box:
        return Box(self.left - by, self.upper - by, self.right + by, self.lower + by)


@dataclass(frozen=True)
class Line:
    """What was read in one place, how surely (0 to 1), and how far its place is turned (degrees)."""

    text: str
    box: Box
    confidence: float
    tilt: float = 0.0

    @property
    def long(self) -> bool:
        """Long enough for its turn to mean something."""
        return self.box.width > 3 * self.box.height

    @property
    def readable(self) -> bool:
        least = READABLE_TIBETAN if _TIBETAN.search(self.text) else READABLE
        return self.confidence >= least

    def at(self, character: int) -> float:
        """Where the character with this number begins, from left."""
        widths = [_width(letter) for letter in self.text]
        share = sum(widths[:character]) / (sum(widths) or 1.0)
        return self.box.left + share * self.box.width


def tidy(line: Line) -> Line:
    """Without the gaps that printers leave inside a label."""
    return replace(line, text=_GAP.sub("", line.text.strip()))


def rows(lines: Iterable[Line]) -> list[list[Line]]:
    """The lines row by row, each from left to right; lines share a row when half of the taller one does."""
    found: list[list[Line]] = []
    for line in sorted(lines, key=lambda one: one.box.upper):
        home = next((row for row in found if _beside(row[-1].box, line.box)), None)
        if home is None:
            found.append([line])
        else:
            home.append(line)
    return [sorted(row, key=lambda one: one.box.left) for row in found]


def turned(corners: list[tuple[float, float]]) -> float:
    """How far a place is turned: its upper edge against the horizontal, in degrees."""
    (x0, y0), (x1, y1) = corners[0], corners[1]
    return math.degrees(math.atan2(y1 - y0, x1 - x0))


def _beside(one: Box, other: Box) -> bool:
    shared = min(one.lower, other.lower) - max(one.upper, other.upper)
    return shared >= 0.5 * max(one.height, other.height)


def _width(letter: str) -> float:
    if unicodedata.combining(letter) or "\u0f71" <= letter <= "\u0fbc":
        return 0.0
    return 1.0 if unicodedata.east_asian_width(letter) in "WF" else NARROW
