"""A case handed to the other system, and what is known of it here."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from mulian.gateways.open311.actions.forwarding import forward
from mulian.gateways.open311.models import Forward
from mulian.modules.cases.models import Case
from mulian.modules.cases.queries.timeline import entries
from tests.world import AT, World

WORDS = "请贵单位处理：国道桥面塌陷"
TOOK = (200, b'[{"service_request_id": "Z-1", "service_notice": null}]')


def send(world: World, case: Case, **said: Any) -> Forward:
    said = {"system": "state", "text": WORDS, **said}
    return forward(case=case.id, actor=world.actor("county_duty"), at=AT, **said)


def row() -> Forward:
    return Forward.objects.get()


def history(case: Case) -> list[tuple[str, str]]:
    return [(e.title, e.text) for e in entries(case.id, "en") if "elsewhere" in e.event]


def at(**span: float) -> datetime:
    return AT + timedelta(**span)
