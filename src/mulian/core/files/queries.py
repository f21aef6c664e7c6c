"""Reading files: what belongs to a subject, and one content's bytes for who may see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from mulian.core.access import scope
from mulian.core.files.models import Blob, BlobUse, Upload
from mulian.core.files.place import storage
from mulian.kernel.actor import Actor
from mulian.kernel.problems import Problem


@dataclass(frozen=True, kw_only=True)
class Media:
    """A checked content ready to be sent; `sha256` is that of the bytes at `path`."""

    sha256: str
    path: Path
    mime: str
    size: int


@dataclass(frozen=True, kw_only=True)
class Attached:
    """A content of a subject as a page shows it. `state` is part, checking, ready or refused (then `code`).

    `sha256` is the content that is served, `sent` the name it was announced by; they differ after a clean
    copy.
    """

    sha256: str
    sent: str
    role: str
    state: str
    mime: str
    size: int
    seconds: float | None
    width: int | None
    height: int | None
    code: str


def open_for(actor: Actor, sha256: str, at: datetime) -> Media:
    """The bytes of a content, for its uploader until it is attached and then for who sees its subject.

    Raises `not_found` for everybody else, `files.not_here_yet` before it is whole and checked, and the
    refusal's own code when it was refused.
    """
    blob = Blob.objects.filter(sha256=sha256).first()
    if blob is None or not may_read(actor, sha256, at):
        raise Problem("not_found")
    if blob.state == Blob.State.REFUSED:
        raise Problem(blob.code)
    if blob.state != Blob.State.READY:
        raise Problem("files.not_here_yet")
    served = Blob.objects.get(sha256=blob.served_as) if blob.served_as else blob
    return Media(sha256=served.sha256, path=storage().blob(served.sha256), mime=served.mime, size=served.size)


def shelf(sha256: str) -> Media | None:
    """A content that everybody may have: the caller knows that it is one. None before it is checked."""
    blob = Blob.objects.filter(sha256=sha256, state=Blob.State.READY, served_as="").first()
    if blob is None:
        return None
    return Media(sha256=sha256, path=storage().blob(sha256), mime=blob.mime, size=blob.size)


def may_read(actor: Actor, sha256: str, at: datetime) -> bool:
    """The one rule of visibility: a subject of the content is visible, or it is one's own and not attached
    yet.
    """
    names = [sha256, *Blob.objects.filter(served_as=sha256).values_list("sha256", flat=True)]
    uses = list(_proven().filter(blob_id__in=names).order_by("id"))
    if any(_sees(actor, use, at) for use in uses):
        return True
    return not uses and _own(actor.person, names)


def _own(person: UUID, names: list[str]) -> bool:
    """Sent by oneself; a sealed one only if one's own phone sealed it: to have carried a box is no right to it."""
    made = Blob.objects.filter(sha256__in=names, maker=person)
    sealed = Blob.objects.filter(sha256=OuterRef("sha256")).exclude(sealed="")
    sent = Upload.objects.filter(~Exists(sealed), person=person, sha256__in=names, finished_at__isnull=False)
    return made.exists() or sent.exists()


def attached(*, subject_kind: str, subject_id: UUID) -> list[Attached]:
    """The contents of one subject, in the order they were attached; the caller has checked the subject."""
    return attached_to(subject_kind=subject_kind, subject_ids=[subject_id]).get(subject_id, [])


def attached_to(*, subject_kind: str, subject_ids: list[UUID]) -> dict[UUID, list[Attached]]:
    """The same for many subjects of one kind, with two statements."""
    uses = list(
        BlobUse.objects.filter(subject_kind=subject_kind, subject_id__in=subject_ids)
        .select_related("blob")
        .order_by("id")
    )
    copies = Blob.objects.in_bulk([use.blob.served_as for use in uses if use.blob.served_as])
    found: dict[UUID, list[Attached]] = {}
    for use in uses:
        served = copies.get(use.blob.served_as, use.blob)
        found.setdefault(use.subject_id, []).append(_attached(use, served))
    return found


def subjects_of(sha256: str, *, kind: str) -> list[tuple[UUID, str]]:
    """The subjects of a kind that a content was attached to, with the role it has there."""
    uses = BlobUse.objects.filter(blob_id=sha256, subject_kind=kind)
    return list(uses.order_by("id").values_list("subject_id", "role"))


def _attached(use: BlobUse, served: Blob) -> Attached:
    return Attached(
        sha256=served.sha256,
        sent=use.blob_id,
        role=use.role,
        state=use.blob.state,
        mime=served.mime,
        size=served.size,
        seconds=served.seconds,
        width=served.width,
        height=served.height,
        code=use.blob.code,
    )


def _proven() -> QuerySet[BlobUse]:
    """Attachments that count: made by the system, by a reader of the content, by someone who sent it, or, of a
    sealed content, by its maker.
    """
    sent = Upload.objects.filter(person=OuterRef("by"), sha256=OuterRef("blob_id"), finished_at__isnull=False)
    plain = Q(blob__sealed="") & (Q(by__isnull=True) | Exists(sent))
    sealed = ~Q(blob__sealed="") & (Q(said_by__isnull=True) | Q(said_by=F("blob__maker")))
    return BlobUse.objects.filter(plain | sealed)


def _sees(actor: Actor, use: BlobUse, at: datetime) -> bool:
    return scope.can(actor, use.permission, kind=use.subject_kind, id=use.subject_id, at=at)
