"""One submission, or one of its parts: read, its files kept, handed to the forms. Doing it again changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from mulian.gateways.openrosa.actions.keeping import Spooled, keep
from mulian.gateways.openrosa.domain import answering, reading
from mulian.gateways.openrosa.domain.envelope import Envelope, envelope
from mulian.gateways.openrosa.queries import listing
from mulian.kernel.actor import Actor
from mulian.modules.forms import public as forms
from mulian.modules.forms.public import Receipt, Subject, Submission


@dataclass(frozen=True)
class Filled:
    """A filled form as read: what it says of itself, its answers, and the files they name."""

    envelope: Envelope
    answers: Mapping[str, Any]
    files: frozenset[str]


def submit(*, xml: bytes, files: Mapping[str, Spooled], actor: Actor, at: datetime) -> Receipt:
    """Keeps the files the answers name, then the answers; what has no bytes or nobody asked for is left aside.

    Files come first: answers that were acknowledged never name a file we had and lost. Whether all are here is
    counted from the answers, never believed from the program. Raises what reading, keeping and the forms raise.
    """
    filled = read(xml, actor, at)
    sent = {name: each for name, each in files.items() if name in filled.files and each.size}
    kept = {name: keep(each, actor=actor, at=at) for name, each in sent.items()}
    said = filled.envelope
    submission = Submission(
        id=forms.instance_id(said.instance),
        instance=said.instance,
        form=said.form,
        version=said.version,
        answers=filled.answers,
        subject=_subject(said),
        started=said.started,
        ended=said.ended,
        media=kept,
        deprecated=said.deprecated,
        body_sha256=said.digest,
    )
    receipt = forms.receive(
        submission=submission, actor=actor, at=at, written=said.ended or said.started, via="openrosa"
    )
    if receipt.created or not kept:
        return receipt
    return forms.add_media(submission=receipt.id, files=kept, actor=actor, at=at)


def _subject(said: Envelope) -> Subject | None:
    return Subject(kind=forms.About(said.subject[0]), id=said.subject[1]) if said.subject else None


def read(xml: bytes, actor: Actor, at: datetime) -> Filled:
    """Raises `openrosa.unreadable`, `openrosa.encrypted`, `openrosa.no_form`."""
    root = reading.read(xml)
    first = envelope(root, xml)
    form = listing.one(actor, at, first.form, first.version)
    definition = listing.definition(form)
    said = envelope(root, xml, about=definition["about"])
    answers = answering.answers(definition["items"], root)
    named = frozenset(answering.files_of(definition["items"], answers))
    return Filled(replace(said, version=form.version), answers, named)
