"""Takes in one filled form: once, checked against its version, the register told in the same transaction."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q

from mulian.core.access import placing, scope
from mulian.core.database import quick
from mulian.core.events.log import append
from mulian.core.files.actions import attach
from mulian.kernel.actor import Actor
from mulian.kernel.clock import CN
from mulian.kernel.problems import Problem, register
from mulian.modules.forms.actions.correcting import replaced
from mulian.modules.forms.actions.telling import tell_register
from mulian.modules.forms.domain.answers import check
from mulian.modules.forms.domain.answers.filling import Filling
from mulian.modules.forms.domain.definition import MEDIA, About, Definition
from mulian.modules.forms.domain.facts import number
from mulian.modules.forms.domain.submission import Receipt, Submission
from mulian.modules.forms.events import AnswersReceived
from mulian.modules.forms.models import Form
from mulian.modules.forms.models import Submission as Row
from mulian.modules.forms.permissions import Permission
from mulian.modules.forms.queries import published
from mulian.modules.households import public as households

LARGEST = 400_000
"""Bytes of one form's answers."""
KIND = "submission"
SUBJECT = "subject"
"""Why a form is held that does not say whom it is about."""

register("forms.unknown", 404, "The county has no such form.", "Keep the answers and tell the county centre.")
register("forms.other_body", 409, "This was sent before with other answers.", "Send it as a correction.")
register("forms.answers_large", 413, "The answers are too long.", "Make the texts shorter and send it again.")


@transaction.atomic
def receive(
    *, submission: Submission, actor: Actor, at: datetime, written: datetime | None = None, via: str = "phone"
) -> Receipt:
    """Keeps a submission; the same one again answers the same. What does not fit its form is held, never lost.

    `written`: when it was filled in, where a phone knows. Raises `forbidden`, `forms.unknown`, `not_found` (a subject
    out of reach), `forms.other_body`, `forms.answers_large`, `forms.unknown_edit`, `forms.not_current`.
    """
    scope.require_any(actor, Permission.FILL)
    before = _before(submission, actor)
    if before is not None:
        return receipt(before, created=False)
    form = _version(submission)
    try:
        with transaction.atomic():
            return _new(_Arrival(submission, form, actor, at, min(written or at, at), via))
    except IntegrityError:
        return _twin(submission, actor)


def _version(submission: Submission) -> Form:
    """The version it was filled in under; what is heavy of it is read where it is needed, once a process."""
    statement = "SELECT id FROM forms_form WHERE code = %s AND version = %s"
    found = quick.fetch(statement, (submission.form, submission.version))
    if not found:
        raise Problem("forms.unknown")
    return Form(id=quick.uuid(found[0][0]), code=submission.form, version=submission.version)


@dataclass(frozen=True)
class _Arrival:
    submission: Submission
    form: Form
    actor: Actor
    at: datetime
    written: datetime
    via: str

    @property
    def local(self) -> str:
        return self.written.astimezone(CN).strftime("%Y-%m-%dT%H:%M:%S")


def _before(submission: Submission, actor: Actor) -> Row | None:
    """What came under this name before, if it was this."""
    name = submission.instance or str(submission.id)
    statement = "SELECT 1 FROM forms_submission WHERE instance = %s OR id = %s LIMIT 1"
    if not quick.fetch(statement, (name, quick.key(submission.id))):
        return None
    rows = Row.unscoped.because("the same sender repeats itself").filter(
        Q(instance=name) | Q(id=submission.id)
    )
    row = min(rows, key=lambda each: each.instance != name, default=None)
    if row is not None and (row.person_id != actor.person or row.body_sha256 != _digest(submission)):
        raise Problem("forms.other_body")
    return row


def _twin(submission: Submission, actor: Actor) -> Receipt:
    """The same one came at the same moment and was first."""
    row = _before(submission, actor)
    if row is None:
        raise Problem("conflict")
    return receipt(row, created=False)


def _digest(submission: Submission) -> str:
    if submission.body_sha256:
        return submission.body_sha256
    said = [submission.form, submission.version, submission.answers]
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, default=str).encode()
    if len(text) > LARGEST:
        raise Problem("forms.answers_large")
    return sha256(text).hexdigest()


