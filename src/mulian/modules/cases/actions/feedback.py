"""The family's word on the answer, brought by the liaison's phone, the console or the public page."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from mulian.kernel.actor import Actor
from mulian.kernel.problems import Problem
from mulian.modules.cases.actions import consequences, listening, opening, translated_voice, writing
from mulian.modules.cases.actions.problems import WORD_NEEDED
from mulian.modules.cases.actions.said import Voice, content, keep
from mulian.modules.cases.domain.feedback import Feedback
from mulian.modules.cases.events import FeedbackGiven, FeedbackHeard
from mulian.modules.cases.models import Case, ListeningItem
from mulian.modules.cases.permissions import Permission
from mulian.modules.cases.queries.unheard import unheard

BY_VOICE = ListeningItem.About.FEEDBACK


@transaction.atomic
def feedback(
    *, case: UUID, actor: Actor, at: datetime, solved: bool | None, stars: int | None = None, text: str = "",
    voice: Voice | None = None,
) -> Case:  # fmt: skip
    """Records the family's word. Content closes an answered case; a veto reopens it, clocks as they were.

    `solved` None: the voice says it, and a listener is asked. Raises `cases.word_needed` when there is none.
    """
    word, given = Feedback(solved=solved, stars=stars), content(text=text, voice=voice)
    if solved is None and given.voice is None:
        raise Problem(WORD_NEEDED)
    opened = opening.open_case(case, actor=actor, permission=Permission.FEEDBACK, at=at)
    row = opened.case
    row.family_solved, row.stars = solved, stars
    keep(row, given, voice_as="feedback_voice", photo_as="feedback_photo", actor=actor, at=at)
    event = FeedbackGiven(
        subject_id=row.id, solved=solved, stars=stars, text=given.text, voices=1 if given.voice else 0
    )
    writing.record(row, event, actor=actor, at=at, fields=("rating",))
    wordless = given.voice is not None and (solved is None or not given.text)
    if wordless and not unheard(row.id):
        listening.ask(row, about=BY_VOICE, at=at)
    consequences.follow(opened, word, actor, at, text=given.text)
    return row


@transaction.atomic
def heard(
    *, item: UUID, transcript: str, solved: bool | None, actor: Actor, at: datetime, translation: str = ""
) -> Case:
    """A listener writes down the family's voice and what it says (None: neither that it is solved nor that it is not).

    What the family tapped holds unless its voice says otherwise. A word about an earlier answer is only kept.
    Raises what `listening.settle` raises.
    """
    row = listening.settle(item=item, about=BY_VOICE, transcript=transcript, actor=actor, at=at)
    opened = opening.open_case(row.case_id, actor=actor, permission=Permission.LISTEN, at=at)
    case = opened.case
    since = case.solved_at or case.answered_at
    current = since is None or row.created_at >= since
    if current and solved is not None:
        case.family_solved = solved
    event = FeedbackHeard(subject_id=case.id, solved=solved, transcript=row.transcript)
    writing.record(case, event, actor=actor, at=at, fields=("rating",))
    translated = content(text=translation).text
    translated_voice.write(case, row, translation=translated, actor=actor, at=at)
    if current:
        consequences.follow(opened, Feedback(solved=case.family_solved), actor, at, text=row.transcript)
    return case
