"""The cast, cases as the tests of cases make them, and the log brought to the figures."""

from __future__ import annotations

from datetime import datetime

import pytest

from mulian.core.events import deliveries
from mulian.core.events.stamper import stamp
from tests.modules.cases.conftest import Line
from tests.world import World


@pytest.fixture
def line(world: World) -> Line:
    return Line(world)


def settle(now: datetime) -> None:
    """What the worker does: stamps what was written and runs every reaction."""
    while stamp(now):
        pass
    while deliveries.run_due(now):
        pass