def _new(arrival: _Arrival) -> Receipt:
    submission, form = arrival.submission, published.definition(arrival.form.id)
    outcome = check(form, submission.answers, today=arrival.local[:10], now=arrival.local)
    household, premises = _household(arrival, form, outcome.kept), _premises(arrival, form)
    refused = dict(outcome.refused)
    if household is None and premises is None and form.about != About.NONE:
        refused[SUBJECT] = SUBJECT
    old = (
        replaced(submission.deprecated, form.id, arrival.actor, arrival.at) if submission.deprecated else None
    )
    row = _row(arrival, household, dict(submission.answers) if refused else dict(outcome.kept), refused, old)
    row.expected = _files(form, outcome.kept, arrival.local)
    brought = {**(old.files if old else {}), **submission.media}
    row.files = {name: sha for name, sha in brought.items() if name in row.expected}
    if not refused:
        row.facts = tell_register(form, outcome.kept, row, actor=arrival.actor, at=arrival.at)
    row.save(force_insert=True)
    _place(row, arrival, premises)
    keep_files(row, row.files, arrival.actor, arrival.at)
    _announce(row, arrival)
    return receipt(row, created=True)


def receipt(row: Row, *, created: bool) -> Receipt:
    return Receipt(
        id=row.id, state=row.state, created=created, missing=row.missing, refused=row.refused, facts=row.facts
    )


def _household(arrival: _Arrival, form: Definition, kept: Mapping[str, Any]) -> UUID | None:
    """The household the answers speak of; it must be the writer's, now or when it was written."""
    subject = arrival.submission.subject
    if form.about not in (About.HOUSEHOLD, About.MEMBER, About.CAMP):
        return None
    if subject is None:
        return households.numbered(number(form, kept), arrival.actor, arrival.at)
    found = households.holder(households.Of(subject.kind), subject.id) if subject.kind == form.about else None
    if found is None:
        raise Problem("not_found")
    households.require_written(found, arrival.actor, arrival.at, arrival.written)
    return found


def _premises(arrival: _Arrival, form: Definition) -> str | None:
    """The area of the institution the answers speak of; it must be in the writer's duty, now or when it was written."""
    subject = arrival.submission.subject
    if form.about != About.INSTITUTION or subject is None:
        return None
    if subject.kind != About.INSTITUTION:
        raise Problem("not_found")
    return households.require_premises(subject.id, arrival.actor, arrival.at, arrival.written)


def _row(
    arrival: _Arrival,
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
        body_sha256=_digest(said),
        replaces=old,
    )


def _files(form: Definition, kept: Mapping[str, Any], local: str) -> list[str]:
    """The file names that answers name, once each."""
    spots = Filling(form, kept, local[:10], local).spots()
    named = [spot.raw for spot in spots if spot.node.type in MEDIA and spot.raw]
    return list(dict.fromkeys(named))


def keep_files(row: Row, files: Mapping[str, str], actor: Actor, at: datetime) -> None:
    """Whoever reads the submission reads its sounds and photos."""
    attach(
        sha256s=files.values(),
        subject_kind=KIND,
        subject_id=row.id,
        role="form",
        permission=Permission.READ,
        at=at,
        by=actor,
    )


def _place(row: Row, arrival: _Arrival, premises: str | None) -> None:
    """It counts where the family counted when it was written, or where the institution stands; else where its writer
    serves.
    """
    if row.household is not None:
        codes = households.areas_at(row.household, arrival.written) or households.areas_at(
            row.household, arrival.at
        )
    elif premises is not None:
        codes = {"reported": premises}
    else:
        codes = {"reported": scope.granting(arrival.actor, Permission.FILL)[0].area}
    places = [placing.Place(area=code, counts_as=kind) for kind, code in codes.items()]
    placing.place_new(kind=KIND, placed={row.id: places}, at=min(arrival.written, arrival.at))


def _announce(row: Row, arrival: _Arrival) -> None:
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
