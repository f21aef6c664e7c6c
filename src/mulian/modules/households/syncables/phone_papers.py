"""`households.paper`: a liaison photographed a paper. The picture itself never travels in a command."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta

from mulian.core.sync.envelope import Envelope
from mulian.modules.households.actions.phone_papers import photograph_paper


class PaperBody(msgspec.Struct):
    """Which paper, and whose: a member's where the paper is one's own."""

    household: UUID
    code: Annotated[str, Meta(max_length=24)]
    member: UUID | None = None


def apply_paper(body: PaperBody, *, envelope: Envelope, now: datetime) -> dict[str, str]:
    """Announces it under the command's id; the picture is taken by `PUT /field/papers/<id>`."""
    photograph_paper(
        id=envelope.id,
        household=body.household,
        code=body.code,
        member=body.member,
        actor=envelope.actor,
        at=now,
        written=min(envelope.at, envelope.received_at, now),
    )
    return {"household": str(body.household)}
