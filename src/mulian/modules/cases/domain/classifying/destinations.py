"""Where a report of each topic goes. To send one by itself its receivers must be right; neighbours often share them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from mulian.modules.cases.domain.topics import Topics

_LEVELS = 2


class Destination(NamedTuple):
    """`receivers`: the same words for every topic that goes to the same ones in the same way; `topic`: the nearest
    above it that goes there too (itself where there is none)."""

    receivers: str
    topic: str


Destinations = Mapping[str, Destination]
"""By label."""


def by_levels(labels: Iterable[str]) -> dict[str, Destination]:
    """Where only labels are known: a label of three levels or more goes where the second level goes."""
    found = {}
    for label in labels:
        near = ".".join(label.split(".")[:_LEVELS])
        found[label] = Destination(near, near)
    return found


def by_receivers(topics: Topics) -> dict[str, Destination]:
    """By the pack's list of who is competent, who is told at once, what a topic follows, and of what kind it is."""
    told = {code: _told(topics, code) for code in topics.by_code}
    return {code: Destination(told[code], _nearest(topics, told, code)) for code in told}


def destination(found: Destinations, label: str) -> Destination:
    """Where a label goes; one nobody has described goes to its own."""
    return found.get(label, Destination(label, label))


def reaches(found: Destinations, said: str, label: str) -> bool:
    """Whether a report of `label` sent as `said` is sent rightly: the topic is right as far as it was said, or its
    receivers are those of the right one."""
    below = label == said or label.startswith(f"{said}.")
    return below or destination(found, said).receivers == destination(found, label).receivers


def _told(topics: Topics, code: str) -> str:
    here = sorted({area for each in topics.line(code) for part in each.overrides for area in part.areas})
    lists = [(topics.departments(code, area), topics.at_once(code, area)) for area in ("", *here)]
    return f"{topics.kind(code)} {topics.follows(code)} {lists}"


def _nearest(topics: Topics, told: Mapping[str, str], code: str) -> str:
    line = topics.ancestors(code)[1:]
    return next((above for above in line if told[above] == told[code]), code)
