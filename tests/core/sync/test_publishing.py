"""What phones hold of the pack is told once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from mulian.core.events.models import Event
from mulian.kernel import clock
from mulian.kernel.event import Event as KernelEvent
from mulian.modules.cases.actions.publishing_services import publish_services
from mulian.modules.cases.events import ServicesChanged
from mulian.modules.households.actions.publishing import publish_catalogue
from mulian.modules.households.events import CatalogueChanged

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.mark.parametrize(
    ("publish", "event"), [(publish_services, ServicesChanged), (publish_catalogue, CatalogueChanged)]
)
def test_told_once(publish: Callable[[datetime], int], event: type[KernelEvent]) -> None:
    told = Event.objects.filter(name=event.name)
    assert [publish(clock.now()), publish(clock.now()), told.count()] == [1, 0, 1]
