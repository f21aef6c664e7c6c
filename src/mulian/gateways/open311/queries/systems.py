"""The other systems this installation may hand cases to (`MULIAN_OPEN311_SYSTEMS`), and what was handed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings

from mulian.core.access import scope
from mulian.gateways.open311.domain.elsewhere import System
from mulian.gateways.open311.models import Forward, Mapped
from mulian.gateways.open311.permissions import Permission
from mulian.kernel.actor import Actor
from mulian.modules.cases import public as cases
from mulian.modules.cases.public import Brief

SHOWN = 200


def systems() -> Mapping[str, System]:
    """code → system, with what a person mapped above what the settings say."""
    mapped: dict[str, dict[str, str]] = {}
    for code, topic, service in Mapped.objects.values_list("system", "topic", "service"):
        mapped.setdefault(code, {})[topic] = service
    return {
        code: System(
            code=code,
            name=str(row.get("name", code)),
            url=str(row["url"]),
            api_key=str(row.get("api_key", "")),
            jurisdiction=str(row.get("jurisdiction_id", "")),
            format="xml" if row.get("format") == "xml" else "json",
            services=_settled(row) | mapped.get(code, {}),
            inside=tuple(row.get("inside", ())),
            updates=bool(row.get("updates", False)),
        )
        for code, row in settings.MULIAN_OPEN311_SYSTEMS.items()
    }


def _settled(row: Mapping[str, Any]) -> dict[str, str]:
    found: Mapping[str, Any] = row.get("services", {})
    return {str(topic): str(service) for topic, service in found.items()}


def any_there() -> bool:
    """Whether cases can be handed anywhere."""
    return bool(settings.MULIAN_OPEN311_SYSTEMS)


def handed(actor: Actor, at: datetime) -> list[tuple[Forward, Brief]]:
    """The newest, with the case as the actor sees it; what they do not see is left out. Raises `forbidden`."""
    scope.require_any(actor, Permission.FORWARD)
    rows = list(Forward.objects.order_by("-created_at")[:SHOWN])
    seen = cases.brief([row.case for row in rows], actor, at)
    return [(row, seen[row.case]) for row in rows if row.case in seen]


def turned_away(case: UUID) -> Forward | None:
    """What another system refused of this case without giving it a number; the caller has checked the case's scope."""
    rows = Forward.objects.filter(case=case).order_by("-created_at")
    return next((row for row in rows if row.turned_away), None)
