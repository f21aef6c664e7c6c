"""Which values stand behind which labels of a paper, with how surely they were read. Never a covered one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from mulian.core.providers.ocr.covering import Covering
from mulian.core.providers.ocr.layout import Layout
from mulian.core.providers.ocr.lines import Box, Line, rows
from mulian.core.providers.ocr.numbers import covered, looks_numbered
from mulian.core.providers.ocr.refusing import NUMBER, ORIGIN, is_refused, label_spans


class Proposal(Struct, frozen=True):
    """What a person is asked to confirm: `to` as the layout names it, the words as read, 0 to 1."""

    to: str
    text: str
    confidence: float


def propose(lines: Sequence[Line], layout: Layout, covering: Covering) -> list[Proposal]:
    """One for each target at most: the surest."""
    best: dict[str, Proposal] = {}
    for found in _found(lines, layout, covering):
        if found.to not in best or found.confidence > best[found.to].confidence:
            best[found.to] = found
    return [best[field.to] for field in layout.fields if field.to in best]


def _found(lines: Iterable[Line], layout: Layout, covering: Covering) -> Iterator[Proposal]:
    labels = (*layout.printed(), *ORIGIN, *NUMBER)
    targets = {word: field.to for field in layout.fields for word in field.words}
    for row in rows(line for line in lines if line.readable):
        for place, line in enumerate(row):
            spans = label_spans(line.text, labels)
            for turn, (_, behind, label) in enumerate(spans):
                if label not in targets:
                    continue
                after = spans[turn + 1][0] if turn + 1 < len(spans) else len(line.text)
                words, sure = line.text[behind:after].strip(" :：　"), line.confidence
                part = Box(line.at(behind), line.box.upper, line.at(after), line.box.lower)
                if not words and turn + 1 == len(spans) and place + 1 < len(row):
                    follower = row[place + 1]
                    inner = label_spans(follower.text, labels)
                    words = follower.text[: inner[0][0]] if inner else follower.text
                    part, sure = follower.box, min(sure, follower.confidence)
                if words and not (covering.hides(part) or looks_numbered(words) or is_refused(words)):
                    yield Proposal(targets[label], covered(words)[:60], round(sure, 2))
