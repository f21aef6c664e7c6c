"""What an office called in does with its part, what the lead does with one that never came, and the sweep."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from mulian.core.database.vendor import skip_locked
from mulian.core.events.log import append
from mulian.kernel.actor import SYSTEM, Actor
from mulian.kernel.problems import Problem
from mulian.modules.cases.actions import opening, spreading, writing
from mulian.modules.cases.actions.said import Voice, content, keep, said
from mulian.modules.cases.domain import parts as rule
from mulian.modules.cases.domain import refusals
from mulian.modules.cases.domain.parts import OWED, StepKind
from mulian.modules.cases.domain.states import Verb, check_said
from mulian.modules.cases.events import PartAnswered, PartDue, PartLetGo, PartReportedIn
from mulian.modules.cases.models import Case, Part
from mulian.modules.cases.permissions import Permission
from mulian.modules.cases.queries import parts
from mulian.modules.cases.queries.rules import rules

BATCH = 50
TITLES = {
    StepKind.ABSENT: "Nobody has reported in yet: case %(number)s",
    StepKind.NEAR: "Your part of case %(number)s is due soon",
    StepKind.OVERDUE: "A part of case %(number)s is overdue",
}


@transaction.atomic
def report_in(*, case: UUID, actor: Actor, at: datetime, unit: str = "") -> Case:
    """报到: somebody of an office called in is on it. Raises `cases.no_part` for others."""
    row, part = _open(case, actor, at, unit)
    rule.report_in(parts.domain(part), at=at, policy=rules().policy)
    part.state, part.person_id = rule.PartState.HERE, opening.named(actor)
    part.reported_in_at, part.reported_in_by_id = at, opening.named(actor)
    _save(part, at)
    event = PartReportedIn(subject_id=row.id, unit=part.unit.code)
    done = writing.record(row, event, actor=actor, at=at)
    _tell_lead(row, "An office reported in: case %(number)s", f"here:{done}", at)
    return row


@transaction.atomic
def answer_part(
    *, case: UUID, actor: Actor, at: datetime, text: str = "", voice: Voice | None = None,
    photos: Iterable[str] = (), unit: str = "",
) -> Case:  # fmt: skip
    """The office says what it did, by words, voice or photo; that also reports it in. The lead is told."""
    row, part = _open(case, actor, at, unit)
    given = content(text=text, voice=voice, photos=photos)
    check_said(Verb.SOLVE, said(given))
    after = rule.answer(parts.domain(part), at=at, policy=rules().policy)
    part.state, part.answered_at, part.answer = after.state, at, given.text
    if part.reported_in_at is None:
        part.reported_in_at, part.reported_in_by_id = at, opening.named(actor)
    _save(part, at)
    keep(row, given, voice_as="evidence", photo_as="evidence", actor=actor, at=at)
    event = PartAnswered(
        subject_id=row.id,
        unit=part.unit.code,
        text=given.text,
        voices=1 if given.voice else 0,
        photos=len(given.photos),
    )
    done = writing.record(row, event, actor=actor, at=at)
    last = not parts.owed(row.id)
    title = "All offices called in have answered: case %(number)s" if last else "An office answered its part of case %(number)s"  # fmt: skip  # noqa: E501
    _tell_lead(row, title, f"part:{done}", at)
    return row


def let_go(row: Case, actor: Actor, at: datetime, *, reason: str, unit: UUID | None = None) -> None:
    """Inside an act that ends the work (or makes `unit` lead): parts still owed are let go with the reason.

    Raises `cases.parts_open` where one is owed and no reason given.
    """
    rows = Part.objects.filter(case=row, state__in=sorted(OWED)).select_related("unit").order_by("id")
    rows = rows.filter(unit=unit) if unit else rows
    for part in rows.select_for_update(of=("self",)):
        part.state = rule.let_go(parts.domain(part), reason=reason).state
        part.let_go_at, part.let_go_because = at, reason
        _save(part, at)
        event = PartLetGo(subject_id=row.id, unit=part.unit.code, text=reason)
        writing.record(row, event, actor=actor, at=at)


def sweep_parts(now: datetime) -> int:
    """Tells what fell due of parts: not reported in, nearly due, overdue; each step once."""
    done = 0
    while moved := _some(now):
        done += moved
    return done


def _some(now: datetime) -> int:
    due = Part.objects.filter(next_at__lte=now)
    if not due.exists():
        return 0
    with transaction.atomic():
        found = list(skip_locked(due.order_by("next_at", "id"))[:BATCH])
        rows = Part.objects.select_related("unit", "case").in_bulk([each.pk for each in found])
        for part in rows.values():
            for step in rule.due_steps(parts.domain(part), after=part.looked_at, now=now):
                _fire(part, step, now)
            _save(part, now)
    return len(found)


def _fire(part: Part, step: StepKind, now: datetime) -> None:
    """Phones see nothing of it, so the case keeps its revision."""
    case = part.case
    due = part.report_due if step is StepKind.ABSENT else part.due
    event = PartDue(
        subject_id=case.id, unit=part.unit.code, step=step.value, due=due.isoformat(timespec="seconds")
    )
    append(event, actor=SYSTEM, at=now, areas=[case.area_id])
    persons = [part.person_id]
    if step is not StepKind.NEAR:
        persons += [case.responsible_person_id, part.caller_id]
    key = f"part:{part.pk}:{step}"
    spreading.notify(case, persons, kind="part", title=TITLES[step], key=key, at=now)


def _open(case: UUID, actor: Actor, at: datetime, unit: str) -> tuple[Case, Part]:
    """The case under lock and the part the actor's office owes (of several the one named, else the first)."""
    row = opening.open_case(case, actor=actor, permission=Permission.WORK, at=at).case
    owed = parts.owed_by(row.id, parts.offices(actor))
    found = [each for each in owed if not unit or unit in (each.unit.code, str(each.unit_id))]
    if not found:
        raise Problem(refusals.NO_PART)
    return row, found[0]


def _save(part: Part, at: datetime) -> None:
    part.looked_at, part.next_at = at, rule.next_look(parts.domain(part), now=at)
    part.save()


def _tell_lead(row: Case, title: str, key: str, at: datetime) -> None:
    persons = [row.responsible_person_id]
    spreading.notify(row, persons, kind="part", title=title, key=key, at=at)
