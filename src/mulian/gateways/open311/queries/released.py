"""What was let out, for those who may let out."""

from __future__ import annotations

from datetime import datetime

from mulian.core.access import scope
from mulian.gateways.open311.models import Release
from mulian.gateways.open311.permissions import Permission
from mulian.kernel.actor import Actor
from mulian.modules.cases import public as cases
from mulian.modules.cases.public import Brief

SHOWN = 200


def released(actor: Actor, at: datetime) -> list[tuple[Release, Brief]]:
    """The newest that say something, with the case as the actor sees it. Raises `forbidden`."""
    scope.require_any(actor, Permission.RELEASE)
    rows = list(Release.objects.exclude(text="", sha256="").order_by("-at")[:SHOWN])
    seen = cases.brief([row.case for row in rows], actor, at)
    return [(row, seen[row.case]) for row in rows if row.case in seen]
