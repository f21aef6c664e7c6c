"""Takes away what nobody needs: expired transfers, contents never attached, leftovers of a crash."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from mulian.core.events.retention import forgotten
from mulian.core.files.models import Blob, BlobUse, Upload
from mulian.core.files.parts import Part
from mulian.core.files.place import storage

ORPHANED_AFTER = timedelta(days=30)
LEFTOVER_AFTER = timedelta(days=1)
"""Older than this a file without a row is no longer about to get one."""
AT_ONCE = 500


def sweep(now: datetime) -> int:
    """Remove what is due; returns how many things went. Awaited contents (attached, not here) are kept."""
    return _transfers(now) + _orphans(now) + _refused(now) + _leftovers(now)


def transfers_due(now: datetime) -> QuerySet[Upload]:
    """Transfers that were never ended."""
    return Upload.objects.filter(finished_at=None, expires_at__lte=now)


def orphans_due(now: datetime) -> QuerySet[Blob]:
    """Contents without a subject; a clean copy belongs to the original it serves."""
    used = BlobUse.objects.filter(blob_id=OuterRef("sha256"))
    original = Blob.objects.filter(served_as=OuterRef("sha256"))
    return Blob.objects.filter(~Exists(used), ~Exists(original), created_at__lte=now - ORPHANED_AFTER)


def _transfers(now: datetime) -> int:
    expired = list(transfers_due(now).order_by("id")[:AT_ONCE])
    for upload in expired:
        Upload.objects.filter(id=upload.id).delete()
        Part(storage().part(f"{upload.id}.part")).remove()
    return _told("files.transfers", len(expired), now)


def _orphans(now: datetime) -> int:
    names = list(orphans_due(now).order_by("created_at").values_list("sha256", flat=True)[:AT_ONCE])
    return _told("files.orphans", sum(_remove(sha256) for sha256 in names), now)


def _told(rule: str, count: int, now: datetime) -> int:
    """What went stands in the log as a number."""
    if count:
        with transaction.atomic():
            forgotten(rule=rule, count=count, until=now, at=now)
    return count


def _remove(sha256: str) -> bool:
    """One content, its copy if nothing else needs that, its transfers and bytes; unless it was attached
    meanwhile.
    """
    place = storage()
    with place.publishing(), transaction.atomic():
        used = BlobUse.objects.filter(blob_id=OuterRef("sha256"))
        blob = Blob.objects.select_for_update().filter(~Exists(used), sha256=sha256).first()
        if blob is None:
            return False
        Upload.objects.filter(sha256=sha256, finished_at__isnull=False).delete()
        blob.delete()
        place.forget(sha256)
        if blob.served_as:
            _remove_copy(blob.served_as)
    return True


def _remove_copy(sha256: str) -> None:
    shared = Blob.objects.filter(served_as=sha256).exists()
    if not shared and Blob.objects.filter(sha256=sha256, uses=None).delete()[0]:
        storage().forget(sha256)


def _refused(now: datetime) -> int:
    """The bytes of refused contents; the row stays with its subject and says why."""
    old = Blob.objects.filter(state=Blob.State.REFUSED, created_at__lte=now - ORPHANED_AFTER)
    paths = [storage().blob(name) for name in old.values_list("sha256", flat=True)]
    return sum(_unlink(path) for path in paths)


def _leftovers(now: datetime) -> int:
    """Files a crash left between a rename and its row, and originals whose clean copy replaced them."""
    root = storage().root
    old = [path for path in root.glob("??*/*") if path.is_file() and _age(path, now) > LEFTOVER_AFTER]
    parts = {f"{id}.part" for id in Upload.objects.filter(finished_at=None).values_list("id", flat=True)}
    kept = set(Blob.objects.filter(served_as="").values_list("sha256", flat=True))
    needed = parts | {name.replace(".part", ".lease") for name in parts} | kept
    return sum(_unlink(path) for path in old if path.name not in needed)


def _age(path: Path, now: datetime) -> timedelta:
    return timedelta(seconds=now.timestamp() - path.stat().st_mtime)


def _unlink(path: Path) -> bool:
    try:
        path.unlink()
    except FileNotFoundError:
        return False
    return True
