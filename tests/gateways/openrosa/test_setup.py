"""The console's page that gives a phone its key and shows ODK Collect's set-up once."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from mulian.core.access.models import Device
from mulian.core.events.models import Event
from tests import world as cast
from tests.gateways.openrosa.conftest import HTTP
from tests.world import World

pytestmark = pytest.mark.django_db(databases="__all__")


def officer(username: str) -> Client:
    client = Client()
    assert client.login(username=username, password=cast.PASSWORD)
    return client


def test_a_village_gives_its_liaison_a_key_that_works(world: World) -> None:
    client, address = officer("village_lead"), f"/people/{world.people['liaison']}/collect/"
    assert address in client.get(f"/people/{world.people['liaison']}/").content.decode()
    before = Device.objects.count()
    assert client.get(address).status_code == 200
    assert Device.objects.count() == before
    page = client.post(address, {"label": "红手机"})
    assert page.headers["Cache-Control"] == "no-store"
    key = re.search(r">([0-9a-f]{40})<", page.content.decode())
    assert key
    assert "<svg" in page.content.decode()
    assert Client().get(f"/openrosa/key/{key[1]}/formList", headers=HTTP).status_code == 200
    device = Device.objects.get(label="红手机")
    assert device.person_id == world.people["liaison"]
    assert Event.objects.filter(name="access.openrosa_key_given", subject_id=device.person_id).count() == 1
    assert key[1] not in client.get(address).content.decode()


def test_nobody_gives_a_key_beyond_their_duty(world: World) -> None:
    assert officer("outsider").post(f"/people/{world.people['liaison']}/collect/").status_code == 404
    assert officer("liaison").get(f"/people/{world.people['liaison']}/collect/").status_code == 403
