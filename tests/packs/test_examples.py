"""The examples to copy from hold as they are: Beijing's four spans on top of a county's pack."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings

from mulian.core.packs import Pack, check, load
from mulian.core.packs.reading import merged
from mulian.modules.cases.domain.promises import Moment, make_promises
from mulian.modules.cases.pack import rules_of

AT = datetime(2026, 11, 22, 2, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(scope="module")
def pack() -> Pack:
    """Gande with the example's promises."""
    path = settings.MULIAN_PACKS / "examples" / "beijing" / "promises.toml"
    gande = load("gande")
    wanted: Mapping[str, Any] = tomllib.loads(path.read_text("utf-8"))
    promises = merged(gande.part("promises"), wanted)
    return replace(gande, tables={**gande.tables, "promises": promises})


def test_a_county_that_copies_it_has_a_pack_without_fault(pack: Pack) -> None:
    assert [str(fault) for fault in check(pack)] == []


@pytest.mark.parametrize(
    ("topic", "urgent", "span"),
    [
        ("road.bridge", True, 2 * HOUR),
        ("water.supply", True, 2 * HOUR),
        ("water.supply", False, 24 * HOUR),
        ("power.cut", False, 24 * HOUR),
        ("house.heating", False, 24 * HOUR),
        ("road.bridge", False, 7 * DAY),
        (None, False, 7 * DAY),
        ("dispute.neighbour", False, 7 * DAY),
        ("dispute.pasture", False, 15 * DAY),
        ("house.new", False, 15 * DAY),
    ],
)
def test_two_hours_a_day_a_week_a_fortnight(
    pack: Pack, topic: str | None, urgent: bool, span: timedelta
) -> None:
    rules = rules_of(pack)
    made = make_promises(
        Moment.RECEIVED, at=AT, policy=rules.policy, area="632623204200", topic=topic, urgent=urgent,
        topics=rules.topics,
    )  # fmt: skip
    assert [each.due - AT for each in made if each.kind == "solve"] == [span]
