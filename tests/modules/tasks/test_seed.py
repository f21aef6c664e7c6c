"""The demo's tasks and visits: invented, the same every time, and alive."""

from __future__ import annotations

import pytest

from mulian.core.packs import load
from mulian.modules.tasks import seed
from mulian.modules.tasks.models import Assignment, Task, Visit
from mulian.modules.tasks.queries import lists
from tests.world import AT, build

pytestmark = pytest.mark.django_db(databases="__all__")


def test_the_demo_has_tasks_in_every_state_and_visits_paid() -> None:
    world = build(AT)
    assert seed.seed(pack=load("gande"), scale="township", at=AT) >= len(seed.STORIES)

    titles = {
        shown: {task.asks for task in lists.tasks(world.actor("township_officer"), AT, shown=shown)}
        for shown in ("running", "late", "done")
    }
    assert titles["done"] == {"yes_no"}
    assert {"number"} == titles["late"] <= titles["running"]
    late = Assignment.unscoped.because("test").filter(answered_at__gt=AT)
    assert not late.exists(), "nothing happens after the demo's moment"
    assert not Visit.unscoped.because("test").filter(at__gt=AT).exists()
    assert Task.unscoped.because("test").filter(urgent=True).count() == 1
