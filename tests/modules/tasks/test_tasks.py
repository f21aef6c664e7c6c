"""A task goes down the line, is answered, reminded, rolled up, and withdrawn."""

from __future__ import annotations

import threading
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connections, transaction

from mulian.core.access import actions as access
from mulian.core.access.models import Posting
from mulian.core.events.models import Event
from mulian.core.notify.models import Notice
from mulian.kernel.actor import SYSTEM
from mulian.kernel.ids import uuid7
from mulian.kernel.problems import Problem
from mulian.modules.tasks.actions import answering, reminding, withdrawing
from mulian.modules.tasks.actions.said import Voice
from mulian.modules.tasks.domain.asking import Asks
from mulian.modules.tasks.domain.following import Aim
from mulian.modules.tasks.models import Task
from mulian.modules.tasks.queries import lists
from tests import world as cast
from tests.modules.tasks.conftest import DAY, Line
from tests.world import AT, COUNTY, FAR, GRID, GRID2, GRID3, TOWNSHIPS, VILLAGE, VILLAGE2

pytestmark = pytest.mark.django_db(databases="__all__")
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("by", "said", "got"),
    [
        ("village_lead", {}, {("liaison", GRID), ("liaison2", GRID2)}),
        (
            "township_officer",
            {"area": TOWNSHIPS[0]},
            {("liaison", GRID), ("liaison2", GRID2), ("liaison3", GRID3)},
        ),
        ("township_officer", {"area": GRID2}, {("liaison2", GRID2)}),
        ("county_duty", {"area": VILLAGE, "role": "grid_head"}, {("grid_head", VILLAGE)}),
        (
            "leader",
            {"area": TOWNSHIPS[0], "role": "village_lead"},
            {("village_lead", VILLAGE), ("village_deputy", VILLAGE), ("village_lead2", VILLAGE2)},
        ),
        ("village_lead", {"role": "village_lead"}, {("village_deputy", VILLAGE)}),
        ("transport", {"area": VILLAGE2}, {("liaison3", GRID3)}),
    ],
)
def test_a_task_reaches_exactly_who_is_meant(
    line: Line, by: str, said: dict[str, str], got: set[tuple[str, str]]
) -> None:
    task = line.issue(by, **said)

    assert set(line.parts(task)) == got
    events = Event.objects.filter(subject_kind="task", subject_id=task.id)
    assert [e.name for e in events] == ["tasks.issued"], "one event, however many people"
    assert events[0].data["people"] == len({name for name, _ in got})


@pytest.mark.parametrize(
    ("by", "said", "code"),
    [
        ("liaison", {}, "not_found"),
        ("auditor", {}, "not_found"),
        ("administrator", {}, "not_found"),
        ("village_lead", {"area": VILLAGE2}, "not_found"),
        ("village_lead", {"area": TOWNSHIPS[0]}, "not_found"),
        ("outsider", {}, "not_found"),
        ("outsider", {"area": FAR}, "tasks.nobody"),
        ("village_lead", {"title": "  "}, "tasks.title_needed"),
        ("village_lead", {"title": "长" * 121}, "tasks.title_needed"),
        ("village_lead", {"due": AT}, "tasks.due"),
        ("village_lead", {"due": AT + 367 * DAY}, "tasks.due"),
        ("village_lead", {"role": "leader"}, "tasks.role"),
        ("village_lead", {"text": "长" * 4001}, "tasks.too_long"),
        ("village_lead", {"area": f"{VILLAGE}G777"}, "areas.unknown"),
    ],
)
def test_who_may_not_issue_it_and_what_is_wrong(line: Line, by: str, said: dict[str, str], code: str) -> None:
    with pytest.raises(Problem) as refused:
        line.issue(by, **said)
    assert refused.value.code == code
    assert not Task.unscoped.because("test").exists()


def test_named_people_and_named_households(line: Line) -> None:
    world = line.world
    named = line.issue(aim=Aim.PEOPLE, people=[world.people["liaison2"]])
    assert set(line.parts(named)) == {("liaison2", GRID2)}
    families = line.issue(aim=Aim.HOUSEHOLDS, households=[world.households["near"], world.households["next"]])
    assert set(line.parts(families)) == {("liaison", "near"), ("liaison2", "next")}
    for strange in ("beyond", "dual"):
        with pytest.raises(Problem, match=r"tasks\.household"):
            line.issue(aim=Aim.HOUSEHOLDS, households=[world.households[strange]])


def test_the_same_form_twice_is_one_task(line: Line) -> None:
    id = uuid7(AT)
    assert line.issue(id=id).id == line.issue(id=id).id
    assert Task.unscoped.because("test").count() == 1
    with pytest.raises(Problem, match=r"tasks\.taken"):
        line.issue("village_deputy", id=id)


