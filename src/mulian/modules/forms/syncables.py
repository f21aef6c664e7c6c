"""What phones hold of forms, and what they send."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

from mulian.core.access import scope
from mulian.core.sync.bodies import PlaceBody, point_of
from mulian.core.sync.envelope import Envelope
from mulian.core.sync.wire import moment
from mulian.kernel.actor import Actor
from mulian.modules.forms.actions.receiving import receive
from mulian.modules.forms.domain.definition import About
from mulian.modules.forms.domain.submission import Subject, Submission
from mulian.modules.forms.models import Form
from mulian.modules.forms.permissions import Permission
from mulian.modules.forms.queries.occasions import declared_of
from mulian.modules.forms.queries.occasions import turns as turns_of

REV = 1
"""A version never changes; what may be asked with it does, when the county declares something."""


class SubjectBody(msgspec.Struct):
    """Whom or what the answers speak of."""

    kind: Literal["household", "member", "camp", "institution"]
    id: UUID


class SubmitBody(msgspec.Struct):
    """`forms.submit`: `media` is file name → SHA-256; the bytes travel apart."""

    form: Annotated[str, Meta(max_length=40)]
    version: Annotated[str, Meta(max_length=12)]
    answers: dict[str, Any]
    subject: SubjectBody | None = None
    started: str | None = None
    ended: str | None = None
    media: dict[str, str] = {}
    place: PlaceBody | None = None


def apply_submit(body: SubmitBody, *, envelope: Envelope, now: datetime) -> dict[str, str]:
    """Takes a filled form in, as authorised when it was written; its id is the command's."""
    subject = Subject(kind=About(body.subject.kind), id=body.subject.id) if body.subject else None
    said = Submission(
        id=envelope.id,
        form=body.form,
        version=body.version,
        answers=body.answers,
        subject=subject,
        started=moment(body.started) if body.started else None,
        ended=moment(body.ended) if body.ended else None,
        media=body.media,
        place=point_of(body.place),
    )
    written = min(envelope.at, envelope.received_at, now)
    found = receive(submission=said, actor=envelope.actor, at=now, written=written)
    return {"submission": str(found.id)}


def visible_forms(actor: Actor, at: datetime) -> list[UUID]:
    """The forms that can be filled in now, for whoever fills forms on a phone."""
    if not scope.permitted(actor, Permission.CARRY):
        return []
    return list(Form.objects.filter(offered=True).order_by("code").values_list("id", flat=True))


def render_forms(ids: Iterable[UUID], actor: Actor, at: datetime) -> dict[UUID, tuple[int, dict[str, Any]]]:
    """What a list shows; the form itself is fetched once by the hash of its bytes."""
    if not scope.permitted(actor, Permission.CARRY):
        return {}
    rows = Form.objects.filter(id__in=list(ids), offered=True).defer("tables", "xform")
    codes = [row.code for row in rows]
    declared, turns = declared_of(codes), turns_of(codes)
    return {
        row.id: (REV + turns.get(row.code, 0), _row(row, declared.get(row.code, frozenset()))) for row in rows
    }


def beside(subjects: Iterable[tuple[str, UUID]]) -> list[UUID]:
    """The forms go with the duty, whatever that brings or takes."""
    return list(Form.objects.filter(offered=True).values_list("id", flat=True))


def _row(row: Form, declared: frozenset[str]) -> dict[str, Any]:
    found = {
        "form": row.code,
        "version": row.version,
        "title": row.title,
        "about": row.about,
        "sha256": row.definition_sha256,
        "size": len(row.definition.encode()),
    }
    return found | ({"declared": sorted(declared)} if declared else {})
