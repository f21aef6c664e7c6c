"""Topmost topics: what stands before the first dot. Who is competent is mostly said there."""

from __future__ import annotations

from collections.abc import Iterable


def branch_of(topic: str) -> str:
    """The topmost topic it lies in; a topmost one is its own."""
    return topic.partition(".")[0]


def branches(topics: Iterable[str]) -> tuple[str, ...]:
    """All of them in order; none where every topic is topmost: then there is nothing to tell twice."""
    found = list(topics)
    above = sorted({branch_of(each) for each in found})
    return tuple(above) if 1 < len(above) < len(found) else ()
