"""Campaigns on phones: what runs where the phone's person serves, and what they found for it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from mulian.core.sync.envelope import Envelope
from mulian.kernel.actor import Actor
from mulian.modules.cases.actions.campaigns import find
from mulian.modules.cases.models import Campaign
from mulian.modules.cases.permissions import Permission


class FoundBody(msgspec.Struct):
    """`cases.found`: a case of the phone's person belongs into a campaign's bank."""

    case: UUID
    campaign: UUID


def apply_found(body: FoundBody, *, envelope: Envelope, now: datetime) -> dict[str, str]:
    """Puts the case into the bank; twice is once."""
    find(case=body.case, campaign=body.campaign, actor=envelope.actor, at=now)
    return {"case": str(body.case), "campaign": str(body.campaign)}


def visible_campaigns(actor: Actor, at: datetime) -> list[UUID]:
    """Those that run where the person looks."""
    rows = Campaign.objects.visible_to(actor, Permission.CARRY, at=at).filter(ended_at__isnull=True)
    roles = {role.value for role in actor.roles}
    return sorted(id for id, lookers in rows.values_list("id", "lookers") if roles & set(lookers))


def render_campaigns(
    ids: Iterable[UUID], actor: Actor, at: datetime
) -> dict[UUID, tuple[int, dict[str, Any]]]:  # fmt: skip
    """Name, place and days."""
    wanted = set(ids) & set(visible_campaigns(actor, at))
    rows = Campaign.unscoped.because("found in scope").filter(id__in=wanted).select_related("area")
    language = actor.language.partition("-")[0]
    return {
        row.id: (
            row.rev,
            {
                "name": row.name,
                "area": row.area.name(language),
                "starts": str(row.starts_on),
                "ends": str(row.ends_on),
            },
        )
        for row in rows
    }
