"""Files of a submission that arrive after it (other apps send them in parts)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from mulian.kernel.actor import Actor
from mulian.modules.forms.actions.correcting import own
from mulian.modules.forms.actions.receiving import keep_files, receipt
from mulian.modules.forms.domain.submission import Receipt


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
