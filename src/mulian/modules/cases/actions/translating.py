"""The interpreters' queue: what needs the other language is asked for, claimed, written once, corrected."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_noop as _

from mulian.core.access import scope
from mulian.core.database.vendor import skip_locked
from mulian.core.events.log import append
from mulian.kernel.actor import SYSTEM, Actor
from mulian.kernel.ids import uuid7
from mulian.kernel.problems import Problem
from mulian.modules.cases.actions import finding, opening, remembering, spreading, writing
from mulian.modules.cases.actions.gathering import language_of
from mulian.modules.cases.actions.problems import (
    TEXT_CHANGED,
    TEXT_CLAIMED,
    TRANSLATED,
    TRANSLATION_NEEDED,
    TRANSLATION_SAME,
)
from mulian.modules.cases.actions.said import content
from mulian.modules.cases.domain.translating import FOR_PHONES, Piece, due_in, held_for, needed, other
from mulian.modules.cases.events import (
    TranslationAsked,
    TranslationClaimed,
    TranslationReleased,
    TranslationWritten,
)
from mulian.modules.cases.models import Case, ListeningItem, Translation
from mulian.modules.cases.permissions import Permission
from mulian.modules.cases.queries.readers import offices
from mulian.modules.cases.queries.rules import rules
from mulian.modules.cases.queries.translations import open_to, queue_order

State = Translation.State
PIECES = {ListeningItem.About.REPORT: Piece.TRANSCRIPT, ListeningItem.About.FEEDBACK: Piece.FEEDBACK}
READY = _("The translation of case %(number)s is there")


def ask(
    case: Case, *, piece: Piece, text: str, readers: Iterable[str], actor: Actor, at: datetime,
    source: UUID | None = None,
) -> Translation | None:  # fmt: skip
    """Inside an act: a text that some reader cannot read joins the queue; one that changed joins it again.

    `readers` are languages. None when everybody can read it; what was written before is then outdated.
    """
    language = language_of(text)
    target = needed(language, readers)
    row = _of(case, piece, source)
    if row is not None and row.original == text:
        return row
    if target is None:
        _end(row, text)
        return None
    row = row or Translation(id=uuid7(), subject_kind=spreading.KIND, subject_id=case.id, piece=piece)
    row.source, row.language, row.target, row.original = source or case.id, language, target, text
    again, row.outdated = bool(row.text), bool(row.text)
    _queue(row, case, at)
    row.save()
    event = TranslationAsked(**_told(row), due=row.due_at.isoformat(), again=again)
    append(event, actor=actor, at=at, areas=[case.area_id])
    return row


def of_voice(case: Case, item: ListeningItem, *, translation: str, actor: Actor, at: datetime) -> None:
    """Inside an act, when a voice was written down: the listener's own translation is kept, else one is asked for."""
    piece = PIECES[ListeningItem.About(item.about)]
    if translation:
        _typed(case, item, piece, translation, actor, at)
    else:
        ask(
            case, piece=piece, text=item.transcript, readers=offices(case), actor=actor, at=at, source=item.id
        )


def _typed(case: Case, item: ListeningItem, piece: Piece, text: str, actor: Actor, at: datetime) -> None:
    row = Translation(
        id=uuid7(), subject_kind=spreading.KIND, subject_id=case.id, piece=piece, source=item.id
    )
    row.language = language_of(item.transcript) or case.language
    row.target, row.original = other(row.language), item.transcript
    row.asked_at = row.due_at = at
    row.urgent, row.confidential = case.urgent, case.complaint
    _written(row, text, actor, at)
    _record(row, case, actor, at, remembered=0)


@transaction.atomic
def claim(*, translation: UUID, actor: Actor, at: datetime) -> Translation:
    """Takes a text off the queue. Raises `cases.text_claimed`, `cases.translated`."""
    row = _open(translation, actor, at)
    if row.state == State.DONE:
        raise Problem(TRANSLATED)
    if row.claimed_by_id == actor.person:
        return row
    if row.state == State.CLAIMED:
        raise Problem(TEXT_CLAIMED)
    row.state, row.claimed_by_id, row.claimed_at = State.CLAIMED, actor.person, at
    row.back_at = at + held_for(rules().desk, urgent=row.urgent)
    row.save()
    _log(TranslationClaimed(**_told(row)), row, actor, at)
    return row


@transaction.atomic
def next_text(*, actor: Actor, at: datetime) -> Translation | None:
    """The text this interpreter already holds, else the next of the queue, claimed."""
    scope.require_any(actor, Permission.TRANSLATE)
    rows = open_to(actor, at)
    held = rows.filter(state=State.CLAIMED, claimed_by=actor.person).first()
    if held is not None:
        return held
    first = queue_order(rows.filter(state=State.WAITING)).first()
    return claim(translation=first.id, actor=actor, at=at) if first else None


@transaction.atomic
def release(*, translation: UUID, actor: Actor, at: datetime) -> Translation:
    """Puts a claimed text back. Raises `cases.text_claimed`."""
    row = _open(translation, actor, at)
    if row.state != State.CLAIMED or row.claimed_by_id != actor.person:
        raise Problem(TEXT_CLAIMED)
    _put_back(row, actor, at, late=False)
    return row


