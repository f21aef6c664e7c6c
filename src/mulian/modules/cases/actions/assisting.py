"""Machines draft for listeners and interpreters, outside any request and any transaction.

A draft is shown to whoever does the work, marked as a machine's, and nowhere else. One that does not answer is left
alone for a while, so that it holds up neither the worker nor anybody at the desk. Complaints are never sent.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from mulian.core.events.log import append
from mulian.core.files.place import storage
from mulian.core.files.queries import attached
from mulian.core.providers import speech, translation
from mulian.core.providers.outbound import Unreachable
from mulian.kernel.actor import SYSTEM
from mulian.modules.cases.actions import subjects
from mulian.modules.cases.actions.spreading import KIND
from mulian.modules.cases.events import NoticeSuggested, TranscriptSuggested, TranslationSuggested
from mulian.modules.cases.models import ListeningItem, Translation

AT_ONCE = 5
"""Drafts asked for in one sweep."""
PAUSE = timedelta(minutes=5)
NOT_HERE = timedelta(seconds=30)
"""A voice that is still on its way is looked at again."""
ROLES = {ListeningItem.About.REPORT: "report_voice", ListeningItem.About.FEEDBACK: "feedback_voice"}


def sweep_machines(now: datetime) -> int:
    """Drafts what waits; returns how many drafts came."""
    return _texts(now) + _voices(now)


def _texts(now: datetime) -> int:
    machine = translation.configured()
    if not machine.available:
        return 0
    due = Translation.objects.filter(ask_machine_at__lte=now, confidential=False)
    came = 0
    for row in due.order_by("-urgent", "ask_machine_at")[:AT_ONCE]:
        try:
            draft = machine.translate(row.original, row.language, row.target)
        except Unreachable:
            due.update(ask_machine_at=now + PAUSE)
            return came
        came += _keep_text(row, draft, now)
    return came


@transaction.atomic
def _keep_text(row: Translation, draft: translation.Draft | None, now: datetime) -> int:
    """Only beside the very text it was made from, and while somebody may still use it."""
    still = Translation.objects.filter(id=row.id, original=row.original, ask_machine_at__isnull=False)
    if draft is None:
        still.update(ask_machine_at=None)
        return 0
    if not still.update(suggestion=draft.text, suggested_by=draft.engine, ask_machine_at=None):
        return 0
    event = NoticeSuggested if row.subject_kind == subjects.TASK else TranslationSuggested
    fact = event(
        subject_id=row.subject_id,
        translation=str(row.id),
        piece=row.piece,
        target=row.target,
        machine=draft.engine,
    )
    append(fact, actor=SYSTEM, at=now, areas=[subjects.area_of(row.subject_kind, row.subject_id)])
    return 1


def _voices(now: datetime) -> int:
    machine = speech.configured()
    known = machine.languages()
    if not known:
        return 0
    due = ListeningItem.objects.filter(ask_machine_at__lte=now, language__in=known)
    came = 0
    for item in due.order_by("-urgent", "ask_machine_at")[:AT_ONCE]:
        voice = _voice(item)
        if voice is None:
            due.filter(id=item.id).update(ask_machine_at=now + NOT_HERE)
            continue
        try:
            heard = machine.transcribe(storage().blob(voice), item.language)
        except (Unreachable, OSError):
            due.update(ask_machine_at=now + PAUSE)
            return came
        came += _keep_voice(item, heard, now)
    return came


def _voice(item: ListeningItem) -> str | None:
    """The content of the voice, once it is here and was checked."""
    role = ROLES[ListeningItem.About(item.about)]
    found = attached(subject_kind=KIND, subject_id=item.case_id)
    return next((each.sha256 for each in found if each.role == role and each.state == "ready"), None)


@transaction.atomic
def _keep_voice(item: ListeningItem, heard: speech.Transcript | None, now: datetime) -> int:
    still = ListeningItem.objects.filter(id=item.id, ask_machine_at__isnull=False)
    if heard is None:
        still.update(ask_machine_at=None)
        return 0
    if not still.update(suggestion=heard.text, suggested_by=heard.engine, ask_machine_at=None):
        return 0
    event = TranscriptSuggested(subject_id=item.case_id, machine=heard.engine)
    append(event, actor=SYSTEM, at=now, areas=[subjects.area_of(KIND, item.case_id)])
    return 1
