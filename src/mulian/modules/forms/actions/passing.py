"""What people passing through told goes: when its service is done, its epidemic is over, they left, or its days are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from mulian.core.access import scope
from mulian.core.events.log import append
from mulian.core.events.retention import forgotten
from mulian.core.sync.forgetting import forget_applied
from mulian.kernel.actor import Actor
from mulian.kernel.clock import CN
from mulian.kernel.ids import uuid7
from mulian.kernel.problems import Problem, register
from mulian.modules.forms.actions.arrival import Arrival
from mulian.modules.forms.actions.emptying import empty
from mulian.modules.forms.actions.publishing import tell_phones
from mulian.modules.forms.domain import passing
from mulian.modules.forms.domain.definition import Definition
from mulian.modules.forms.events import OccasionDeclared, OccasionEnded, PassingOver
from mulian.modules.forms.models import Form, Occasion, Submission
from mulian.modules.forms.permissions import Permission
from mulian.modules.forms.queries import published

RULE = "forms.passing"
WHY = "what was told in passing goes when it is over"
BATCH, BATCHES = 200, 50

register(
    "forms.not_declared",
    422,
    "The county has not declared this, so nobody may be asked for it.",
    "Fill the form in for a service, or leave it.",
)


def ends(form: Definition, arrival: Arrival) -> datetime | None:
    """When nothing of what arrives may be kept; None for a form that is not for people passing through.

    Raises `forms.not_declared`: told for something that was not declared when it was told.
    """
    answers, local = arrival.submission.answers, arrival.written.astimezone(CN)
    day = passing.gone(form, answers, local.date())
    if day is None:
        return None
    last = datetime.combine(day, time(), CN)
    told_for = passing.purpose(form, answers)
    return min(last, _ended(form.id, told_for, arrival) or last) if told_for else last


def _ended(code: str, choice: str, arrival: Arrival) -> datetime | None:
    """The end of the occasion it was told in. A phone's clock may be late: declared on arrival is early enough."""
    rows = Occasion.objects.filter(code=code, choice=choice, declared_at__lte=arrival.at)
    found = rows.exclude(ended_at__lte=arrival.written).order_by("-declared_at").first()
    if found is None:
        raise Problem("forms.not_declared")
    return found.ended_at


@transaction.atomic
def declare(*, code: str, choice: str, actor: Actor, at: datetime) -> None:
    """From now on the form may be filled in for it. Doing it again changes nothing. Raises `forbidden`, `not_found`."""
    form = _form(code, choice, actor)
    if Occasion.objects.filter(code=code, choice=choice, ended_at=None).exists():
        return
    Occasion.objects.create(id=uuid7(at), code=code, choice=choice, declared_at=at, declared_by=actor.person)
    tell_phones(OccasionDeclared(subject_id=form.id, form=code, choice=choice), actor, at)


@transaction.atomic
def end(*, code: str, choice: str, actor: Actor, at: datetime) -> int:
    """It is over: what was told for it is deleted; how many forms that were. Raises `forbidden`, `not_found`."""
    form = _form(code, choice, actor)
    if not Occasion.objects.filter(code=code, choice=choice, ended_at=None).update(ended_at=at):
        raise Problem("not_found")
    rows = Submission.unscoped.because(WHY).filter(form__code=code, ends_at__isnull=False)
    told = {f"answers__{_purpose(form)}": choice}
    ids = list(rows.filter(**told).values_list("id", flat=True))
    _take(ids, at)
    tell_phones(OccasionEnded(subject_id=form.id, form=code, choice=choice, answers=len(ids)), actor, at)
    return len(ids)


@transaction.atomic
def finish(*, submission: UUID, actor: Actor, at: datetime) -> None:
    """The service is done: what was told for it, and what it corrected, is deleted. Raises `forbidden`, `not_found`."""
    scope.require(actor, Permission.FILL, kind="submission", id=submission, at=at)
    rows = Submission.unscoped.because(WHY).select_for_update(of=("self",)).filter(ends_at__isnull=False)
    ids: list[UUID] = []
    step: UUID | None = submission
    while step is not None and (row := rows.filter(id=step).first()) is not None:
        ids.append(row.id)
        step = row.replaces_id
    if not ids:
        raise Problem("not_found")
    _take(ids, at)
    append(PassingOver(subject_id=submission), actor=actor, at=at)


def due(now: datetime) -> QuerySet[Submission]:
    """What is over."""
    return Submission.unscoped.because(WHY).filter(ends_at__lte=now)


def forget(now: datetime) -> int:
    """Batch by batch, each a transaction with its event."""
    done = 0
    for _ in range(BATCHES):
        with transaction.atomic():
            ids = list(due(now).order_by("pk").values_list("pk", flat=True)[:BATCH])
            if not ids:
                break
            _take(ids, now)
        done += len(ids)
    return done


def _take(ids: Sequence[UUID], at: datetime) -> None:
    """Emptied, their files and what phones sent of them taken away; the row stays, so that nothing comes back."""
    if not ids:
        return
    empty(ids)
    Submission.unscoped.because(WHY).filter(id__in=ids).update(state=Submission.State.OVER, ends_at=None)
    forgotten(rule=RULE, count=len(ids), until=at, at=at)
    transaction.on_commit(lambda: forget_applied(ids))


def _form(code: str, choice: str, actor: Actor) -> Form:
    """The present version, or the last, of a form with such a purpose."""
    scope.require_any(actor, Permission.PUBLISH)
    row = published.versions(code).order_by("-offered", "-published_at").first()
    named = [one.name for one in passing.purposes(published.definition(row.id))] if row else []
    if row is None or choice not in named:
        raise Problem("not_found")
    return row


def _purpose(form: Form) -> str:
    found = published.definition(form.id).passing
    return found.purpose if found else ""
