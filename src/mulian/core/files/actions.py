"""What other packages do with files: attach them to a subject, take them off it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from mulian.core.files.models import Blob, BlobUse
from mulian.core.files.queries import may_read
from mulian.core.files.tus import SHA256
from mulian.kernel.actor import Actor
from mulian.kernel.problems import Problem


def attach(
    *,
    sha256s: Iterable[str],
    subject_kind: str,
    subject_id: UUID,
    role: str,
    at: datetime,
    by: Actor | None = None,
    permission: str = "",
) -> None:
    """Say that contents belong to a subject, in the caller's transaction; they may still be on the way.

    Whoever sees the subject by `permission` (default `<kind>s.view`) may read them. Name in `by` who says so
    when that is a person: until they have sent the bytes themselves, or could read them already, the
    attachment shows nothing, so a hash alone opens no one else's voice. Raises `invalid` for what is no
    SHA-256.
    """
    names = list(dict.fromkeys(name.lower() for name in sha256s))
    if not all(SHA256.fullmatch(name) for name in names):
        raise Problem("invalid")
    Blob.objects.bulk_create([Blob(sha256=name, created_at=at) for name in names], ignore_conflicts=True)
    uses = [
        BlobUse(
            blob_id=name,
            subject_kind=subject_kind,
            subject_id=subject_id,
            role=role,
            permission=permission or f"{subject_kind}s.view",
            by=None if by is None or may_read(by, name, at) else by.person,
            attached_at=at,
        )
        for name in names
    ]
    BlobUse.objects.bulk_create(uses, ignore_conflicts=True)


def detach(*, subject_kind: str, subject_id: UUID) -> int:
    """Take every content off a subject (retention, erasure); unused ones go with the next sweep."""
    return BlobUse.objects.filter(subject_kind=subject_kind, subject_id=subject_id).delete()[0]
