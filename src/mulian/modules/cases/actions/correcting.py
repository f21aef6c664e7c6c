"""A listener puts right what was written down of a voice; the earlier words stay in the log."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from mulian.core.access import scope
from mulian.kernel.actor import Actor
from mulian.kernel.problems import Problem
from mulian.modules.cases.actions import finding, opening, translated_voice, writing
from mulian.modules.cases.actions.problems import NOT_HEARD, TRANSCRIPT_NEEDED
from mulian.modules.cases.actions.said import content
from mulian.modules.cases.events import TranscriptCorrected
from mulian.modules.cases.models import Case, ListeningItem
from mulian.modules.cases.permissions import Permission


@transaction.atomic
def correct(*, item: UUID, transcript: str, actor: Actor, at: datetime) -> Case:
    """The words as they should read; a translation made from the earlier ones is outdated and asked for again.

    Raises `cases.transcript_needed`, `cases.not_heard` for a voice nobody has written down yet.
    """
    written = content(text=transcript).text
    if not written:
        raise Problem(TRANSCRIPT_NEEDED)
    found = ListeningItem.objects.filter(id=item).values_list("case_id", flat=True).first()
    scope.require_any(actor, Permission.LISTEN)
    if found is None:
        raise Problem("not_found")
    case = opening.open_case(found, actor=actor, permission=Permission.LISTEN, at=at).case
    row = ListeningItem.objects.select_for_update(of=("self",)).get(id=item)
    if row.state != ListeningItem.State.DONE:
        raise Problem(NOT_HEARD)
    if written == row.transcript:
        return case
    before, row.transcript = row.transcript, written
    row.save()
    fields = _into_case(case, row, before)
    event = TranscriptCorrected(subject_id=case.id, transcript=written, before=before)
    writing.record(case, event, actor=actor, at=at, fields=fields)
    translated_voice.need(case, row, actor=actor, at=at)
    finding.make_findable(case, at)
    return case


def _into_case(case: Case, row: ListeningItem, before: str) -> tuple[str, ...]:
    """The report's own words follow; what the family said about the answer stands apart."""
    if row.about != ListeningItem.About.REPORT:
        return ()
    case.text = case.text.replace(before, row.transcript, 1) if before in case.text else row.transcript
    return ("text",)
