"""Whether a case's topic is more than a guess."""

from __future__ import annotations

from mulian.modules.cases.domain.lexicon import SURE
from mulian.modules.cases.models import Case


def usable(topic_by: str, confidence: float | None) -> bool:
    """Whether routing and clocks may rest on a topic."""
    return topic_by in (Case.TopicBy.PERSON, Case.TopicBy.HAZARD) or (confidence or 0.0) >= SURE


def usable_topic(topic: str, topic_by: str, confidence: float | None) -> str:
    """The topic when it is more than a guess, else none."""
    return topic if usable(topic_by, confidence) else ""
