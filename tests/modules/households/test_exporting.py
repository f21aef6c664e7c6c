"""Households leave as a table: own scope, readers' rules, a second person for many, an end, inert cells, on record."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from django.test import Client

from mulian.core.access.models import Person
from mulian.core.events.models import Event
from mulian.kernel.actor import SYSTEM
from mulian.kernel.ids import uuid7
from mulian.kernel.problems import Problem
from mulian.modules.households import actions
from mulian.modules.households.actions import Details, Fact, exporting
from mulian.modules.households.domain import exporting as rule
from mulian.modules.households.models import Export
from mulian.modules.households.web.export_making import make_due
from tests.world import AT, COUNTY, VILLAGE, VILLAGE2, World

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def asked(world: World, username: str = "village_lead", **more: Any) -> Export:
    given = {
        "area": VILLAGE,
        "purpose": "核对牲畜",
        "items": ["livestock.yak"],
        "people": False,
        "form": "xlsx",
        "days": 1,
    }
    return exporting.ask_export(**{"id": uuid7(), **given, **more}, actor=world.actor(username), at=AT)


def made(world: World, row: Export, username: str = "village_lead") -> Any:
    make_due(AT)
    _, content = exporting.take_export(export=row.id, actor=world.actor(username), at=AT + HOUR)
    return openpyxl.load_workbook(io.BytesIO(content)).active


def test_the_table_holds_own_households_says_who_and_why_and_every_step_is_on_record(world: World) -> None:
    near = world.households["near"]
    actions.update_household(
        household=near, details=Details(name="=1+1"), facts=[Fact(code="livestock.yak", value=40)], actor=SYSTEM, at=AT
    )  # fmt: skip
    row = asked(world)

    page = made(world, row)

    lines = [[cell.value for cell in line] for line in page.iter_rows()]
    assert "合成village_lead" in lines[0][0]
    assert "核对牲畜" in lines[1][0]
    assert len(lines) == 4 + row.households
    mine = next(line for line in lines if line[1] == "=1+1")
    assert mine[6] == 40
    assert {cell.data_type for line in page.iter_rows(min_row=5) for cell in line if cell.value} == {"s", "n"}
    log = Event.objects.filter(subject_id=row.id).order_by("recorded_at", "id")
    assert [event.name.removeprefix("households.export_") for event in log] == ["asked", "made", "taken"]
    assert str(near) in log[1].data["found"]


def test_with_members_there_is_one_line_for_each_and_nothing_sensitive_is_ever_offered(world: World) -> None:
    row = asked(world, people=True, items=["school.stage", "cover.health", "work.status"])

    page = made(world, row)

    assert page.max_row > 4 + row.households
    from mulian.modules.households.queries.catalogue import catalogue

    offered = {item.code for item in rule.exportable(catalogue())}
    assert not {code for code, item in catalogue().items.items() if item.sensitive} & offered


def test_g10_many_need_a_second_person_who_is_not_the_asker(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rule, "FEW", 1)
    row = asked(world, "township_officer")
    assert row.state == "asked"
    assert make_due(AT) == 0
    with pytest.raises(Problem) as own:
        exporting.decide_export(export=row.id, allow=True, actor=world.actor("township_officer"), at=AT)
    assert own.value.code == "forbidden"
    with pytest.raises(Problem) as stranger:
        exporting.decide_export(export=row.id, allow=True, actor=world.actor("village_lead"), at=AT)
    assert stranger.value.code == "not_found"

    client = Client(headers={"Accept": "text/html"})
    client.force_login(Person.objects.get(id=world.people["township_officer"]))
    assert 'hx-trigger="every 10s"' in client.get("/households/exports/").content.decode(), "the asker waits"
    exporting.decide_export(export=row.id, allow=True, actor=world.actor("leader"), at=AT)

    assert made(world, row, "township_officer").max_row == 4 + row.households
    with pytest.raises(Problem) as again:
        exporting.decide_export(export=row.id, allow=False, actor=world.actor("leader"), at=AT)
    assert again.value.code == "households.export_state"


def test_only_the_asker_takes_it_and_only_until_its_end(world: World) -> None:
    row = asked(world)
    make_due(AT)
    place = exporting.place_of(row.id)
    assert place.exists()
    assert "核对牲畜".encode() not in place.read_bytes()
    for username in ("township_officer", "leader", "village_deputy", "outsider"):
        with pytest.raises(Problem) as refused:
            exporting.take_export(export=row.id, actor=world.actor(username), at=AT)
        assert refused.value.code == "not_found"

    exporting.end_exports(AT + timedelta(days=1))

    row.refresh_from_db()
    assert (row.state, bytes(row.key), place.exists()) == ("gone", b"", False)
    with pytest.raises(Problem) as over:
        exporting.take_export(export=row.id, actor=world.actor("village_lead"), at=AT + timedelta(days=1))
    assert over.value.code == "households.export_gone"


@pytest.mark.parametrize(("username", "more", "code"), [
    ("village_lead", {"area": VILLAGE2}, "not_found"),
    ("county_duty", {"area": COUNTY}, "not_found"),
    ("leader", {"area": COUNTY}, "not_found"),
    ("village_lead", {"purpose": " "}, "households.export_purpose"),
    ("village_lead", {"days": 8}, "households.export_days"),
])  # fmt: skip
def test_what_may_not_be_asked(world: World, username: str, more: dict[str, Any], code: str) -> None:
    with pytest.raises(Problem) as refused:
        asked(world, username, **more)

    assert refused.value.code == code


def test_anothers_id_is_nobodys_and_ones_own_answers_what_it_made(world: World) -> None:
    row = asked(world)

    assert asked(world, id=row.id) == row
    with pytest.raises(Problem) as refused:
        asked(world, "village_lead2", area=VILLAGE2, id=row.id)
    assert refused.value.code == "not_found"


def test_who_lost_the_duty_meanwhile_gets_nothing(world: World) -> None:
    from mulian.core.access.models import Posting

    row = asked(world)
    Posting.objects.filter(person=world.people["village_lead"]).update(valid_to=AT)
    from mulian.core.access import actors

    actors._cache.clear()
    make_due(AT)

    row.refresh_from_db()
    assert row.state == "refused"
