"""The pack's part: what check refuses, what a service is in each language, and that the demo's key works."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from mulian.core import packs
from mulian.gateways.open311 import pack as part
from mulian.gateways.open311 import seed
from mulian.gateways.open311.queries.catalogue import services_of
from tests.gateways.open311.conftest import BRIDGE, Program
from tests.world import AT

PERSONAL = "follows a person or is between a family and the county: it needs public = false"
NAME = {"zh": "问", "bo": "དྲི", "en": "asks"}


def with_service(**row: Any) -> packs.Pack:
    gande = packs.load("gande")
    return replace(gande, tables={**gande.tables, "open311": {"service": [row]}})


@pytest.mark.parametrize("name", packs.names())
def test_every_shipped_pack_is_sound(name: str) -> None:
    pack = packs.load(name)

    assert part.check(pack) == []
    if pack.code:
        public = [each for each in services_of(pack, "zh-hans").values() if each.public]
        assert len(public) > 15


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"code": "no.such"}, "is no topic"),
        (
            {"code": "voice.complaint", "public": False},
            "complaints about a person are not taken in by programs",
        ),
        (
            {"code": "social.pension"},
            "follows a person or is between a family and the county: it needs public = false",
        ),
        (
            {"code": "power.solar"},
            "follows a person or is between a family and the county: it needs public = false",
        ),
        (
            {"code": "house.damage", "public": False, "fine": True},
            "cannot be shown finely when it is not public",
        ),
        (
            {"code": "road.ice", "attribute": [{"code": "a", "datatype": "singlevaluelist", "name": NAME}]},
            "attribute a: a list needs values, and only a list has them",
        ),
        (
            {
                "code": "road.ice",
                "attribute": [
                    {"code": "a", "datatype": "text", "name": NAME, "value": [{"code": "1", "name": NAME}]}
                ],
            },
            "attribute a: a list needs values, and only a list has them",
        ),
    ],
)
def test_what_a_pack_may_not_say(row: dict[str, Any], said: str) -> None:
    assert part.check(with_service(**row)) == [f"open311.toml: {row['code']}: {said}"]


def test_what_follows_a_person_is_never_public_whatever_the_row_says() -> None:
    (service,) = services_of(with_service(code="social.pension", public=True), "zh-hans").values()

    assert service.public is False


@pytest.mark.django_db
def test_the_demos_key_opens_the_door(program: Program) -> None:
    seed.seed(pack=packs.load("gande"), scale="township", at=AT)
    key = str(seed.demo_facts()["open311_api_key"])

    assert key == seed.demo_facts()["open311_api_key"]
    assert program.post(**{**BRIDGE, "api_key": key}).status_code == 200
