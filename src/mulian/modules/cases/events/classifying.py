"""Facts about what sorts reports by topic."""

from __future__ import annotations

from dataclasses import dataclass, field

from mulian.kernel.event import Event
from mulian.modules.cases.events.case import AboutCase


@dataclass(frozen=True, kw_only=True)
class TopicSuggested(AboutCase):
    """A model chose the topic; `certainty` is how often such an answer was right (0..1).

    `level`: how close the topic is, 1 for a topmost one (0: not kept, before it was). Closer ones wait for a person.
    """

    name = "cases.topic_suggested"
    topic: str
    model: str
    certainty: float
    level: int = 0


@dataclass(frozen=True, kw_only=True)
class _AboutSorter(Event):
    subject_kind = "sorter"
    sorter: str


@dataclass(frozen=True, kw_only=True)
class SorterJudged(_AboutSorter):
    """A new model was measured beside what sorted until now; `adopted`: it sorts from now on."""

    name = "cases.sorter_judged"
    adopted: bool
    reason: str
    figures: dict[str, object] = field(default_factory=dict)
    stood: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class SorterPutBack(_AboutSorter):
    """The administrator put an earlier model back in use (an empty name: none sorts, only the pack's words do)."""

    name = "cases.sorter_put_back"
    before: str
