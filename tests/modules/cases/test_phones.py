"""A phone's report through the wire: taken in, applied, stamped, and its answer pulled."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import msgspec
import pytest

from mulian.core.access import actions as access
from mulian.core.access.models import Posting
from mulian.core.files.models import Blob
from mulian.kernel.actor import SYSTEM
from mulian.kernel.ids import uuid7
from mulian.modules.cases.actions import steps
from mulian.modules.cases.models import Case
from mulian.modules.cases.syncables import is_urgent
from tests import world as cast
from tests.modules.cases.conftest import BRIDGE, Line, later
from tests.world import AT, GRID, World
from tests.world.phone import Phone

pytestmark = pytest.mark.django_db(databases="__all__")


def test_from_press_to_answer(line: Line) -> None:
    phone = Phone(line.world, "liaison")
    phone.pull()
    near = str(line.world.households["near"])
    row = phone.send("cases.report", {"text": BRIDGE, "household": near, "later": {"unknown": 1}})
    assert (row.state, set(row.refs)) == ("applied", {"case", "number"})
    phone.pull()
    held = phone.case(row.id)
    assert held is not None
    assert (held["state"], held["household"], held["number"]) == ("reported", near, row.refs["number"])
    case = Case.unscoped.because("test").get(id=row.id)
    for act, said in (
        (steps.take, {}),
        (steps.solve, {"text": "好了"}),
        (steps.answer, {"text": "可以通行"}),
    ):
        line.act(act, case, "village_deputy", at=later(minutes=1), **said)
    changes = phone.pull(later(minutes=2))
    assert [(c.op, c.kind) for c in changes] == [("patch", "case")]
    held = phone.case(row.id)
    assert held is not None
    assert (held["state"], held["answer"]["text"]) == ("answered", "可以通行")
    assert [step["state"] for step in held["steps"]] == ["reported", "taken", "solved", "answered"]


def test_the_family_answers_from_the_phone(line: Line) -> None:
    phone = Phone(line.world, "liaison")
    row = phone.send("cases.report", {"text": BRIDGE})
    case = Case.unscoped.because("test").get(id=row.id)
    for act, said in ((steps.take, {}), (steps.solve, {"text": "好了"}), (steps.answer, {"text": "好了"})):
        line.act(act, case, "village_deputy", **said)
    phone.pull()
    assert (
        phone.send("cases.feedback", {"case": str(row.id), "solved": False, "text": "没好"}).state
        == "applied"
    )
    phone.pull()
    assert phone.case(row.id)["state"] == "taken"
    assert phone.case(row.id)["rating"] == {"solved": False, "stars": None}


def test_adding_to_a_case(line: Line) -> None:
    phone = Phone(line.world, "liaison")
    row = phone.send("cases.report", {"text": BRIDGE})
    photo = {"sha256": "cd" * 32}
    assert (
        phone.send("cases.add", {"case": str(row.id), "text": "水更大了", "photos": [photo]}).state
        == "applied"
    )
    assert phone.send("cases.add", {"case": str(uuid7()), "text": "x"}).code == "not_found"
    assert Case.unscoped.because("test").get(id=row.id).text == f"{BRIDGE}\n水更大了"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({}, "cases.nothing_said"),
        ({"text": "x" * 4001}, "cases.too_long"),
        ({"text": 7}, "sync.bad_body"),
        ({"text": "x", "photos": [{"sha256": f"{n:064x}"} for n in range(7)]}, "cases.too_many_photos"),
        ({"text": "x", "place": {"lat": 95, "lon": 0}}, "cases.bad_place"),
        ({"text": "x", "household": str(cast.household_id("beyond"))}, "cases.foreign_household"),
    ],
)
def test_refused_reports_are_kept_with_a_code(world: World, body: dict[str, Any], code: str) -> None:
    row = Phone(world, "liaison").send("cases.report", body)
    assert (row.state, row.code) == ("refused", code)
    assert bytes(row.raw)


def test_a_household_is_written_about_as_of_then(line: Line) -> None:
    """The liaison served it when the report was written, but no longer when it arrives."""
    phone = Phone(line.world, "liaison")
    posting = Posting.objects.get(person=line.world.people["liaison"])
    access.close_posting(posting=posting.id, actor=SYSTEM, at=later(days=1))
    access.open_posting(
        person=line.world.people["liaison"],
        role=posting.role,
        area=cast.GRID3,
        actor=SYSTEM,
        at=later(days=1),
    )
    body = {"text": BRIDGE, "household": str(line.world.households["near"])}
    row = phone.send("cases.report", body, at=later(days=2), written=later(hours=1))
    assert row.state == "applied"
    case = Case.unscoped.because("test").get(id=row.id)
    assert (case.area_id, case.received_at, case.occurred_at) == (GRID, later(days=2), later(hours=1))
    assert phone.send("cases.report", body, at=later(days=2)).code == "cases.foreign_household"


def test_a_clock_a_year_off_changes_no_promise(line: Line) -> None:
    body = {"text": BRIDGE, "household": str(line.world.households["near"])}
    for wrong in (timedelta(days=365), -timedelta(days=365)):
        row = Phone(line.world, "liaison").send("cases.report", body, written=AT + wrong)
        case = Case.unscoped.because("test").get(id=row.id)
        assert (case.occurred_at, case.skew_seconds) == (AT, round(wrong.total_seconds()))
        assert case.next_due == later(days=7)


def test_other_phones_learn_only_what_is_theirs(line: Line) -> None:
    phones = {name: Phone(line.world, name) for name in ("liaison", "liaison2", "liaison_town")}
    for phone in phones.values():
        phone.pull()
    dual = str(line.world.households["dual"])
    row = phones["liaison_town"].send("cases.report", {"text": "水管冻裂了没有水", "household": dual})
    assert {name: [c.op for c in phone.pull() if c.kind == "case"] for name, phone in phones.items()} == {
        "liaison": [], "liaison2": [], "liaison_town": ["put"],
    }  # fmt: skip
    complaint = line.report(by="liaison2", text="办事拖拉", about_person=line.world.people["liaison"])
    assert [c.op for c in phones["liaison"].pull() if c.kind == "case"] == []
    assert [c.op for c in phones["liaison2"].pull() if c.kind == "case"] == ["put"]
    assert phones["liaison2"].case(complaint.id) is not None
    assert phones["liaison2"].case(row.id) is None


def test_a_cold_phone_gets_open_and_lately_closed_cases(line: Line) -> None:
    row = Phone(line.world, "liaison").send("cases.report", {"text": BRIDGE})
    cold = Phone(line.world, "liaison")
    cold.pull()
    assert cold.case(row.id) is not None
    data = msgspec.json.encode(cold.case(row.id))
    assert len(data) < 500


@pytest.mark.parametrize(
    ("body", "urgent"),
    [
        (b'{"text":"x","urgent":true}', True),
        ('{"text":"帐篷着火了"}'.encode(), False),
        (b'{"hazard":"flood"}', True),
        (b'{"hazard":"snow"}', False),
        (b'{"text":"x"}', False),
        (b"{", False),
        (b'{"text":[1]}', False),
    ],
)
def test_urgent_commands_go_first(db: None, body: bytes, urgent: bool) -> None:
    assert is_urgent(body) is urgent


def test_a_case_names_what_a_phone_may_play_and_when_the_next_step_is_owed(line: Line) -> None:
    phone = Phone(line.world, "liaison")
    near = str(line.world.households["near"])
    voice, photo, more = "ab" * 32, "cd" * 32, "ef" * 32
    row = phone.send(
        "cases.report",
        {"voice": {"sha256": voice, "seconds": 3}, "photos": [{"sha256": photo}], "household": near},
    )
    Blob.objects.filter(sha256=voice).update(state="ready", seconds=3.21)
    phone.pull()
    held = phone.case(row.id)
    assert held is not None
    assert held["voices"] == [{"sha256": voice, "seconds": 3.2}]
    assert held["photos"] == [{"sha256": photo, "state": "part"}]
    assert held["due"] == later(days=7).isoformat(timespec="minutes")
    phone.send("cases.add", {"case": str(row.id), "voice": {"sha256": more}})
    changes = [c for c in phone.pull() if c.kind == "case"]
    assert [(c.op, set(c.data or {})) for c in changes] == [("patch", {"text", "voices", "photos"})]
    assert [each["sha256"] for each in phone.case(row.id)["voices"]] == [voice, more]
    case = Case.unscoped.because("test").get(id=row.id)
    line.act(steps.take, case, "village_deputy", at=later(minutes=1))
    assert set(phone.pull(later(minutes=1))[0].data or {}) == {"state", "steps", "due"}


def test_what_is_empty_does_not_travel(line: Line) -> None:
    row = Phone(line.world, "liaison").send("cases.report", {"text": BRIDGE})
    phone = Phone(line.world, "liaison")
    phone.pull()
    held = phone.case(row.id)
    assert held is not None
    assert not [name for name, value in held.items() if value in (None, "", [], {})]
