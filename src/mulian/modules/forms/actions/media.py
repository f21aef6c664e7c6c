"""Files of a submission: those it came with, and those that arrive after it (other apps send them in parts)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from mulian.core.files.actions import attach
from mulian.kernel.actor import Actor
from mulian.modules.forms.actions.correcting import own
from mulian.modules.forms.actions.repeating import receipt
from mulian.modules.forms.actions.whose import KIND
from mulian.modules.forms.domain.answers.filling import Filling
from mulian.modules.forms.domain.definition import MEDIA, Definition
from mulian.modules.forms.domain.submission import Receipt
from mulian.modules.forms.models import Submission
from mulian.modules.forms.permissions import Permission


@transaction.atomic
def add_media(*, submission: UUID, files: Mapping[str, str], actor: Actor, at: datetime) -> Receipt:
    """Takes in files (name → SHA-256) that the answers name; others are left. Raises `not_found`."""
    row = own(submission, actor)
    fresh = {name: sha for name, sha in files.items() if name in row.missing}
    if fresh:
        row.files = {**row.files, **fresh}
        row.save(update_fields=["files"])
        keep_files(row, fresh, actor, at)
    return receipt(row, created=False)


def keep_files(row: Submission, files: Mapping[str, str], actor: Actor, at: datetime) -> None:
    """Whoever reads the submission reads its sounds and photos."""
    attach(
        sha256s=files.values(),
        subject_kind=KIND,
        subject_id=row.id,
        role="form",
        permission=Permission.READ,
        at=at,
        by=actor,
    )


def named_files(form: Definition, kept: Mapping[str, Any], local: str) -> list[str]:
    """The file names that answers name, once each."""
    spots = Filling(form, kept, local[:10], local).spots()
    named = [spot.raw for spot in spots if spot.node.type in MEDIA and spot.raw]
    return list(dict.fromkeys(named))
