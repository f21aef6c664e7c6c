"""A signed-in browser for anyone of the cast, at a moment that stands still."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from mulian.core.access import actors, devices, version
from mulian.core.access.models import Person
from mulian.kernel import clock
from tests import world as cast
from tests.world import AT, World

SignIn = Callable[..., Client]
HTMX = {"HX-Request": "true", "HX-Target": "case"}


@pytest.fixture
def world(db: None) -> Iterator[World]:
    # What a process remembers about access belongs to the database of the test before.
    actors._cache.clear()
    devices._cache.clear()
    with clock.use(clock.FixedClock(AT)):
        yield cast.build(AT)


@pytest.fixture
def sign_in(world: World) -> SignIn:
    """`sign_in("village_lead", language="bo")`: a client signed in as that person."""

    def signed_in(username: str, language: str = "en") -> Client:
        Person.objects.filter(username=username).update(language=language)
        version.bump()
        client = Client(headers={"Accept": "text/html"})
        client.force_login(Person.objects.get(username=username))
        return client

    return signed_in
