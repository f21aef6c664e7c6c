"""Near a home or not: the same as measuring every distance, and a yes or no is all that leaves."""

from __future__ import annotations

from random import Random

import pytest

from mulian.core.areas.models import Area
from mulian.kernel.geo import Point, metres
from mulian.kernel.ids import uuid7
from mulian.modules.households.models import Camp
from mulian.modules.households.public import near_a_home
from tests import world as cast
from tests.world import AT, GRID


@pytest.mark.django_db
def test_near_is_what_measuring_every_distance_says() -> None:
    world, chance = cast.build(), Random("homes")
    area = Area.objects.get(code=GRID)
    homes = [Point(33 + chance.random() * 0.2, 100 + chance.random() * 0.2) for _ in range(40)]
    Camp.unscoped.bulk_create(
        Camp(
            id=uuid7(AT), household_id=world.households["near"], area=area, season="summer", name_zh="合成",
            lat=home.lat, lon=home.lon,
        )
        for home in homes
    )  # fmt: skip
    points = {n: Point(33 + chance.random() * 0.2, 100 + chance.random() * 0.2) for n in range(300)}

    for within in (100.0, 1000.0, 5000.0):
        brute = {n for n, point in points.items() if any(metres(point, home) <= within for home in homes)}
        assert near_a_home(points, within) == brute
    assert near_a_home({}, 1000.0) == set()
