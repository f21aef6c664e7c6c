"""A county with a program's key, and a client that speaks GeoReport as programs do."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest
from django.test import Client

from mulian.gateways.open311.actions.keys import issue
from mulian.gateways.open311.models import Key
from mulian.kernel import clock
from mulian.kernel.actor import SYSTEM
from mulian.kernel.ids import uuid7
from mulian.modules.cases.actions import reporting, steps
from mulian.modules.cases.actions.quieting import sweep_answered
from mulian.modules.cases.models import Case
from tests.world import AT, VILLAGE, World

SECRET = "program-secret-1"
BASE = "/open311/v2/"
BRIDGE = {
    "service_code": "road.bridge",
    "lat": "33.912345",
    "long": "100.154321",
    "description": "桥面塌了一块 ཟམ་པ་སྐྱོན་ཤོར་བ",
}


@dataclass
class Program:
    """A program outside."""

    key: Key
    client: Client

    def get(self, path: str, accept: str = "*/*", **asked: str) -> Any:
        query = f"?{urlencode(asked)}" if asked else ""
        return self.client.get(f"{BASE}{path}{query}", headers={"Accept": accept})

    def json(self, path: str, **asked: str) -> Any:
        answer = self.get(f"{path}.json", **asked)
        assert answer.headers["Content-Type"] == "application/json; charset=utf-8"
        return json.loads(answer.content)

    def xml(self, path: str, **asked: str) -> ElementTree.Element:
        answer = self.get(f"{path}.xml", **asked)
        assert answer.headers["Content-Type"] == "text/xml; charset=utf-8"
        assert answer.content.startswith(b'<?xml version="1.0" encoding="UTF-8"?>')
        return ElementTree.fromstring(answer.content)

    def post(self, path: str = "requests.json", *, mark: str = "", **form: Any) -> Any:
        body = urlencode({"api_key": SECRET, **form}, doseq=True)
        headers = {"Idempotency-Key": mark} if mark else {}
        return self.client.post(
            f"{BASE}{path}", body, content_type="application/x-www-form-urlencoded", headers=headers
        )

    def report(self, **changed: Any) -> str:
        """The number of a new request about a bridge."""
        answer = self.post(**{**BRIDGE, **changed})
        assert answer.status_code == 200, answer.content
        return str(json.loads(answer.content)[0]["service_request_id"])


@pytest.fixture
def now() -> Iterator[clock.FixedClock]:
    """Requests happen at the cast's moment."""
    fixed = clock.FixedClock(AT)
    with clock.use(fixed):
        yield fixed


@pytest.fixture
def program(world: World, now: clock.FixedClock) -> Program:
    key = issue(owner="合成程序", actor=SYSTEM, at=AT, secret=SECRET).key
    return Program(key, Client(raise_request_exception=False))


def case_of(number: str) -> Case:
    return Case.unscoped.because("a test looks").get(number=number)


def at(moment: datetime) -> clock.FixedClock:
    return clock.FixedClock(moment)


def report(
    world: World, when: datetime = AT, topic: str = "road.damaged", by: str = "county_duty", **said: Any
) -> Case:
    said.setdefault("text", "路坏了")
    said.setdefault("area", VILLAGE)
    with clock.use(clock.FixedClock(when)):
        return reporting.report(id=uuid7(when), actor=world.actor(by, when), at=when, topic=topic, **said)


def close(world: World, case: Case, when: datetime) -> None:
    """To the end, by whoever is responsible, with the family silent."""
    with clock.use(clock.FixedClock(when)):
        for act, words in (
            (steps.take, ""),
            (steps.start, ""),
            (steps.solve, "修好了"),
            (steps.answer, "好了"),
        ):
            act(case=case.id, actor=SYSTEM, at=when, **({"text": words} if words else {}))
        sweep_answered(when + timedelta(days=8))


def numbers(found: list[dict[str, Any]]) -> list[str]:
    return [each["service_request_id"] for each in found]
