"""Somebody else's client, georeport of PyPI, against our server over a real socket, in both formats."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.request import Request, urlopen

import pytest
from django.db import transaction
from georeport import GeoReport  # type: ignore[import-untyped]

from mulian.gateways.open311.actions.keys import issue
from mulian.kernel import clock
from mulian.kernel.actor import SYSTEM
from mulian.modules.cases.models import Case
from tests import world as cast
from tests.gateways.open311.conftest import BRIDGE, SECRET
from tests.world import AT

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def address(live_server: Any) -> Any:
    with clock.use(clock.FixedClock(AT)):
        with transaction.atomic():
            cast.build()
            issue(owner="合成程序", actor=SYSTEM, at=AT, secret=SECRET)
        yield f"{live_server.url}/open311/v2"


def _post(address: str) -> str:
    body = "&".join(f"{name}={value}" for name, value in {"api_key": SECRET, **BRIDGE}.items())
    with urlopen(Request(f"{address}/requests.json", body.encode(), method="POST")) as answer:
        return str(json.load(answer)[0]["service_request_id"])


@pytest.mark.parametrize("format", ["json", "xml"])
def test_georeport_reads_everything_we_offer(address: str, format: str) -> None:
    number = _post(address)
    client = GeoReport(address, jurisdiction="632623", output_format=format)

    services = client.get_service_list()
    definition = client.get_service_definition("road.bridge")
    listed: Any = client.get_service_requests(service_code="road.bridge", status="open")
    alone: Any = client.get_service_request(number)

    assert len(services) > 20
    assert {"service_code", "service_name", "metadata", "type"} <= set(services[0])
    assert definition["service_code"] == "road.bridge"
    found = [each[0] if isinstance(each, list) else each for each in (listed, alone)]
    assert [each["service_request_id"] for each in found] == [number, number]
    assert found[0]["status"] == "open"


def test_twelve_copies_at_once_are_one_case(address: str) -> None:
    with ThreadPoolExecutor(6) as pool:
        numbers = set(pool.map(lambda _: _post(address), range(12)))

    assert len(numbers) == 1
    assert Case.unscoped.because("a test counts").count() == 1
