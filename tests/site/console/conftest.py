"""A signed-in browser for anyone of the cast, at a moment that stands still."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from mulian.core.access import version
from mulian.core.access.models import Person
from tests.world import World


@pytest.fixture
def browser(world: World) -> Callable[..., Client]:
    """`browser("village_lead", language="bo")`: a client signed in as that person."""

    def sign_in(username: str, language: str | None = None) -> Client:
        if language:
            Person.objects.filter(username=username).update(language=language)
            version.bump()
        client = Client(headers={"Accept": "text/html"})
        client.force_login(Person.objects.get(username=username))
        return client

    return sign_in
