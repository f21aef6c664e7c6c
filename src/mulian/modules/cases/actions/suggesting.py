"""Keeps which model suggested a topic, so that its history can say so."""

from __future__ import annotations

from datetime import datetime

from mulian.core.events.log import append
from mulian.kernel.actor import SYSTEM
from mulian.modules.cases.events import TopicSuggested
from mulian.modules.cases.models import Case
from mulian.modules.cases.queries.rules import rules


def tell(case: Case, model: str, at: datetime) -> None:
    """Inside an act: one event when a model chose the topic, none when words or a person did (`model` is empty)."""
    if not model:
        return
    event = TopicSuggested(
        subject_id=case.id,
        topic=case.topic,
        model=model,
        certainty=case.topic_confidence or 0.0,
        level=rules().topics.depth(case.topic),
    )
    append(event, actor=SYSTEM, at=at, areas=[case.area_id])
