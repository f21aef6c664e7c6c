"""Tasks and visits on the wire: small, answered by voice without network, rolled up at the county."""

from __future__ import annotations

import gzip
import json
from datetime import timedelta
from hashlib import sha256
from random import Random

import pytest

from mulian.core.events.models import Event
from mulian.core.files.models import BlobUse
from mulian.kernel.ids import uuid7
from mulian.modules.households.actions import move_household_to_grid
from mulian.modules.tasks import syncables
from mulian.modules.tasks.actions import visiting, withdrawing
from mulian.modules.tasks.actions.said import Voice
from mulian.modules.tasks.domain.asking import Asks
from mulian.modules.tasks.domain.following import Aim
from mulian.modules.tasks.models import Visit
from mulian.modules.tasks.queries import lists, visits
from tests.modules.tasks.conftest import DAY, Line
from tests.world import AT, COUNTY, GRID, VILLAGE2, to_camp

pytestmark = pytest.mark.django_db(databases="__all__")
HOUR = timedelta(hours=1)
VOICE = {"sha256": "ab" * 32, "seconds": 6.5, "mime": "audio/webm"}


def test_a_task_from_the_county_is_answered_by_voice_and_rolled_up(line: Line) -> None:
    phone, world = line.phone("liaison"), line.world
    phone.pull()
    task = line.issue(
        "county_duty", area=COUNTY, title="饲草还差多少", asks=Asks.NUMBER, urgent=True,
        voice=Voice(sha256="cd" * 32, seconds=9),
    )  # fmt: skip
    assert [(c.op, c.kind) for c in phone.pull()] == [("put", "task")]
    assert phone.task(task.id) == {
        "title": "饲草还差多少",
        "due": (AT + 10 * DAY).isoformat(timespec="seconds"),
        "asks": "number",
        "voice": {"sha256": "cd" * 32, "seconds": 9},
        "from": "རྫོང་གི་ཁྱིམ་འབྲེལ་བཀོད་འདོམས་ལྟེ་གནས",
        "urgent": True,
        "rev": 2,
    }
    body = {"task": str(task.id), "done": True, "value": 40, "voice": VOICE, "later": "unknown"}

    row = phone.send("tasks.answer", body, at=AT + 12 * DAY, written=AT + 9 * DAY)

    assert (row.state, row.refs) == ("applied", {"task": str(task.id)})
    part = line.part(task, "liaison")
    assert (part.number, part.voice, part.answered_at) == (40, VOICE["sha256"], AT + 9 * DAY), (
        "in time, though sent late"
    )
    assert BlobUse.objects.get(blob_id=VOICE["sha256"]).permission == "tasks.watch"
    assert [(c.op, c.kind) for c in phone.pull(AT + 12 * DAY)] == [("put", "task")]
    assert phone.task(task.id)["answer"] == {  # type: ignore[index]
        "at": (AT + 9 * DAY).isoformat(timespec="seconds"), "done": True, "number": 40.0
    }  # fmt: skip
    found = lists.lines([task], world.actor("county_duty"), AT + 12 * DAY)[0].standing
    assert (found.asked, found.answered, found.late, found.total) == (4, 1, 3, 40)
    assert phone.pull(AT + 12 * DAY) == []


def test_a_withdrawn_task_says_why_for_a_week_and_a_late_word_is_no_mistake(line: Line) -> None:
    phone = line.phone("liaison")
    task = line.issue()
    phone.pull()
    withdrawing.withdraw(task=task.id, reason="发错了", actor=line.world.actor("village_lead"), at=AT + HOUR)
    assert [(c.op, c.kind) for c in phone.pull(AT + HOUR)] == [("put", "task")]
    held = phone.task(task.id)
    assert held is not None
    assert held["withdrawn"] == {"at": (AT + HOUR).isoformat(timespec="seconds"), "reason": "发错了"}
    # Releases that know no `withdrawn` count a task with an answer, and no family left, as one that waits no more.
    assert (held["answer"], "households" in held) == ({"at": held["withdrawn"]["at"], "done": False}, False)
    liaison = line.world.actor("liaison")
    assert syncables.visible_tasks(liaison, AT + 7 * DAY) == [task.id]
    assert syncables.visible_tasks(liaison, AT + 8 * DAY) == []

    row = phone.send("tasks.answer", {"task": str(task.id)}, at=AT + 2 * HOUR)

    assert row.state == "applied"
    phone.pull(AT + 2 * HOUR)
    assert phone.task(task.id) is None


def test_an_answered_task_rests_a_week_on_the_phone(line: Line) -> None:
    phone = line.phone("liaison")
    task = line.issue()
    phone.send("tasks.answer", {"task": str(task.id)})
    world = line.world
    assert syncables.visible_tasks(world.actor("liaison"), AT + 6 * DAY) == [task.id]
    assert syncables.visible_tasks(world.actor("liaison"), AT + 8 * DAY) == []


def test_families_still_to_do_stand_in_the_task(line: Line) -> None:
    phone, families = line.phone("liaison"), line.world.households
    task = line.issue(aim=Aim.HOUSEHOLDS, households=[families["near"], families["near2"]])
    phone.send("tasks.answer", {"task": str(task.id), "household": str(families["near"])})
    phone.pull()
    assert phone.task(task.id)["households"] == [str(families["near2"])]  # type: ignore[index]
    assert "answer" not in phone.task(task.id)  # type: ignore[operator]
    phone.send("tasks.answer", {"task": str(task.id), "household": str(families["near2"])})
    phone.pull()
    assert "households" not in phone.task(task.id)  # type: ignore[operator]


