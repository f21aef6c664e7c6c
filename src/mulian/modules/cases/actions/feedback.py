"""The family's word on the answer, brought by the liaison's phone or the console."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from mulian.kernel.actor import Actor
from mulian.modules.cases.actions import opening, steps, writing
from mulian.modules.cases.actions.opening import Opened
from mulian.modules.cases.actions.said import Voice, content, keep
from mulian.modules.cases.domain.feedback import Feedback, consequence
from mulian.modules.cases.domain.states import State, Verb
from mulian.modules.cases.events import FeedbackGiven
from mulian.modules.cases.models import Case
from mulian.modules.cases.permissions import Permission
from mulian.modules.cases.queries import holding


@transaction.atomic
def feedback(
    *, case: UUID, actor: Actor, at: datetime, solved: bool, stars: int | None = None, text: str = "",
    voice: Voice | None = None,
) -> Case:  # fmt: skip
    """Records the family's word. Content closes an answered case; a veto reopens it, clocks as they were."""
    word, given = Feedback(solved=solved, stars=stars), content(text=text, voice=voice)
    opened = opening.open_case(case, actor=actor, permission=Permission.FEEDBACK, at=at)
    row = opened.case
    row.family_solved, row.stars = solved, stars
    keep(row, given, voice_as="feedback_voice", photo_as="feedback_photo", actor=actor, at=at)
    event = FeedbackGiven(
        subject_id=row.id, solved=solved, stars=stars, text=given.text, voices=1 if given.voice else 0
    )
    writing.record(row, event, actor=actor, at=at, fields=("rating",))
    acted = _joined_to(opened)
    match consequence(word, State(acted.case.state)):
        case Verb.CLOSE if acted is opened:
            steps.finish(opened, actor, at, because="family")
        case Verb.REOPEN:
            steps.open_again(acted, actor, at, because="family", text=given.text)
    return row


def _joined_to(opened: Opened) -> Opened:
    """A veto of whoever reported the same thing opens the case it was joined to; content closes only one's own."""
    main = opened.case.same_as_id
    if main is None:
        return opened
    rows = Case.unscoped.because("the family of a joined case is heard").select_for_update(of=("self",))
    return Opened(rows.get(id=main), holding.receivers_of(main))
