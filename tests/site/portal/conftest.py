"""Somebody without an account at the public page, at a moment that stands still; limits are full at first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from mulian.kernel import clock
from mulian.modules.cases.models import Case
from mulian.modules.cases.web.views.door import LIMITS
from tests.world import AT, World

BRIDGE = "村口的桥断了"


@pytest.fixture(autouse=True)
def full_limits() -> Iterator[None]:
    for limit in LIMITS:
        limit.clear()
    yield
    for limit in LIMITS:
        limit.clear()


@dataclass
class Visitor:
    """A browser without a login. `wait` is how long it looks at a form before it sends it."""

    language: str = "en"
    at: datetime = AT
    address: str = "203.0.113.7"
    client: Client = field(default_factory=lambda: Client(headers={"Accept": "text/html"}))

    def get(self, path: str, **more: Any) -> Any:
        with clock.use(clock.FixedClock(self.at)):
            return self.client.get(path, more, headers=self._headers(), REMOTE_ADDR=self.address)

    def post(self, path: str, data: dict[str, Any]) -> Any:
        with clock.use(clock.FixedClock(self.at)):
            return self.client.post(path, data, headers=self._headers(), REMOTE_ADDR=self.address)

    def blank(self, path: str = "/public/report/") -> dict[str, Any]:
        return {"slip": self.get(path).context["form"]["slip"].value()}

    def send(self, path: str = "/public/report/", *, wait: float = 20, **said: Any) -> Any:
        filled = {**self.blank(path), **said}
        self.at += timedelta(seconds=wait)
        return self.post(path, filled)

    def code(self) -> str:
        """The number shown after sending."""
        return str(self.get("/public/sent/").context["found"].code)

    def _headers(self) -> dict[str, str]:
        return {"Accept-Language": self.language}


@pytest.fixture
def visitor(world: World) -> Visitor:
    return Visitor()


def cases() -> list[Case]:
    return list(Case.unscoped.because("a test reads what happened").order_by("received_at", "id"))
