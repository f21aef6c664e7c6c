"""What other packages do with files: attach them to a subject, take them off it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from mulian.core.files.models import Blob, BlobUse
from mulian.core.files.queries import may_read
from mulian.core.files.tus import SHA256
from mulian.kernel.actor import SYSTEM, Actor
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
    when that is a person: what somebody else had sent before shows nothing here until `by` has sent the bytes
    too, so a hash alone opens no one else's voice; and what another phone sealed, nothing of `by`'s ever shows.
    Raises `invalid` for what is no SHA-256.
    """
    names = list(dict.fromkeys(name.lower() for name in sha256s))
    if not names:
        return
    if not all(SHA256.fullmatch(name) for name in names):
        raise Problem("invalid")
    unread = _unread(by, names, at)
    unproven = _unproven(by, unread)
    Blob.objects.bulk_create([Blob(sha256=name, created_at=at) for name in names], ignore_conflicts=True)
    uses = [
        BlobUse(
            blob_id=name,
            subject_kind=subject_kind,
            subject_id=subject_id,
            role=role,
            permission=permission or f"{subject_kind}s.view",
            by=unproven.get(name),
            said_by=by.person if by and name in unread else None,
            attached_at=at,
        )
        for name in names
    ]
    BlobUse.objects.bulk_create(uses, ignore_conflicts=True)


def _unread(by: Actor | None, names: list[str], at: datetime) -> list[str]:
    """What `by` names without being able to read it now: not here yet, or somebody else's."""
    if by is None or by.person == SYSTEM.person:
        return []
    here = Blob.objects.filter(sha256__in=names).exclude(state=Blob.State.PART)
    known = set(here.values_list("sha256", flat=True))
    return [name for name in names if name not in known or not may_read(by, name, at)]


def _unproven(by: Actor | None, unread: list[str]) -> dict[str, UUID]:
    """Contents that came from others: nobody else's can be meant by an unknown hash."""
    here = Blob.objects.filter(sha256__in=unread).exclude(state=Blob.State.PART)
    return dict.fromkeys(here.values_list("sha256", flat=True), by.person) if by else {}


def detach(*, subject_kind: str, subject_id: UUID) -> int:
    """Take every content off a subject (retention, erasure); unused ones go with the next sweep."""
    return BlobUse.objects.filter(subject_kind=subject_kind, subject_id=subject_id).delete()[0]
