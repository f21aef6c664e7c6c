"""Refused commands keep their bytes; an officer marks those that were looked at."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from mulian.core.events.log import append
from mulian.core.sync.events import RefusalSeen
from mulian.core.sync.models import Command
from mulian.kernel.actor import Actor
from mulian.kernel.problems import Problem


def mark_seen(*, command: UUID, actor: Actor, at: datetime) -> None:
    """Once; who did it stands in the log. The caller has checked that the actor may see whose it is.

    The command stands in another file on SQLite: it is marked first, so that a crash between the two leaves a
    mark without its event rather than an event for something still on the board.
    """
    with transaction.atomic(using=settings.INTAKE):
        rows = Command.objects.filter(id=command, state=Command.State.REFUSED)
        code = rows.values_list("code", flat=True).first()
        if code is None:
            raise Problem("not_found")
        marked = rows.filter(seen_at__isnull=True).update(seen_at=at, seen_by=actor.person)
    if marked:
        with transaction.atomic():
            append(RefusalSeen(subject_id=command, code=code), actor=actor, at=at)