@transaction.atomic
def write(
    *,
    translation: UUID,
    text: str,
    actor: Actor,
    at: datetime,
    seen: str | None = None,
    remember: bool = False,
) -> Translation:
    """Writes a translation, or corrects it; who needs it is told, phones get it with the answer.

    `seen` is the text the interpreter had before them. `remember`: its sentences may be offered again, those
    that hold nobody's name or number. Raises `cases.translation_needed`, `cases.translation_same`,
    `cases.text_changed`, `cases.text_claimed`.
    """
    written = content(text=text).text
    if not written:
        raise Problem(TRANSLATION_NEEDED)
    case = _case(translation, actor, at)
    row = _open(translation, actor, at)
    if seen is not None and seen.split() != row.original.split():
        raise Problem(TEXT_CHANGED)
    if row.state == State.CLAIMED and row.claimed_by_id != actor.person:
        raise Problem(TEXT_CLAIMED)
    if language_of(written) == row.language:
        raise Problem(TRANSLATION_SAME)
    _written(row, written, actor, at)
    kept = remembering.keep(row, case, remember=remember, at=at)
    _record(row, case, actor, at, remembered=kept)
    if row.versions == 1 and row.piece not in FOR_PHONES:
        spreading.notify(
            case, [case.responsible_person_id], kind="translated", title=READY, key=f"translated:{row.id}", at=at,
            urgent=False,
        )  # fmt: skip
    return row


def sweep_translations(now: datetime) -> int:
    """Nobody keeps a text by forgetting it (or by a browser that died): it goes back to the queue."""
    late = Translation.objects.filter(state=State.CLAIMED, back_at__lte=now)
    if not late.exists():
        return 0
    with transaction.atomic():
        rows = list(skip_locked(late.order_by("back_at"))[:50])
        for row in rows:
            _put_back(row, SYSTEM, now, late=True)
    return len(rows)


def _queue(row: Translation, case: Case, at: datetime) -> None:
    row.urgent, row.confidential = case.urgent, case.complaint
    row.state, row.claimed_by_id, row.claimed_at, row.back_at = State.WAITING, None, None, None
    row.asked_at, row.due_at = at, at + due_in(rules().desk, urgent=case.urgent)
    row.suggestion, row.suggested_by = "", ""
    row.ask_machine_at = None if case.complaint else at


def _end(row: Translation | None, text: str) -> None:
    """Everybody reads the new text: nothing is owed, and what stands beside it no longer fits."""
    if row is not None:
        row.original, row.outdated, row.state = text, bool(row.text), State.DONE
        row.claimed_by_id = row.back_at = row.ask_machine_at = None
        row.save()


def _written(row: Translation, text: str, actor: Actor, at: datetime) -> None:
    row.text, row.outdated, row.state = text, False, State.DONE
    row.written_by_id, row.written_at = actor.person, at
    row.claimed_by_id = row.claimed_at = row.back_at = row.ask_machine_at = None
    row.versions += 1
    row.save()


def _record(row: Translation, case: Case, actor: Actor, at: datetime, *, remembered: int) -> None:
    event = TranslationWritten(
        **_told(row), text=row.text, original=row.original, wording=row.versions, remembered=remembered
    )
    if row.piece in FOR_PHONES:
        writing.record(case, event, actor=actor, at=at, fields=("answer",))
    else:
        append(event, actor=actor, at=at, areas=[case.area_id])
        finding.make_findable(case, at)


def _put_back(row: Translation, actor: Actor, at: datetime, *, late: bool) -> None:
    row.state, row.claimed_by_id, row.claimed_at, row.back_at = State.WAITING, None, None, None
    row.save()
    _log(TranslationReleased(**_told(row), late=late), row, actor, at)


def _log(
    event: TranslationClaimed | TranslationReleased, row: Translation, actor: Actor, at: datetime
) -> None:
    case = Case.unscoped.because("its area is where the fact counts").only("area_id").get(id=row.subject_id)
    append(event, actor=actor, at=at, areas=[case.area_id])


def _of(case: Case, piece: Piece, source: UUID | None) -> Translation | None:
    rows = Translation.objects.select_for_update(of=("self",))
    return rows.filter(source=source or case.id, piece=piece).first()


def _case(translation: UUID, actor: Actor, at: datetime) -> Case:
    """The case first, then the text: an answer given anew locks them in the same order."""
    subject = Translation.objects.filter(id=translation).values_list("subject_id", flat=True).first()
    if subject is None:
        raise Problem("not_found")
    return opening.open_case(subject, actor=actor, permission=Permission.TRANSLATE, at=at).case


def _open(translation: UUID, actor: Actor, at: datetime) -> Translation:
    scope.require_any(actor, Permission.TRANSLATE)
    row = Translation.objects.select_for_update(of=("self",)).filter(id=translation).first()
    if row is None:
        raise Problem("not_found")
    scope.require(actor, Permission.TRANSLATE, kind=row.subject_kind, id=row.subject_id, at=at)
    return row


def _told(row: Translation) -> dict[str, Any]:
    return {
        "subject_id": row.subject_id,
        "translation": str(row.id),
        "piece": str(row.piece),
        "target": row.target,
    }