def test_nobody_holds_what_another_has_to_do(line: Line) -> None:
    task = line.issue(area=GRID)
    for who in line.world.people:
        actor = line.world.actor(who)
        held = syncables.render_tasks([task.id], actor, AT)
        assert (task.id in held, task.id in syncables.visible_tasks(actor, AT)) == ((who == "liaison"),) * 2


def test_forty_tasks_are_six_kilobytes(line: Line) -> None:
    """Titles and words of 40 characters drawn from 2,000 signs, so that gzip finds little to repeat."""
    chance = Random(40)
    signs = [chr(0x4E00 + n) for n in range(2000)]

    def words(length: int) -> str:
        return "".join(chance.choice(signs) for _ in range(length))

    for _ in range(40):
        line.issue(
            title=words(12),
            text=words(28),
            asks=chance.choice(list(Asks)),
            due=AT + chance.random() * 30 * DAY + HOUR,
        )
    actor = line.world.actor("liaison")
    rendered = syncables.render_tasks(syncables.visible_tasks(actor, AT), actor, AT)
    changes = [
        {"op": "put", "kind": "task", "id": str(i), "rev": r, "data": d} for i, (r, d) in rendered.items()
    ]
    assert len(changes) == 40
    assert (
        len(gzip.compress(json.dumps(changes, ensure_ascii=False, separators=(",", ":")).encode()))
        <= 6 * 1024
    )


def test_a_visit_is_recorded_once_and_moves_the_next_one(line: Line) -> None:
    phone, near = line.phone("liaison"), str(line.world.households["near"])
    phone.pull()
    before = {row[0]: row[1:] for row in phone.visits()["due"]}
    assert before[near] == ["2026-12-07", "all"], "45 days after the family came, thirty days ago"
    body = {
        "household": near, "place": {"lat": 33.9, "lon": 100.1, "accuracy": 20}, "text": "送去政策卡",
        "voice": VOICE, "needs_case": True,
    }  # fmt: skip

    row = phone.send("visits.record", body, at=AT + 5 * DAY, written=AT + 3 * DAY)

    assert row.state == "applied", row.code
    visit = Visit.unscoped.because("test").get()
    assert (visit.id, visit.at, visit.lat, visit.needs_case) == (row.id, AT + 3 * DAY, 33.9, True)
    assert [(c.op, c.kind) for c in phone.pull(AT + 5 * DAY)] == [("put", "visit")]
    after = {row[0]: row[1:] for row in phone.visits()["due"]}
    assert after[near] == ["2027-01-09", "all"]
    event = Event.objects.get(name="visits.recorded")
    assert "送去" not in json.dumps(event.data, ensure_ascii=False)
    assert near not in json.dumps(event.data)


def test_a_visit_to_a_family_of_others_does_not_exist(line: Line) -> None:
    phone, families = line.phone("liaison"), line.world.households
    for name in ("next", "beyond", "dual"):
        row = phone.send("visits.record", {"household": str(families[name])})
        assert (row.state, row.code) == ("refused", "not_found")
    assert not Visit.unscoped.because("test").exists()


def test_what_was_visited_before_the_family_moved_on_counts(line: Line) -> None:
    phone, family = line.phone("liaison2"), line.world.households["next"]
    move_household_to_grid(
        household=family, grid=f"{VILLAGE2}G001", actor=line.world.actor("township_officer"), at=AT + DAY
    )
    row = phone.send("visits.record", {"household": str(family)}, at=AT + 2 * DAY, written=AT)
    assert row.state == "applied", row.code


def test_a_camp_brings_its_own_visit_to_whoever_serves_there(line: Line) -> None:
    """Gande's pack: a visit at the camp within 30 days; both chains' lists change with the move."""
    phone, family = line.phone("liaison2"), line.world.households["next"]
    phone.pull()
    to_camp(line.world, "next", "summer", AT)
    line.react()

    assert ("put", "visit") in [(c.op, c.kind) for c in phone.pull()]
    camp = [row for row in visits.due_for(line.world.actor("liaison3"), AT) if row.household == family]
    assert [row.due.at for row in camp if row.due] == [AT + 15 * DAY], (
        "the 45 days since it lives here end sooner"
    )
    later = visits.due_for(line.world.actor("liaison3"), AT)
    assert [str(row.due and row.due.duty) for row in later if row.household == family] == ["all"]


def test_who_was_not_visited_for_long(line: Line) -> None:
    world = line.world
    for name, days in (("near", 3), ("next", 40)):
        visiting.record_visit(
            id=uuid7(AT), household=world.households[name], actor=world.actor("village_lead"), at=AT,
            visited=AT - days * DAY if days < 30 else AT - 29 * DAY,
        )  # fmt: skip
    names = {id: name for name, id in world.households.items()}

    found = visits.fresh(world.actor("village_lead"), AT)

    assert [names[row.household] for row in found][-2:] == ["next", "near"]
    assert {names[row.household] for row in found[:-2]} == {"near2", "dual"}
    assert visits.fresh(world.actor("county_duty"), AT) == [], "the county leafs through nobody"
    assert [names[r.household] for r in visits.fresh(world.actor("liaison"), AT, area=GRID)] == [
        "near2",
        "near",
    ]


def test_the_visits_of_a_family_are_read_by_who_may_see_it(line: Line) -> None:
    world, near = line.world, line.world.households["near"]
    sound = sha256(b"x").hexdigest()
    visiting.record_visit(
        id=uuid7(AT),
        household=near,
        actor=world.actor("liaison"),
        at=AT,
        voice=Voice(sha256=sound, seconds=3),
    )
    assert [v.voice for v in visits.paid(near, world.actor("village_lead"), AT)] == [sound]
    assert visits.paid(near, world.actor("village_lead2"), AT) == []
    assert BlobUse.objects.get(blob_id=sound).permission == "households.view"
