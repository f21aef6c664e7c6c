"""What a case learns when its voice was written down: text, topic, place and urgency in one act."""

from __future__ import annotations

from datetime import datetime

from mulian.kernel.actor import Actor
from mulian.kernel.text import language_of
from mulian.modules.cases.actions import finding, gathering, sorting, spreading, suggesting, writing
from mulian.modules.cases.actions.opening import Opened
from mulian.modules.cases.actions.rerouting import route_again
from mulian.modules.cases.actions.said import TEXT_LIMIT
from mulian.modules.cases.domain.classifying.rows import TRANSCRIPT
from mulian.modules.cases.domain.hazards import judge
from mulian.modules.cases.domain.receivers import Receiver
from mulian.modules.cases.events import VoiceTranscribed
from mulian.modules.cases.models import Case
from mulian.modules.cases.queries.rules import rules


def heard(
    opened: Opened, event: VoiceTranscribed, *, text: str, translation: str, topic: str, area: str,
    urgent: bool | None, reason: str, actor: Actor, at: datetime,
) -> Case:  # fmt: skip
    """The words join the case; a topic suggested from them counts like that of a written report."""
    row = opened.case
    row.text = f"{row.text}\n{text}".strip()[: 2 * TEXT_LIMIT]
    row.language = language_of(text) or row.language
    finding.make_findable(row, at)
    judged = judge(rules().hazards, hazard=row.hazard or None, text=f"{row.text}\n{translation}")
    row.hazard = row.hazard or judged.hazard or ""
    _suggest(row, f"{text}\n{translation}".strip(), at)
    new: list[Receiver] = route_again(opened, at)
    writing.record(row, event, actor=actor, at=at, fields=None)
    if area:
        new += sorting.put_place(opened, [area], actor, at)
    if topic:
        new += sorting.put_topic(opened, topic, actor, at)
    if urgent or (urgent is None and judged.urgent):
        sorting.raise_urgency(opened, actor, at, reason=reason)
    persons = [each.person for each in new] or [row.responsible_person_id]
    title = "Urgent report %(number)s" if row.urgent else "New case %(number)s"
    spreading.notify(row, persons, kind="reported", title=title, key="heard", at=at)
    return row


def _suggest(row: Case, text: str, at: datetime) -> None:
    if row.topic_by == Case.TopicBy.PERSON:
        return
    hazard = rules().hazards.by_code.get(row.hazard)
    topic, confidence, by, model = gathering.suggest_for(text, hazard.code if hazard else "", (TRANSCRIPT,))
    if topic:
        row.topic, row.topic_confidence, row.topic_by = topic, confidence, by
        row.kind = rules().topics.kind(topic if gathering.usable(by, confidence) else None)
    suggesting.tell(row, model, at)
