"""The cast, and short ways to make and read cases."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest

from mulian.kernel.ids import uuid7
from mulian.modules.cases.actions import reporting
from mulian.modules.cases.models import Case, Receiver
from tests.world import AT, World

BRIDGE = "村口的桥断了"


@dataclass(frozen=True)
class Line:
    """Makes cases as the cast does."""

    world: World

    def report(self, by: str = "liaison", at: datetime = AT, **said: Any) -> Case:
        if not {"text", "voice", "hazard", "photos"} & set(said):
            said["text"] = BRIDGE
        if isinstance(said.get("household"), str):
            said["household"] = self.world.households[said["household"]]
        said.setdefault("id", uuid7(at))
        return reporting.report(actor=self.world.actor(by), at=at, **said)

    def receivers(self, case: Case) -> set[tuple[str, str, str, str]]:
        """Exactly who has it now: (unit or area, user name, standing, reason)."""
        rows = Receiver.objects.filter(case=case, until__isnull=True).select_related("unit", "person")
        return {
            (
                r.unit.code if r.unit else r.area_id,
                r.person.username if r.person else "",
                r.standing,
                r.reason,
            )
            for r in rows
        }

    def act(self, action: Callable[..., Any], case: Case, by: str, at: datetime = AT, **said: Any) -> Any:
        return action(case=case.id, actor=self.world.actor(by), at=at, **said)


@pytest.fixture
def line(world: World) -> Line:
    return Line(world)


def later(**span: float) -> datetime:
    return AT + timedelta(**span)
