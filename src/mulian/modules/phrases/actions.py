"""Speaking a phrase, and taking a recording away."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mulian.core.access import scope
from mulian.core.events.log import append
from mulian.core.files import actions as files
from mulian.core.files.tus import SHA256
from mulian.kernel.actor import SYSTEM, Actor
from mulian.kernel.ids import uuid7
from mulian.kernel.problems import Problem
from mulian.modules.phrases.domain.words import MOST_WORDS, SPOKEN, plain
from mulian.modules.phrases.events import PhraseDropped, PhraseRecorded
from mulian.modules.phrases.models import Recording
from mulian.modules.phrases.permissions import Permission

KIND = "phrase"


@transaction.atomic
def record(
    *, language: str, words: str, sha256: str, actor: Actor, at: datetime, example: bool = False
) -> Recording:
    """Takes a sound the actor has sent as the voice of these words, in place of an earlier one.

    Raises `forbidden` without the permission, `invalid` for another language, no words, or what is no SHA-256.
    """
    _may(actor)
    said = plain(words)
    if language not in SPOKEN or not 0 < len(said) <= MOST_WORDS or not SHA256.fullmatch(sha256):
        raise Problem("invalid")
    _forget(Recording.objects.filter(language=language, words=said))
    row = Recording.objects.create(
        id=uuid7(),
        language=language,
        words=said,
        sha256=sha256,
        spoken_by=actor.person,
        recorded_at=at,
        example=example,
    )
    files.attach(
        sha256s=[sha256],
        subject_kind=KIND,
        subject_id=row.id,
        role="voice",
        at=at,
        by=actor,
        permission=Permission.RECORD,
    )
    append(
        PhraseRecorded(subject_id=row.id, language=language, words=said, sha256=sha256), actor=actor, at=at
    )
    return row


@transaction.atomic
def drop(*, language: str, words: str, actor: Actor, at: datetime) -> None:
    """Takes the console's recording of these words away; one in the pack is heard again. Raises `not_found`."""
    _may(actor)
    gone = _forget(Recording.objects.filter(language=language, words=plain(words)))
    if gone is None:
        raise Problem("not_found")
    append(PhraseDropped(subject_id=gone.id, language=language, words=gone.words), actor=actor, at=at)


def _forget(rows: object) -> Recording | None:
    row = rows.select_for_update().first()  # type: ignore[attr-defined]
    if row is None:
        return None
    files.detach(subject_kind=KIND, subject_id=row.id)
    Recording.objects.filter(id=row.id).delete()
    found: Recording = row
    return found


def _may(actor: Actor) -> None:
    if actor.person != SYSTEM.person:
        scope.require_any(actor, Permission.RECORD)
