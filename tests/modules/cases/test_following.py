"""When a family moves to another liaison, what is still open goes with it, and the earlier one keeps seeing it."""

from __future__ import annotations

from datetime import datetime

import pytest

from mulian.core.events import deliveries, stamper
from mulian.core.events.models import Delivery
from mulian.kernel.actor import SYSTEM
from mulian.modules.cases.actions import steps
from mulian.modules.cases.models import Case
from mulian.modules.cases.queries.detail import visible_case
from mulian.modules.households import actions as households
from tests import world as cast
from tests.modules.cases.conftest import BRIDGE, Line, later
from tests.world.phone import Phone

pytestmark = pytest.mark.django_db(databases="__all__")


def move(line: Line, household: str, grid: str, at: datetime) -> None:
    """The family is handed over, and the worker reacts."""
    households.move_household_to_grid(
        household=line.world.households[household], grid=grid, actor=SYSTEM, at=at
    )
    stamper.stamp(at)
    while deliveries.run_due(at):
        pass


def test_an_open_case_is_on_both_phones_after_the_move(line: Line) -> None:
    old, new = Phone(line.world, "liaison"), Phone(line.world, "liaison2")
    row = old.send("cases.report", {"text": BRIDGE, "household": str(line.world.households["near"])})
    old.pull()
    new.pull()
    assert new.case(row.id) is None
    move(line, "near", cast.GRID2, later(hours=1))
    old.pull(later(hours=1))
    new.pull(later(hours=1))
    assert new.case(row.id) is not None
    assert old.case(row.id) is not None


def test_a_closed_case_and_a_complaint_stay_where_they_were(line: Line) -> None:
    old, new = Phone(line.world, "liaison"), Phone(line.world, "liaison2")
    closed = old.send("cases.report", {"text": BRIDGE, "household": str(line.world.households["near"])})
    Case.unscoped.because("test").filter(id=closed.id).update(state="closed")
    complaint = line.report(
        by="liaison",
        text="办事拖拉",
        household=line.world.households["near"],
        about_person=line.world.people["village_lead"],
    )
    move(line, "near", cast.GRID2, later(hours=1))
    new.pull(later(hours=1))
    assert new.case(closed.id) is None
    assert new.case(complaint.id) is None


def test_the_reaction_happens_once_and_shows_in_the_timeline(line: Line) -> None:
    row = Phone(line.world, "liaison").send(
        "cases.report", {"text": BRIDGE, "household": str(line.world.households["near"])}
    )
    move(line, "near", cast.GRID2, later(hours=1))
    case = Case.unscoped.because("test").get(id=row.id)
    stamper.stamp(later(hours=2))
    while deliveries.run_due(later(hours=2)):
        pass
    of_cases = Delivery.objects.filter(handler="cases.follow_household")
    assert list(of_cases.values_list("state", flat=True)) == ["done"]
    assert case.rev == 2
    line.act(steps.take, case, "village_deputy", at=later(hours=2))


def test_what_the_old_liaison_wrote_before_the_hand_over_reaches_both_after_it(line: Line) -> None:
    """Written in the valley on the first day, handed over on the second, a signal found on the third."""
    old, new = Phone(line.world, "liaison"), Phone(line.world, "liaison3")
    move(line, "near", cast.GRID3, later(days=1))
    for phone in (old, new):
        phone.pull(later(days=1))
    near = str(line.world.households["near"])
    assert [("household", near) in phone.held for phone in (old, new)] == [False, True]

    row = old.send(
        "cases.report",
        {"text": "老人病了要去县上", "household": near},
        at=later(days=2),
        written=later(hours=1),
    )

    assert (row.state, row.code) == ("applied", "")
    for phone in (old, new):
        phone.pull(later(days=2))
        assert phone.case(row.id) is not None
        assert phone.case(row.id)["household"] == near
    leads = [
        visible_case(row.id, line.world.actor(name), later(days=2))
        for name in ("village_lead", "village_lead2")
    ]
    assert all(leads), "both chains"


def test_a_complaint_written_before_a_hand_over_goes_to_no_new_chain(line: Line) -> None:
    new = Phone(line.world, "liaison3")
    move(line, "near", cast.GRID3, later(days=1))
    complaint = line.report(
        by="liaison", at=later(days=2), written_at=later(hours=1), text="办事拖拉",
        household=line.world.households["near"], about_person=line.world.people["village_lead"],
    )  # fmt: skip
    new.pull(later(days=2))
    assert new.case(complaint.id) is None
