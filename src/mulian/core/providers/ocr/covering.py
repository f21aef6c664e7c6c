"""Where a paper must be covered, and whether that can be told from how its kind is printed. Pure rules.

Too much covered is a nuisance, too little is a breach: what could not be read is covered as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mulian.core.providers.ocr.layout import Layout, Page, Portrait
from mulian.core.providers.ocr.lines import Box, Line, rows
from mulian.core.providers.ocr.numbers import runs, whole
from mulian.core.providers.ocr.refusing import NUMBER, ORIGIN, is_refused, is_value, label_spans

STRAIGHT = 6.0
"""Degrees; on a picture turned further a row's end is no longer told by its height."""
MARGIN = 0.3
"""Of a line's height, around what is covered."""


@dataclass(frozen=True)
class Covering:
    """The parts to cover; `doubts`: why it is not sure that they are all (codes), empty when it is."""

    boxes: tuple[Box, ...]
    doubts: tuple[str, ...]
    page: Page | None

    @property
    def sure(self) -> bool:
        return not self.doubts

    def hides(self, box: Box) -> bool:
        """Whether more than a third of a place is covered."""
        return any(_shared(box, one) > box.width * box.height / 3 for one in self.boxes)


def cover(lines: Sequence[Line], width: int, height: int, layout: Layout) -> Covering:
    """What to cover on a picture of this size."""
    page = page_of(lines, layout)
    find = _Finder(lines, width, height, (*layout.printed(), *ORIGIN, *NUMBER))
    find.look()
    portrait = portrait_box(lines, page.portrait) if page and page.portrait else None
    boxes = [*find.boxes, *([portrait] if portrait else [])]
    doubts = [*find.doubts, *_missing(page, lines, find, portrait, width, height)]
    return Covering(tuple(_inside(boxes, width, height)), tuple(dict.fromkeys(doubts)), page)


def page_of(lines: Sequence[Line], layout: Layout) -> Page | None:
    """The side of the paper whose words were all read; None: it is none that we know."""
    text = "\n".join(line.text for line in lines if line.readable)
    return next((page for page in layout.pages if all(title in text for title in page.titles)), None)


def portrait_box(lines: Sequence[Line], portrait: Portrait) -> Box | None:
    """Where the picture of the person lies, measured from two labels; None when one was not read."""
    top, bottom = _label(lines, portrait.top), _label(lines, portrait.bottom)
    if top is None or bottom is None or bottom[1] <= top[1]:
        return None
    unit = bottom[1] - top[1]
    left, upper, right, lower = portrait.box
    return Box(top[0] + left * unit, top[1] + upper * unit, top[0] + right * unit, top[1] + lower * unit)


def _label(lines: Sequence[Line], word: str) -> tuple[float, float] | None:
    line = next((line for line in lines if word in line.text), None)
    return (line.at(line.text.find(word)), line.box.upper) if line else None


def _missing(
    page: Page | None, lines: Sequence[Line], find: _Finder, portrait: Box | None, width: int, height: int
) -> Iterator[str]:
    if page is None:
        yield "kind"
        return
    text = "\n".join(line.text for line in lines if line.readable)
    if any(word not in text for word in page.must):
        yield "words"
    if page.number and not find.number:
        yield "number"
    if page.origin and not find.origin:
        yield "words"
    if page.portrait and not (portrait and _fits(portrait, width, height)):
        yield "portrait"


class _Finder:
    """Goes through the rows once; `boxes` grows, `number` and `origin` say what was seen."""

    def __init__(self, lines: Sequence[Line], width: int, height: int, labels: Sequence[str]) -> None:
        self.rows, self.width, self.height, self.labels = rows(lines), width, height, labels
        self.boxes: list[Box] = []
        self.doubts: list[str] = []
        self.number = self.origin = False
        if any(line.long and abs(line.tilt) > STRAIGHT for line in lines):
            self.doubts.append("turned")

    def look(self) -> None:
        for row in self.rows:
            self._numbers(row)
            for place, line in enumerate(row):
                if not line.readable:
                    self._hide(line.box)
                self._labels(row, place)

    def _numbers(self, row: list[Line]) -> None:
        """A number may be printed in groups that were read as lines of their own."""
        text, starts = "", []
        for line in row:
            starts.append(len(text))
            text += line.text + " "
        for first, behind, folded in runs(text):
            self.number = self.number or whole(folded)
            for line, start in zip(row, starts, strict=True):
                if start < behind and first < start + len(line.text):
                    self._hide(self._part(line, first - start, behind - start))

    def _labels(self, row: list[Line], place: int) -> None:
        line = row[place]
        spans = label_spans(line.text, self.labels)
        refused = [span for span in spans if span[2] in (*ORIGIN, *NUMBER)]
        for first, behind, label in refused:
            self.origin = self.origin or label in ORIGIN
            self._value(row, place, first, behind, spans, label)
        bare = line.text
        for first, behind, _ in reversed(refused):
            bare = bare[:first] + " " * (behind - first) + bare[behind:]
        if is_refused(bare):
            self._value(row, place, 0, len(line.text), [], "")

    def _value(
        self,
        row: list[Line],
        place: int,
        first: int,
        behind: int,
        spans: list[tuple[int, int, str]],
        label: str,
    ) -> None:
        """From the label to the next one, else to the edge; with nothing behind it the column below as well."""
        line = row[place]
        after = next((at for at, _, _ in spans if at >= behind), None)
        named = [one for one in row[place + 1 :] if label_spans(one.text, self.labels)]
        end = line.at(after) if after is not None else named[0].box.left if named else float(self.width)
        upper = min(one.box.upper for one in row)
        lower = max(one.box.lower for one in row)
        start = line.at(first) if label else line.box.left
        self._hide(Box(start, upper, max(end, line.at(behind)), lower))
        follow = [one.text for one in row[place + 1 :] if line.at(behind) <= one.box.left < end]
        if label and not is_value(label, " ".join([line.text[behind:after], *follow])):
            wide = line.at(behind) - start
            self._hide(Box(start - wide / 2, upper, line.at(behind) + wide, float(self.height)))
            self.doubts.append("column")

    def _part(self, line: Line, first: int, behind: int) -> Box:
        left, right = line.at(max(0, first)), line.at(min(len(line.text), behind))
        return Box(left, line.box.upper, right, line.box.lower)

    def _hide(self, box: Box) -> None:
        self.boxes.append(box.grown(MARGIN * min(box.height, 0.1 * self.height)))


def _inside(boxes: Sequence[Box], width: int, height: int) -> Iterator[Box]:
    for box in boxes:
        left, upper = max(0.0, box.left), max(0.0, box.upper)
        right, lower = min(float(width), box.right), min(float(height), box.lower)
        if right > left and lower > upper:
            yield Box(left, upper, right, lower)


def _fits(box: Box, width: int, height: int) -> bool:
    """Most of it lies in the picture: a card cut off shows no more of the face than was told."""
    inside = next(_inside([box], width, height), None)
    return inside is not None and inside.width * inside.height > 0.7 * box.width * box.height


def _shared(one: Box, other: Box) -> float:
    wide = min(one.right, other.right) - max(one.left, other.left)
    high = min(one.lower, other.lower) - max(one.upper, other.upper)
    return wide * high if wide > 0 and high > 0 else 0.0
