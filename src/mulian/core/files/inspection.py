"""Decides what a received content is: a child decodes it, then it may be read, or never."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from threading import BoundedSemaphore
from uuid import uuid4

from django.db import transaction

from mulian.core.events.log import append
from mulian.core.files import checking, sealed
from mulian.core.files.decoding.verdict import Verdict
from mulian.core.files.events import FileReady, FileRefused
from mulian.core.files.models import Blob, Upload
from mulian.core.files.place import storage
from mulian.core.files.storage import digest, full_disk_is_a_problem
from mulian.kernel.actor import SYSTEM
from mulian.kernel.event import Event
from mulian.kernel.problems import Problem

TRIES = 2
"""A child that dies may have died of the machine; the second death is the file's."""
AT_ONCE = 3
"""A sweep must not keep the deadlines of others waiting behind slow decoders."""
PATIENCE = 5.0
"""Seconds a request waits for a free child before it leaves the content to the worker."""
_children = BoundedSemaphore(2)


def check_soon(sha256: str, at: datetime) -> Blob:
    """Check now if a child is free, else leave it to `check_due`; returns the content as it is then."""
    if _children.acquire(timeout=PATIENCE):
        try:
            check(sha256, at)
        finally:
            _children.release()
    return Blob.objects.get(sha256=sha256)


def check_due(now: datetime) -> int:
    """The worker's sweep: whatever a request left unchecked (busy, killed in between)."""
    waiting = Blob.objects.filter(state=Blob.State.CHECKING).order_by("created_at", "sha256")
    names = list(waiting.values_list("sha256", flat=True)[:AT_ONCE])
    for sha256 in names:
        check(sha256, now)
    return len(names)


def check(sha256: str, at: datetime) -> None:
    """Decode one content that waits for it. Doing it twice, or at once in two places, ends the same."""
    if not Blob.objects.filter(sha256=sha256, state=Blob.State.CHECKING).exists():
        return
    place = storage()
    name = uuid4().hex
    copy, opened = place.part(f"{name}.copy"), place.part(f"{name}.opened")
    try:
        content = opened if sealed.open_to(opened, sha256) else place.blob(sha256)
        verdict = checking.check(content, copy)
        if verdict is None:
            _died(sha256, at)
        elif verdict.refused:
            _refuse(sha256, verdict.refused, at)
        else:
            _accept(sha256, verdict, copy if verdict.rewritten else content, at)
    except Problem as problem:
        if problem.code != "files.sealed":
            raise
        _refuse(sha256, problem.code, at)
    except FileNotFoundError:
        _lost(sha256)
    finally:
        copy.unlink(missing_ok=True)
        opened.unlink(missing_ok=True)


def _accept(sha256: str, verdict: Verdict, content: Path, at: datetime) -> None:
    """`content` is what shall be served: the bytes as sent, or a clean or opened copy that takes their place."""
    place = storage()
    with place.publishing():
        served_as = _publish_copy(content) if content != place.blob(sha256) else ""
        with transaction.atomic():
            facts = {
                "mime": verdict.mime,
                "seconds": verdict.seconds,
                "width": verdict.width,
                "height": verdict.height,
                "state": Blob.State.READY,
            }
            if served_as:
                clean = {**facts, "size": place.blob(served_as).stat().st_size, "source_sha256": sha256}
                Blob.objects.update_or_create(
                    sha256=served_as, defaults=clean, create_defaults={**clean, "created_at": at}
                )
            if _settle(sha256, **facts, served_as=served_as):
                _tell(sha256, at, verdict, served_as or sha256)
        if served_as:
            place.forget(sha256)


def _publish_copy(copy: Path) -> str:
    with full_disk_is_a_problem(), copy.open("rb") as file:
        os.fsync(file.fileno())
    sha256 = digest(copy)
    storage().publish(copy, sha256)
    return sha256


@transaction.atomic
def _refuse(sha256: str, code: str, at: datetime) -> None:
    """The bytes stay, unread, until the sweep: a voice nobody can decode today is still somebody's voice."""
    if _settle(sha256, state=Blob.State.REFUSED, code=code):
        for upload in _transfers(sha256):
            _append(FileRefused(subject_id=upload.id, sha256=sha256, code=code), at)


def _died(sha256: str, at: datetime) -> None:
    tries = Blob.objects.get(sha256=sha256).tries + 1
    Blob.objects.filter(sha256=sha256).update(tries=tries)
    if tries >= TRIES:
        _refuse(sha256, "files.unreadable", at)


@transaction.atomic
def _lost(sha256: str) -> None:
    """The rows are older than the disk (a restored backup): the phone is asked to send it again."""
    _settle(sha256, state=Blob.State.PART)
    Upload.objects.filter(sha256=sha256).delete()


def _settle(sha256: str, **facts: object) -> bool:
    """True for the one who moved the content out of `checking`."""
    return Blob.objects.filter(sha256=sha256, state=Blob.State.CHECKING).update(**facts) == 1


def _tell(sha256: str, at: datetime, verdict: Verdict, served_as: str) -> None:
    for upload in _transfers(sha256):
        ready = FileReady(
            subject_id=upload.id,
            sha256=sha256,
            mime=verdict.mime,
            seconds=verdict.seconds,
            served_as=served_as,
        )
        _append(ready, at)


def _transfers(sha256: str) -> list[Upload]:
    return list(Upload.objects.filter(sha256=sha256, finished_at__isnull=False).order_by("id"))


def _append(event: Event, at: datetime) -> None:
    append(event, actor=SYSTEM, at=at)
