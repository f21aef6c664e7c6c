"""The listening desk: claim a voice, write it down, hand it over when nobody does."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db import transaction

from mulian.core.access import scope
from mulian.core.access.models import DutyShift
from mulian.core.database.vendor import skip_locked
from mulian.kernel.actor import SYSTEM, Actor
from mulian.kernel.ids import uuid7
from mulian.kernel.problems import Problem
from mulian.modules.cases.actions import hearing, opening, spreading, translated_voice, writing
from mulian.modules.cases.actions.problems import CLAIMED, HEARD, OTHER_VOICE, TRANSCRIPT_NEEDED
from mulian.modules.cases.actions.said import content
from mulian.modules.cases.events import VoiceClaimed, VoiceHandedOver, VoiceTranscribed
from mulian.modules.cases.models import Case, ListeningItem
from mulian.modules.cases.permissions import Permission
from mulian.modules.cases.queries.desk import DUTY, queue_order
from mulian.modules.cases.queries.rota import listening_now
from mulian.modules.cases.queries.rules import rules

About = ListeningItem.About
TITLE = "A voice waits to be heard: %(number)s"


def ask(case: Case, *, at: datetime, about: str = About.REPORT) -> ListeningItem:
    """Puts a voice on the queue and asks the listener on the rota (inside the caller's transaction)."""
    first = _next_turn(case.language, [], at)
    item = ListeningItem(
        id=uuid7(),
        case=case,
        about=about,
        language=case.language,
        urgent=case.urgent,
        asked_id=first.person if first else None,
        passed=[first.turn] if first else [],
        created_at=at,
        due_at=at + wait(case.urgent),
        ask_machine_at=None if case.complaint else at,
    )
    item.save(force_insert=True)
    _tell(item, case, at)
    return item


def wait(urgent: bool) -> timedelta:
    """How long one listener has to claim or finish before the next is asked."""
    desk = rules().desk
    return desk.urgent_asked if urgent else desk.asked


@transaction.atomic
def claim(*, item: UUID, actor: Actor, at: datetime) -> ListeningItem:
    """Takes a voice off the queue for this listener. Raises `cases.claimed`, `cases.heard`."""
    row = _open(item, actor, at)
    if row.state == ListeningItem.State.CLAIMED and row.claimed_by_id != actor.person:
        raise Problem(CLAIMED)
    if row.claimed_by_id == actor.person:
        return row
    row.state, row.claimed_by_id, row.claimed_at = ListeningItem.State.CLAIMED, actor.person, at
    row.due_at = at + wait(row.urgent)
    row.save()
    writing.record(row.case, VoiceClaimed(subject_id=row.case_id), actor=actor, at=at)
    return row


@transaction.atomic
def next_item(*, actor: Actor, at: datetime) -> ListeningItem | None:
    """The voice this listener already holds, else the next one of the queue, claimed."""
    scope.require_any(actor, Permission.LISTEN)
    held = ListeningItem.objects.filter(state=ListeningItem.State.CLAIMED, claimed_by=actor.person).first()
    if held is not None:
        return held
    waiting = ListeningItem.objects.filter(state=ListeningItem.State.WAITING)
    seen = Case.objects.visible_to(actor, Permission.LISTEN, at=at).values("id")
    first = queue_order(waiting.filter(case__in=seen), actor).first()
    return claim(item=first.id, actor=actor, at=at) if first else None


@transaction.atomic
def release(*, item: UUID, actor: Actor, at: datetime) -> ListeningItem:
    """Puts a claimed voice back: the next on the rota is asked."""
    row = _open(item, actor, at)
    if row.claimed_by_id != actor.person:
        raise Problem(CLAIMED)
    _pass_on(row, at)
    return row


@transaction.atomic
def transcribe(
    *, item: UUID, transcript: str, actor: Actor, at: datetime, translation: str = "", topic: str = "",
    area: str = "", urgent: bool | None = None, reason: str = "",
) -> Case:  # fmt: skip
    """Keeps what the voice says beside it; the case gets its text, topic, place and urgency in the same act.

    Raises `cases.transcript_needed`, `cases.heard`, `cases.claimed`.
    """
    row = settle(item=item, about=About.REPORT, transcript=transcript, actor=actor, at=at)
    translated = content(text=translation).text
    event = VoiceTranscribed(subject_id=row.case_id, transcript=row.transcript)
    opened = opening.open_case(row.case_id, actor=actor, permission=Permission.LISTEN, at=at)
    case = hearing.heard(
        opened, event, text=row.transcript, translation=translated, topic=topic, area=area, urgent=urgent,
        reason=reason, actor=actor, at=at,
    )  # fmt: skip
    translated_voice.write(case, row, translation=translated, actor=actor, at=at)
    return case


def settle(*, item: UUID, about: str, transcript: str, actor: Actor, at: datetime) -> ListeningItem:
    """Inside the caller's transaction: the voice is heard. Raises `cases.transcript_needed`, `cases.heard`,
    `cases.claimed`.
    """
    written = content(text=transcript).text
    if not written:
        raise Problem(TRANSCRIPT_NEEDED)
    row = _open(item, actor, at)
    if row.about != about:
        raise Problem(OTHER_VOICE)
    if row.state == ListeningItem.State.CLAIMED and row.claimed_by_id != actor.person:
        raise Problem(CLAIMED)
    row.state, row.transcript, row.ask_machine_at = ListeningItem.State.DONE, written, None
    row.listener_id, row.done_at, row.due_at = actor.person, at, None
    row.save()
    return row


def sweep_listening(now: datetime) -> int:
    """Hands over what nobody claimed or finished in time: the next on the rota, then the county's duty officer."""
    open_items = ListeningItem.objects.exclude(state=ListeningItem.State.DONE).filter(due_at__lte=now)
    if not open_items.exists():
        return 0
    with transaction.atomic():
        rows = list(skip_locked(open_items.order_by("due_at"))[:50])
        for row in rows:
            _pass_on(row, now)
    return len(rows)


def _open(item: UUID, actor: Actor, at: datetime) -> ListeningItem:
    scope.require_any(actor, Permission.LISTEN)
    row = ListeningItem.objects.select_for_update(of=("self",)).select_related("case").filter(id=item).first()
    if row is None:
        raise Problem("not_found")
    scope.require(actor, Permission.LISTEN, kind="case", id=row.case_id, at=at)
    if row.state == ListeningItem.State.DONE:
        raise Problem(HEARD)
    return row


def _pass_on(row: ListeningItem, at: datetime) -> None:
    """Nobody keeps a voice by forgetting it. Each turn of the rota is asked once, then each turn of the duty officer.

    A voice that all of them let lie waits for the next turn: who was asked is not told of it again every half hour.
    """
    holder = row.claimed_by_id
    held = [str(turn.id) for turn in listening_now(at) if turn.person == holder]
    row.passed = list(dict.fromkeys([*row.passed, *held]))
    listener = _next_turn(row.language, row.passed, at)
    row.due_at = at + (wait(row.urgent) if listener else rules().desk.again)
    row.state, row.claimed_by_id, row.claimed_at = ListeningItem.State.WAITING, None, None
    asked = listener or _duty_officer(row.passed, at)
    if asked:
        row.asked_id, row.passed = asked.person, [*row.passed, asked.turn]
    row.save()
    if asked or holder:
        person = str(row.asked_id) if row.asked_id else None
        writing.record(row.case, VoiceHandedOver(subject_id=row.case_id, person=person), actor=SYSTEM, at=at)
    if asked:
        _tell(row, row.case, at)


class _Asked(NamedTuple):
    """Somebody who can be asked, and the turn for which they are."""

    person: UUID
    turn: str


def _next_turn(language: str, passed: Sequence[str], at: datetime) -> _Asked | None:
    """Who is on the rota now, not on leave, and was not asked in this turn; those who speak the language first."""
    found = [each for each in listening_now(at) if str(each.id) not in passed]
    best = [t for t in found if t.language == language] or [t for t in found if not t.language] or found
    return _Asked(best[0].person, str(best[0].id)) if best else None


def _duty_officer(passed: Sequence[str], at: datetime) -> _Asked | None:
    """Who is on duty at the county centre now and was not asked in this turn."""
    rows = DutyShift.objects.filter(kind=DUTY, starts__lte=at, ends__gt=at, unit__kind="county_centre")
    on = rows.exclude(id__in=passed).order_by("starts", "id").values_list("person_id", "id")[:1]
    return next((_Asked(person, str(shift)) for person, shift in on), None)


def _tell(item: ListeningItem, case: Case, at: datetime) -> None:
    key = f"listen:{item.id}:{len(item.passed)}"
    spreading.notify(case, [item.asked_id], kind="listen", title=TITLE, key=key, at=at)
