"""Tasks follow their places when liaisons are exchanged and families move."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mulian.core.access import actions as access
from mulian.core.access.models import Posting
from mulian.kernel.actor import SYSTEM, Role
from mulian.kernel.problems import Problem
from mulian.modules.households import actions as households
from mulian.modules.tasks.actions import answering
from mulian.modules.tasks.domain.asking import Asks
from mulian.modules.tasks.domain.following import Aim
from mulian.modules.tasks.models import Assignment
from mulian.modules.tasks.queries import lists
from tests.modules.tasks.conftest import DAY, Line
from tests.world import AT, GRID, GRID2, TOWNSHIPS, to_camp

pytestmark = pytest.mark.django_db(databases="__all__")
HOUR = timedelta(hours=1)


def leave(line: Line, who: str, at: object = AT) -> None:
    posting = Posting.objects.get(person=line.world.people[who], valid_to__isnull=True)
    access.close_posting(posting=posting.id, actor=SYSTEM, at=at)  # type: ignore[arg-type]


def hand_over(line: Line, area: str, to: str, at: object) -> None:
    lead = line.world.actor("village_lead")
    households.assign_liaison(area=area, person=line.world.people[to], actor=lead, at=at)  # type: ignore[arg-type]


def test_a_successor_has_the_task_with_a_day_at_least(line: Line) -> None:
    task = line.issue(due=AT + DAY)
    hand_over(line, GRID, "liaison2", AT + DAY)
    line.react(AT + DAY)

    assert line.parts(task) == {
        ("liaison", GRID): "released",
        ("liaison2", GRID2): "open",
        ("liaison2", GRID): "open",
    }
    came = Assignment.unscoped.because("test").get(task=task, area=GRID, state="open")
    assert (came.came_later, came.due_at) == (True, AT + 2 * DAY)


def test_who_leaves_loses_it_on_the_phone_and_who_comes_gets_it(line: Line) -> None:
    old, new = line.phone("liaison"), line.phone("liaison2")
    task = line.issue(area=GRID)
    old.pull(), new.pull()
    assert (old.task(task.id) is not None, new.task(task.id)) == (True, None)

    hand_over(line, GRID, "liaison2", AT + HOUR)
    line.react(AT + HOUR)
    old.pull(AT + HOUR), new.pull(AT + HOUR)

    assert (old.task(task.id), new.task(task.id) is not None) == (None, True)


def test_what_the_leaver_wrote_before_counts_and_nobody_is_asked_again(line: Line) -> None:
    phone = line.phone("liaison")
    task = line.issue(area=GRID, asks=Asks.NUMBER)
    hand_over(line, GRID, "liaison2", AT + 2 * HOUR)
    line.react(AT + 2 * HOUR)
    body = {"task": str(task.id), "done": True, "value": 7}

    late = phone.send("tasks.answer", body, at=AT + 4 * HOUR, written=AT + 3 * HOUR)
    assert (late.state, late.code) == ("refused", "not_found")
    row = phone.send("tasks.answer", body, at=AT + 4 * HOUR, written=AT + HOUR)

    assert row.state == "applied", row.code
    assert line.parts(task) == {("liaison", GRID): "answered", ("liaison2", GRID): "released"}


def test_a_new_liaison_of_the_area_joins_and_an_answered_place_asks_nobody_anew(line: Line) -> None:
    world = line.world
    task = line.issue("township_officer", area=TOWNSHIPS[0])
    answering.answer(task=task.id, actor=world.actor("liaison"), at=AT)
    for who, area in (("grid_head", GRID), ("village_deputy", GRID2)):
        access.open_posting(
            person=world.people[who], role=Role.LIAISON, area=area, unit=None, actor=SYSTEM, at=AT
        )
    line.react()

    parts = line.parts(task)
    assert ("grid_head", GRID) not in parts
    assert parts[("village_deputy", GRID2)] == "open"


def test_a_task_about_a_family_moves_with_it(line: Line) -> None:
    world = line.world
    family = world.households["next"]
    task = line.issue("township_officer", area=TOWNSHIPS[0], aim=Aim.HOUSEHOLDS, households=[family])
    assert line.parts(task) == {("liaison2", "next"): "open"}

    to_camp(world, "next", "summer", AT + HOUR)
    line.react(AT + HOUR)

    assert line.parts(task) == {("liaison2", "next"): "released", ("liaison3", "next"): "open"}


def test_one_word_is_enough_for_a_family_and_a_second_one_is_no_mistake(line: Line) -> None:
    world = line.world
    access.open_posting(
        person=world.people["grid_head"], role=Role.LIAISON, area=GRID, unit=None, actor=SYSTEM, at=AT - DAY
    )
    family = world.households["near"]
    task = line.issue(aim=Aim.HOUSEHOLDS, households=[family, world.households["near2"]])
    answering.answer(task=task.id, actor=world.actor("liaison"), at=AT, household=family)

    assert line.parts(task) == {
        ("liaison", "near"): "answered",
        ("grid_head", "near"): "released",
        ("liaison", "near2"): "open",
        ("grid_head", "near2"): "open",
    }
    answering.answer(task=task.id, actor=world.actor("grid_head"), at=AT, household=family)
    assert line.parts(task)[("grid_head", "near")] == "answered"
    with pytest.raises(Problem, match="not_found"):
        answering.answer(
            task=task.id, actor=world.actor("grid_head"), at=AT, household=world.households["next"]
        )


def test_a_place_nobody_serves_is_a_gap_that_shows(line: Line) -> None:
    task = line.issue()
    leave(line, "liaison2", AT + HOUR)
    line.react(AT + HOUR)

    found = lists.lines([task], line.world.actor("village_lead"), AT + HOUR)[0].standing
    assert (found.asked, found.open, found.vacant) == (1, 1, 1)
    assert line.parts(task)[("liaison2", GRID2)] == "released"


def test_an_old_task_finds_no_successors(line: Line) -> None:
    task = line.issue(due=AT + DAY, area=GRID)
    at = AT + 40 * DAY
    hand_over(line, GRID, "liaison2", at)
    line.react(at)
    assert line.parts(task) == {("liaison", GRID): "open"}
