"""Another system, and a case worth handing to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from mulian.kernel.ids import uuid7
from mulian.modules.cases.actions import reporting
from mulian.modules.cases.actions.gathering import Spot
from mulian.modules.cases.models import Case
from tests.gateways.open311.other import Other, other_system
from tests.world import AT, World


@pytest.fixture
def other(settings: Any) -> Iterator[Other]:
    with other_system() as found:
        settings.MULIAN_OPEN311_SYSTEMS = {
            "state": {
                "name": "州平台",
                "url": found.url,
                "api_key": "k-1",
                "jurisdiction_id": "qh.example",
                "services": {"road": "R-9"},
                "inside": ["127.0.0.0/8"],
            }
        }
        yield found


@pytest.fixture
def case(world: World) -> Case:
    return reporting.report(
        id=uuid7(AT),
        actor=world.actor("county_duty"),
        at=AT,
        text="家门口的桥塌了，请找合成户主",
        topic="road.bridge",
        place=Spot(lat=33.9123456, lon=100.1543219),
        on_behalf_of="合成来电 000-1",
    )
