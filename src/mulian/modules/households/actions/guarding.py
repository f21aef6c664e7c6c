"""Phones let go of what is sensitive of children and was told before their guardian had to agree."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mulian.kernel.actor import SYSTEM
from mulian.kernel.clock import CN
from mulian.modules.households.actions.announcing import announce_change
from mulian.modules.households.actions.authority import locked
from mulian.modules.households.events import ChildrenGuarded
from mulian.modules.households.queries.guarded import FOLLOWS, still_on_phones

BATCH = 20
"""Households a transaction: it holds up nobody's report."""


def evict_hidden(now: datetime) -> int:
    """Households whose phones were told now, each once for all: what is hidden later, its own change tells."""
    told = 0
    while part := list(still_on_phones(now.astimezone(CN).date())[:BATCH]):
        with transaction.atomic():
            for household in part:
                guarded = ChildrenGuarded(subject_id=household)
                announce_change(
                    locked(household, closed_too=True), FOLLOWS, actor=SYSTEM, at=now, event=guarded
                )
        told += len(part)
    return told
