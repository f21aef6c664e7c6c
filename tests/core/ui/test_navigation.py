"""The navigation stands in groups, however many modules offer pages."""

from __future__ import annotations

from uuid import UUID

from mulian.core.registry import modules
from mulian.core.ui.navigation import GROUPS, entries
from mulian.kernel.actor import Actor, Posting, Role


def of(role: Role) -> Actor:
    return Actor(UUID(int=1), "合成", "zh-hans", (Posting(UUID(int=2), role, "632625", None, ()),))


def test_a_new_group_begins_where_the_work_becomes_another() -> None:
    orders = {item.title: item.order for module in modules() for item in module.navigation}

    for role in (Role.TOWNSHIP_OFFICER, Role.COUNTY_DUTY, Role.ADMINISTRATOR):
        found = entries(of(role))
        groups = [sum(edge <= orders[entry.title] for edge in GROUPS) for entry in found]
        assert [entry.begins for entry in found] == [
            before != group for before, group in zip([groups[0], *groups], groups, strict=False)
        ]
        assert not found[0].begins


def test_one_without_duties_has_no_navigation() -> None:
    assert entries(Actor(UUID(int=1), "合成", "zh-hans")) == []
