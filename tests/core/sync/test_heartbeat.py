"""A phone's contacts are gathered and written together; a reply never waits for that."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mulian.core.sync import heartbeat
from mulian.core.sync.models import Heartbeat
from mulian.kernel.ids import uuid7
from tests.core.sync.phones import NOW, Phone

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")


def test_a_sync_writes_its_contact_only_with_the_others(phone: Phone) -> None:
    phone.sync()
    assert Heartbeat.objects.count() == 0
    assert (heartbeat.write(NOW), heartbeat.write(NOW)) == (1, 0)
    assert Heartbeat.objects.get().device == phone.device


def test_the_newest_contact_of_each_phone_stays() -> None:
    first, second, person = uuid7(), uuid7(), uuid7()
    for device, unsent, minutes in (
        (first, 3, 0),
        (second, 0, 0),
        (first, 0, 1),
        (second, 0, 2),
        (first, 0, 7),
    ):
        at = NOW + timedelta(minutes=minutes)
        heartbeat.beat(device=device, person=person, unsent=unsent, skew_seconds=minutes, now=at)
        heartbeat.write(at)
    rows = {row.device: (row.at, row.unsent, row.skew_seconds) for row in Heartbeat.objects.all()}
    assert rows == {first: (NOW + timedelta(minutes=7), 0, 7), second: (NOW, 0, 0)}