def test_it_is_seen_where_it_went_and_by_the_office_that_sent_it(line: Line) -> None:
    task = line.issue("transport", area=VILLAGE)
    seen = {name for name in line.world.people if lists.task(task.id, line.world.actor(name), AT) is not None}
    assert seen == {
        "liaison", "liaison2", "grid_head", "village_lead", "village_deputy", "township_officer", "county_duty",
        "county_duty2", "transport", "leader", "auditor",
    }  # fmt: skip


def _stands(line: Line, task: Task, who: str, at: object = AT) -> tuple[int, int, int, int]:
    actor = line.world.actor(who)
    found = lists.lines([task], actor, at)[0].standing  # type: ignore[arg-type]
    return found.asked, found.answered, found.open, found.late


def test_the_roll_up_ends_where_ones_duty_ends(line: Line) -> None:
    task = line.issue("county_duty", area=COUNTY, asks=Asks.NUMBER)
    answering.answer(task=task.id, actor=line.world.actor("liaison"), at=AT + HOUR, value=12)

    assert _stands(line, task, "county_duty") == (4, 1, 3, 0)
    assert _stands(line, task, "township_officer") == (3, 1, 2, 0)
    assert _stands(line, task, "village_lead") == (2, 1, 1, 0)
    assert _stands(line, task, "village_lead2") == (1, 0, 1, 0)
    assert _stands(line, task, "liaison2") == (1, 0, 1, 0), "a liaison sees their own part only"
    assert _stands(line, task, "county_duty", AT + 11 * DAY) == (4, 1, 0, 3)


def test_an_officer_writes_down_what_was_said_on_the_telephone(line: Line) -> None:
    task = line.issue("county_duty", area=COUNTY, asks=Asks.YES_NO)
    part = line.part(task, "liaison2")
    with pytest.raises(Problem, match="not_found"):
        answering.answer_for(assignment=part.id, actor=line.world.actor("village_lead2"), at=AT, value=True)
    with pytest.raises(Problem, match="not_found"):
        answering.answer_for(assignment=part.id, actor=line.world.actor("liaison"), at=AT, value=True)

    answering.answer_for(assignment=part.id, actor=line.world.actor("village_lead"), at=AT, value=True)

    part.refresh_from_db()
    assert (part.state, part.yes, part.answered_by) == ("answered", True, line.world.people["village_lead"])


def test_a_number_said_aloud_is_written_down_beside_the_voice(line: Line) -> None:
    task, lead = line.issue(asks=Asks.NUMBER), line.world.actor("village_lead")
    voice = Voice(sha256="ab" * 32, seconds=4)
    answering.answer(task=task.id, actor=line.world.actor("liaison"), at=AT, voice=voice)
    standing = lists.lines([task], lead, AT)[0].standing
    assert (standing.answered, standing.aloud, standing.numbers) == (1, 1, 0)

    answering.answer_for(assignment=line.part(task, "liaison").id, actor=lead, at=AT + HOUR, value=30)

    part = line.part(task, "liaison")
    assert (part.number, part.voice, part.answered_at) == (30, voice.sha256, AT)
    assert lists.lines([task], lead, AT)[0].standing.aloud == 0


def test_an_answer_can_be_corrected_and_makes_nobody_late(line: Line) -> None:
    task = line.issue(asks=Asks.NUMBER)
    for at, value in ((AT + HOUR, 3), (AT + 11 * DAY, 5)):
        answering.answer(task=task.id, actor=line.world.actor("liaison"), at=at, value=value)

    part = line.part(task, "liaison")
    assert (part.number, part.answered_at) == (5, AT + HOUR)
    told = Event.objects.filter(name="tasks.answered", subject_id=task.id).order_by("id")
    assert [(e.data["number"], e.data["again"], e.data["late"]) for e in told] == [
        (3, False, False),
        (5, True, False),
    ]


def test_strangers_and_wrong_answers_are_refused(line: Line) -> None:
    task = line.issue(area=GRID, asks=Asks.YES_NO)
    for who, said, code in (
        ("liaison", {"value": 3.0}, "tasks.yes_no_needed"),
        ("liaison", {"done": False}, "tasks.words_needed"),
        ("liaison2", {"value": True}, "not_found"),
        ("village_lead", {"value": True}, "not_found"),
        ("county_duty", {"value": True}, "not_found"),
        ("outsider", {"value": True}, "not_found"),
    ):
        with pytest.raises(Problem, match=code):
            answering.answer(task=task.id, actor=line.world.actor(who), at=AT, **said)  # type: ignore[arg-type]
    with pytest.raises(Problem, match="not_found"):
        answering.answer(task=UUID(int=5), actor=line.world.actor("liaison"), at=AT)


def _told(line: Line, kind: str) -> list[str]:
    names = {id: name for name, id in line.world.people.items()}
    return sorted(names[n.person] for n in Notice.objects.filter(kind=f"tasks.{kind}"))


