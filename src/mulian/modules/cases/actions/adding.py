"""More words, voices and photos for a case."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from mulian.core.search.index import index
from mulian.kernel.actor import Actor
from mulian.kernel.problems import Problem
from mulian.modules.cases.actions import opening, spreading, writing
from mulian.modules.cases.actions.problems import NOTHING_SAID
from mulian.modules.cases.actions.said import TEXT_LIMIT, Voice, content, keep
from mulian.modules.cases.events import CaseAdded
from mulian.modules.cases.models import Case
from mulian.modules.cases.permissions import Permission


@transaction.atomic
def add(
    *, case: UUID, actor: Actor, at: datetime, text: str = "", voice: Voice | None = None,
    photos: Iterable[str] = (),
) -> Case:  # fmt: skip
    """Adds to a case the actor sees; the responsible one is told. Words join the case's text."""
    given = content(text=text, voice=voice, photos=photos)
    if not given:
        raise Problem(NOTHING_SAID)
    row = opening.open_case(case, actor=actor, permission=Permission.REPORT, at=at).case
    keep(row, given, voice_as="report_voice", photo_as="report_photo", actor=actor, at=at)
    if given.text:
        row.text = f"{row.text}\n{given.text}".strip()[: 2 * TEXT_LIMIT]
        index(kind=spreading.KIND, id=row.id, text=row.text, at=at)
    event = CaseAdded(
        subject_id=row.id, text=given.text, voices=1 if given.voice else 0, photos=len(given.photos)
    )
    added = writing.record(row, event, actor=actor, at=at, fields=("text", "voices", "photos"))
    persons = [row.responsible_person_id] if row.responsible_person_id != actor.person else []
    spreading.notify(row, persons, kind="added", title="Something was added to case %(number)s",
                     key=f"added:{added}", at=at)  # fmt: skip
    return row
