"""Several workers at once, with real transactions: each SMS leaves once."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections

from mulian.core.notify.actions import run_due
from mulian.core.notify.models import NoticeSend
from tests.core.files.emptying import rows_of_migrations as rows_of_migrations
from tests.core.files.emptying import unguarded_log as unguarded_log
from tests.core.notify.test_notify import DAY, HOUR, person, say
from tests.core.providers.stub import Stub, gateway

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("rows_of_migrations")]


@pytest.fixture
def stub(settings: Any) -> Iterator[Stub]:
    with gateway() as running:
        settings.MULIAN_SMS_URL = running.url
        settings.MULIAN_SMS_ALLOWED = ["127.0.0.0/8"]
        yield running


def test_four_workers_send_each_message_once(stub: Stub) -> None:
    people = [person(f"+86139000001{n:02}") for n in range(20)]
    for one in people:
        say(one, urgent=True)
        say(one), say(one)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: _work(), range(8)))
    assert (len(stub.got), len(stub.delivered)) == (40, 40)
    assert set(NoticeSend.objects.values_list("state", flat=True)) == {"sent"}


def test_the_same_thing_told_from_many_sides_at_once_is_told_once(stub: Stub) -> None:
    one, key = person(), uuid4().hex
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: _say(one, key), range(8)))
    _work()
    assert len(stub.got) == 1


def _say(one: Any, key: str) -> None:
    try:
        say(one, urgent=True, key=key)
    finally:
        connections.close_all()


def _work() -> None:
    try:
        while run_due(DAY + HOUR, limit=3):
            pass
        run_due(DAY + HOUR + timedelta(seconds=1))
    finally:
        connections.close_all()