def test_reminders_reach_the_liaison_and_one_level_up_each_once(line: Line) -> None:
    task = line.issue()
    answering.answer(task=task.id, actor=line.world.actor("liaison"), at=AT + HOUR)

    assert reminding.sweep(AT + 7 * DAY) == 0
    assert (reminding.sweep(AT + 8 * DAY), reminding.sweep(AT + 8 * DAY)) == (1, 0)
    assert _told(line, "near") == ["liaison2", "village_deputy", "village_lead"]
    assert reminding.sweep(AT + 9 * DAY) == 0
    assert (reminding.sweep(AT + 10 * DAY), reminding.sweep(AT + 30 * DAY)) == (1, 0)
    assert _told(line, "overdue") == ["liaison2", "village_deputy", "village_lead"]
    names = Event.objects.filter(subject_id=task.id).order_by("id").values_list("name", flat=True)
    assert list(names) == ["tasks.issued", "tasks.answered", "tasks.near", "tasks.overdue"]


def test_a_sweep_that_slept_reminds_once(line: Line) -> None:
    line.issue()
    assert reminding.sweep(AT + 20 * DAY) == 2
    assert (_told(line, "near"), len(_told(line, "overdue"))) == ([], 4)
    assert reminding.sweep(AT + 21 * DAY) == 0


def test_where_the_post_above_is_vacant_the_next_level_is_told(line: Line) -> None:
    for name in ("village_lead", "village_deputy"):
        posting = Posting.objects.get(person=line.world.people[name])
        access.close_posting(posting=posting.id, actor=SYSTEM, at=AT)
    line.issue("township_officer", area=VILLAGE)
    reminding.sweep(AT + 10 * DAY)
    assert _told(line, "overdue") == ["liaison", "liaison2", "township_officer"]


def test_a_withdrawn_task_keeps_what_was_answered(line: Line) -> None:
    task = line.issue()
    answering.answer(task=task.id, actor=line.world.actor("liaison"), at=AT + HOUR)
    with pytest.raises(Problem, match=r"tasks\.reason_needed"):
        withdrawing.withdraw(task=task.id, reason=" ", actor=line.world.actor("village_lead"), at=AT)

    withdrawing.withdraw(
        task=task.id, reason="发错了", actor=line.world.actor("village_lead"), at=AT + 2 * HOUR
    )

    assert line.parts(task) == {("liaison", GRID): "answered", ("liaison2", GRID2): "released"}
    assert _told(line, "withdrawn") == ["liaison2"]
    assert reminding.sweep(AT + 20 * DAY) == 0
    with pytest.raises(Problem, match=r"tasks\.withdrawn"):
        withdrawing.withdraw(task=task.id, reason="x", actor=line.world.actor("village_lead"), at=AT + DAY)


@pytest.mark.parametrize(
    ("who", "code"),
    [
        ("liaison", "not_found"),
        ("outsider", "not_found"),
        ("transport", "not_found"),
        ("village_lead", "forbidden"),
        ("auditor", "not_found"),
        ("township_officer", None),
        ("leader", None),
    ],
)
def test_who_may_withdraw(line: Line, who: str, code: str | None) -> None:
    task = line.issue("township_officer", area=TOWNSHIPS[0])
    if code is None:
        withdrawing.withdraw(task=task.id, reason="x", actor=line.world.actor(who), at=AT)
        return
    with pytest.raises(Problem, match=code):
        withdrawing.withdraw(task=task.id, reason="x", actor=line.world.actor(who), at=AT)


def test_lists_by_state(line: Line) -> None:
    line.issue(title="近", due=AT + DAY)
    done = line.issue(title="完", area=GRID)
    answering.answer(task=done.id, actor=line.world.actor("liaison"), at=AT)
    gone = line.issue(title="撤")
    withdrawing.withdraw(task=gone.id, reason="x", actor=line.world.actor("village_lead"), at=AT)
    line.issue("township_officer", title="远")
    lead = line.world.actor("village_lead")

    def titles(shown: str, at: object = AT, **more: bool) -> list[str]:
        return [t.title for t in lists.tasks(lead, at, shown=shown, **more)]  # type: ignore[arg-type]

    assert titles("running") == ["近", "远"]
    assert titles("late", AT + 2 * DAY) == ["近"]
    assert (titles("done"), titles("withdrawn")) == (["完"], ["撤"])
    assert set(titles("all")) == {"近", "完", "撤", "远"}
    assert titles("running", mine=True) == ["近"]


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_two_workers_at_once_remind_once() -> None:
    with transaction.atomic():
        line = Line(cast.build())
    tasks = [line.issue() for _ in range(6)]
    start, errors = threading.Barrier(3), []

    def work() -> None:
        try:
            start.wait()
            reminding.sweep(AT + 8 * DAY)
            reminding.sweep(AT + 11 * DAY)
        except Exception as error:
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    for task in tasks:
        told = Event.objects.filter(subject_id=task.id).order_by("id")
        for name in ("tasks.near", "tasks.overdue"):
            persons = [p for event in told if event.name == name for p in event.data["persons"]]
            assert sorted(persons) == sorted({str(line.world.people[n]) for n in ("liaison", "liaison2")})
    assert Notice.objects.filter(kind="tasks.overdue").count() == 6 * 4
