"""What the duty board asks every second is answered from small indexes, however large the county's history."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.db import connections
from django.test.utils import CaptureQueriesContext

from mulian.kernel.ids import uuid7
from mulian.modules.cases.actions import steps
from mulian.modules.cases.queries import duty
from tests.modules.cases.conftest import Line
from tests.world import AT

pytestmark = pytest.mark.django_db(databases="__all__")


def plans(line: Line, alias: str, at: datetime) -> list[str]:
    """How SQLite goes about each statement behind the board's number."""
    actor = line.world.actor("county_duty")
    with CaptureQueriesContext(connections[alias]) as asked:
        duty.board_number(actor, at)
    with connections[alias].cursor() as cursor:
        found = []
        for query in asked.captured_queries:
            cursor.execute(f"EXPLAIN QUERY PLAN {query['sql']}")
            found.append("; ".join(row[3] for row in cursor.fetchall()))
    return found


@pytest.mark.sqlite_only("its partial indexes serve only what the statement's text says")
def test_alarms_overdue_and_commands_are_read_from_their_indexes(line: Line) -> None:
    main = plans(line, "default", AT)
    assert [plan for plan in main if "USING INDEX case_alarm" in plan or "COVERING INDEX case_alarm" in plan]
    assert [plan for plan in main if "case_due" in plan]
    assert [plan for plan in main if "SCAN cases_case" in plan and "USING" not in plan] == []
    intake = plans(line, settings.INTAKE, AT)
    named = [
        name for name in ("command_waiting", "command_parked", "command_refused") for p in intake if name in p
    ]
    assert named == ["command_waiting", "command_parked", "command_refused"]


def test_the_alarm_counts_urgent_cases_until_somebody_takes_them(line: Line) -> None:
    actor = line.world.actor("county_duty")
    urgent = line.report(urgent=True, id=uuid7(AT))
    line.report(id=uuid7(AT))
    assert duty.alarms(actor, AT) == 1
    assert [case.id for case in duty.board(actor, AT).alarms] == [urgent.id]
    before = duty.board_number(actor, AT)
    line.act(steps.take, urgent, "county_duty", at=AT + timedelta(minutes=1))
    assert duty.alarms(actor, AT) == 0
    assert duty.board_number(actor, AT) != before
