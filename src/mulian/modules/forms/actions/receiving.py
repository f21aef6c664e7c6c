"""Takes in one filled form: once, checked against its version, the register told in the same transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from mulian.core.access import scope
from mulian.core.database import quick
from mulian.core.events.log import append
from mulian.kernel.actor import Actor
from mulian.kernel.problems import Problem, register
from mulian.modules.forms.actions import passing, whose
from mulian.modules.forms.actions.arrival import Arrival
from mulian.modules.forms.actions.correcting import replaced
from mulian.modules.forms.actions.media import keep_files, named_files
from mulian.modules.forms.actions.repeating import before, digest, receipt, twin
from mulian.modules.forms.actions.telling import tell_register
from mulian.modules.forms.domain.answers import check
from mulian.modules.forms.domain.definition import About
from mulian.modules.forms.domain.submission import Receipt, Submission
from mulian.modules.forms.events import AnswersReceived
from mulian.modules.forms.models import Form
from mulian.modules.forms.models import Submission as Row
from mulian.modules.forms.permissions import Permission
from mulian.modules.forms.queries import published
from mulian.modules.households import public as households

SUBJECT = "subject"
"""Why a form is held that does not say whom it is about."""

register("forms.unknown", 404, "The county has no such form.", "Keep the answers and tell the county centre.")


@transaction.atomic
def receive(
    *, submission: Submission, actor: Actor, at: datetime, written: datetime | None = None, via: str = "phone"
) -> Receipt:
    """Keeps a submission; the same one again answers the same. What does not fit its form is held, never lost.

    `written`: when it was filled in, where a phone knows. Raises `forbidden`, `forms.unknown`, `not_found` (a subject
    out of reach), `forms.other_body`, `forms.answers_large`, `forms.unknown_edit`, `forms.not_current`,
    `forms.not_declared`.
    """
    scope.require_any(actor, Permission.FILL)
    known = before(submission, actor)
    if known is not None:
        return receipt(known, created=False)
    form = _version(submission)
    try:
        with transaction.atomic():
            return _new(Arrival(submission, form, actor, at, min(written or at, at), via))
    except IntegrityError:
        return twin(submission, actor)


def _version(submission: Submission) -> Form:
    """The version it was filled in under; what is heavy of it is read where it is needed, once a process."""
    statement = "SELECT id FROM forms_form WHERE code = %s AND version = %s"
    found = quick.fetch(statement, (submission.form, submission.version))
    if not found:
        raise Problem("forms.unknown")
    return Form(id=quick.uuid(found[0][0]), code=submission.form, version=submission.version)


def _new(arrival: Arrival) -> Receipt:
    submission, form = arrival.submission, published.definition(arrival.form.id)
    outcome = check(form, submission.answers, today=arrival.local[:10], now=arrival.local)
    ends = passing.ends(form, arrival)
    household, premises = whose.household(arrival, form, outcome.kept), whose.premises(arrival, form)
    refused = dict(outcome.refused)
    if household is None and premises is None and form.about != About.NONE:
        refused[SUBJECT] = SUBJECT
    old = (
        replaced(submission.deprecated, form.id, arrival.actor, arrival.at) if submission.deprecated else None
    )
    row = _row(arrival, household, dict(submission.answers) if refused else dict(outcome.kept), refused, old)
    row.ends_at, row.expected = ends, named_files(form, outcome.kept, arrival.local)
    brought = {**(old.files if old else {}), **submission.media}
    row.files = {name: sha for name, sha in brought.items() if name in row.expected}
    if not refused:
        row.facts = tell_register(form, outcome.kept, row, actor=arrival.actor, at=arrival.at)
    row.save(force_insert=True)
    whose.place(row, arrival, premises)
    keep_files(row, row.files, arrival.actor, arrival.at)
    _announce(row, arrival)
    return receipt(row, created=True)


def _row(
    arrival: Arrival,
    household: UUID | None,
    answers: dict[str, Any],
    refused: dict[str, str],
    old: Row | None,
) -> Row:
    said, place = arrival.submission, arrival.submission.place
    return Row(
        id=said.id,
        form=arrival.form,
        person_id=arrival.actor.person,
        subject_kind=str(said.subject.kind) if said.subject else "",
        subject=said.subject.id if said.subject else None,
        household=household,
        state=Row.State.HELD if refused else Row.State.KEPT,
        answers=answers,
        refused=refused,
        started_at=said.started,
        ended_at=said.ended,
        written_at=arrival.written,
        received_at=arrival.at,
        via=arrival.via,
        lat=place.lat if place else None,
        lon=place.lon if place else None,
        instance=said.instance or str(said.id),
        body_sha256=digest(said),
        replaces=old,
    )


def _announce(row: Row, arrival: Arrival) -> None:
    event = AnswersReceived(
        subject_id=row.id,
        form=arrival.form.code,
        version_of_form=arrival.form.version,
        via=row.via,
        held=row.state == Row.State.HELD,
        facts=row.facts,
        replaces=str(row.replaces_id) if row.replaces_id else None,
        about=str(row.household) if row.household else None,
    )
    areas = households.areas_at(row.household, arrival.at).values() if row.household else ()
    append(
        event,
        actor=arrival.actor,
        at=arrival.at,
        occurred=arrival.written,
        areas=sorted({code[:12] for code in areas}),
    )
