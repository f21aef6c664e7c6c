"""Voices of a subject: what retention takes off it once its time is over (guarantee G4)."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from mulian.core.files.models import Blob, BlobUse

_SOUND = "audio/"


def with_voice(subject_kind: str) -> Exists:
    """A condition on rows whose primary key is a subject: some sound belongs to it."""
    return Exists(_voices(subject_kind).filter(subject_id=OuterRef("pk")))


def take_off(subject_kind: str, ids: Iterable[UUID]) -> int:
    """Takes all sound off subjects; returns how many. The bytes go with the next sweep of files."""
    found = _voices(subject_kind).filter(subject_id__in=list(ids)).values_list("id", flat=True)
    return BlobUse.objects.filter(id__in=list(found)).delete()[0]


def _voices(subject_kind: str) -> QuerySet[BlobUse]:
    """By what the content turned out to be, or was opened into; by its role while it never arrived."""
    opened = Blob.objects.filter(sha256=OuterRef("blob__served_as"), mime__startswith=_SOUND)
    sound = Q(blob__mime__startswith=_SOUND) | Exists(opened) | Q(role__endswith="_voice")
    return BlobUse.objects.filter(sound, subject_kind=subject_kind)
