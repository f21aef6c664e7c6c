"""Takes a content in, piece by piece: announce, ask where it stands, send from there on (tus 1.0 creation,
core).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from mulian.core.events.log import append
from mulian.core.files.events import FileReceived
from mulian.core.files.kinds import declared_kind, most_bytes
from mulian.core.files.models import Blob, Upload
from mulian.core.files.parts import Part
from mulian.core.files.place import storage
from mulian.core.files.storage import digest
from mulian.core.files.tus import Creation
from mulian.kernel.actor import Actor
from mulian.kernel.ids import uuid7
from mulian.kernel.problems import Problem

KEPT = timedelta(days=30)
"""How long an unfinished transfer waits for the next network; the same as for orphans."""
OPEN_AT_ONCE = 300
"""Unfinished transfers of one person: weeks without network fit, filling the disk does not."""
PIECE = 2 * 1024
"""Small: a line that breaks loses less than a second of what came, a very slow one renews its lease in time."""

Read = Callable[[int], bytes]
"""Reads up to that many bytes of the request body; empty at its end."""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where a transfer stands: `offset` of `size` bytes are here; `expires` only while unfinished."""

    offset: int
    size: int
    expires: datetime | None = None

    @property
    def complete(self) -> bool:
        return self.offset == self.size


def announce(*, creation: Creation, actor: Actor, at: datetime) -> Standing:
    """Begin a transfer, or find the one begun before. Raises `files.too_large`, `files.wrong_type`,
    `disk_full`.
    """
    if creation.size > most_bytes(creation.mime, sealed=bool(creation.sealed)):
        raise Problem("files.too_large")
    if not creation.size or (creation.mime and declared_kind(creation.mime) is None):
        raise Problem("files.wrong_type")
    upload = _upload(creation, actor, at)
    standing = _standing(upload, actor, at)
    if not standing.complete:
        storage().need_room(upload.size - standing.offset)
    return standing


def standing(*, sha256: str, actor: Actor, at: datetime) -> Standing:
    """How far the actor's own transfer is. Raises `not_found` when there is none."""
    return _standing(_own(sha256, actor, at), actor, at)


def receive(*, sha256: str, offset: int, length: int, read: Read, actor: Actor, at: datetime) -> Standing:
    """Append `length` bytes from `offset` on; what was read before a broken connection stays.

    Raises `files.busy`, `files.wrong_offset`, `files.too_large`, `disk_full`, and `files.wrong_hash` (460)
    when the whole is not what was announced: its bytes are gone then and the sender begins again.
    """
    upload = _own(sha256, actor, at)
    if upload.finished_at:
        if offset != upload.size:
            raise Problem("files.wrong_offset")
        return Standing(offset=upload.size, size=upload.size)
    if offset + length > upload.size:
        raise Problem("files.too_large")
    part = _part(upload)
    with part.writing(offset) as writer:
        while writer.offset < offset + length and (
            piece := read(min(PIECE, offset + length - writer.offset))
        ):
            writer.append(piece)
        if writer.offset == upload.size:
            writer.settle()
            _finish(upload, part, actor, at)
    unfinished = writer.offset < upload.size
    return Standing(offset=writer.offset, size=upload.size, expires=upload.expires_at if unfinished else None)


def _upload(creation: Creation, actor: Actor, at: datetime) -> Upload:
    """This person's transfer of the content; announced with another size or key it begins anew (one of both
    was wrong).
    """
    with transaction.atomic():
        upload = Upload.objects.filter(person=actor.person, sha256=creation.sha256).first()
        if upload is None:
            _need_patience(actor)
            upload, _ = Upload.objects.get_or_create(
                person=actor.person,
                sha256=creation.sha256,
                defaults={
                    "id": uuid7(),
                    "size": creation.size,
                    "mime": creation.mime,
                    "sealed": creation.sealed,
                    "created_at": at,
                    "expires_at": at + KEPT,
                },
            )
        elif _differs(upload, creation) and not upload.finished_at:
            _part(upload).remove()
            upload.size, upload.mime, upload.sealed = creation.size, creation.mime, creation.sealed
            upload.save(update_fields=["size", "mime", "sealed"])
        return upload


def _differs(upload: Upload, creation: Creation) -> bool:
    return (upload.size, upload.sealed) != (creation.size, creation.sealed)


def _need_patience(actor: Actor) -> None:
    if Upload.objects.filter(person=actor.person, finished_at=None).count() >= OPEN_AT_ONCE:
        raise Problem("too_many")


def _own(sha256: str, actor: Actor, at: datetime) -> Upload:
    upload = Upload.objects.filter(person=actor.person, sha256=sha256).first()
    if upload is None or (upload.finished_at is None and upload.expires_at <= at):
        raise Problem("not_found")
    return upload


def _standing(upload: Upload, actor: Actor, at: datetime) -> Standing:
    """A part that is whole but was not finished (the server died in between) is finished now."""
    if upload.finished_at:
        return Standing(offset=upload.size, size=upload.size)
    here = _part(upload).size()
    if here == upload.size:
        try:
            return receive(sha256=upload.sha256, offset=here, length=0, read=_nothing, actor=actor, at=at)
        except Problem as problem:
            if problem.code != "files.wrong_hash":
                raise
            here = 0
    return Standing(offset=here, size=upload.size, expires=upload.expires_at)


def _nothing(_: int) -> bytes:
    return b""


def _part(upload: Upload) -> Part:
    return Part(storage().part(f"{upload.id}.part"))


def _finish(upload: Upload, part: Part, actor: Actor, at: datetime) -> None:
    """Hash, rename, then the rows: a row that says "here" is never written before the bytes are safe."""
    try:
        whole = digest(part.path)
    except FileNotFoundError:
        raise Problem("files.busy") from None
    if whole != upload.sha256:
        part.remove()
        raise Problem("files.wrong_hash")
    place = storage()
    with place.publishing():
        if _judged(upload):
            part.path.unlink()
        else:
            place.publish(part.path, upload.sha256)
        _record(upload, actor, at)


def _judged(upload: Upload) -> bool:
    """A content is looked at once; but who carried a box may have named no key, or a wrong one."""
    blob = Blob.objects.filter(sha256=upload.sha256).first()
    if blob is None or blob.state == Blob.State.READY:
        return blob is not None
    return blob.state == Blob.State.REFUSED and upload.sealed in {"", blob.sealed}


@transaction.atomic
def _record(upload: Upload, actor: Actor, at: datetime) -> None:
    Upload.objects.filter(id=upload.id).update(finished_at=at)
    Blob.objects.get_or_create(sha256=upload.sha256, defaults={"created_at": at})
    if not _judged(upload):
        waiting = Blob.objects.filter(sha256=upload.sha256).exclude(state=Blob.State.CHECKING)
        waiting.update(state=Blob.State.CHECKING, size=upload.size, sealed=upload.sealed, tries=0, code="")
    append(FileReceived(subject_id=upload.id, sha256=upload.sha256, size=upload.size), actor=actor, at=at)
