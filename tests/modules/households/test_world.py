"""The cast itself: everybody is there, and the outsider sees nothing of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction

from mulian.kernel.actor import Role
from mulian.modules.households import queries
from tests.world import AT, CAST, build, copies

pytestmark = pytest.mark.django_db


def test_cast_holds_every_role() -> None:
    assert {each.role for each in CAST} == set(Role)


def test_cast_sees_what_its_duties_reach() -> None:
    world = build()
    names = {id: name for name, id in world.households.items()}

    seen = {
        each.username: {names[row.id] for row in queries.visible(world.actor(each.username), AT)}
        for each in CAST
    }

    everything = set(world.households)
    assert seen == {
        "liaison": {"near", "near2"},
        "liaison2": {"next"},
        "liaison3": {"beyond"},
        "liaison_town": {"dual"},
        "grid_head": {"near", "near2", "next", "dual"},
        "village_lead": {"near", "near2", "next", "dual"},
        "village_deputy": {"near", "near2", "next", "dual"},
        "village_lead2": {"beyond"},
        "town_lead": {"dual"},
        "township_officer": everything,
        "county_duty": everything,
        "county_duty2": everything,
        "transport": set(),
        "leader": everything,
        "auditor": set(),
        "administrator": set(),
        "outsider": set(),
    }


def test_the_cast_is_copied_row_by_row() -> None:
    """Whoever comes second gets copies; nothing may tell them from what the actions wrote."""
    at = AT + timedelta(days=1)
    with transaction.atomic():
        written, rows = build(at), copies.contents()
        transaction.set_rollback(True)
    empty = copies.contents()

    copied = build(at)

    assert empty != rows
    assert copies.contents() == rows
    assert (copied, copied.people is written.people) == (written, False)
