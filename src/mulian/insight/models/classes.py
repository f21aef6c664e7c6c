"""The class of every stored field (guarantee G2): all of it is work, nothing of it is about a person."""

from __future__ import annotations

_STRETCH = (
    "id case number pos received spoken since until began because ended ended_because state unit level area topic "
    "kind urgent outcome joined complaint contacted overdue proof done"
)
_COUNT = "id since until area unit upto body"

CLASSES: dict[str, dict[str, str]] = {
    "Segment": dict.fromkeys(_STRETCH.split(), "S1"),
    "Count": dict.fromkeys(_COUNT.split(), "S1"),
}
