"""What a family had erased is nowhere afterwards, and comes back from no backup: erasures are done again (G20)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction

from mulian.core.events import deliveries, erasures
from mulian.core.events.chain import verify
from mulian.core.events.models import Event
from mulian.core.events.stamper import stamp
from mulian.core.search.index import match
from mulian.kernel.actor import SYSTEM
from mulian.kernel.ids import uuid7
from mulian.modules.households import actions
from mulian.modules.households.actions import Agreed, Asked, Fact, Help
from mulian.modules.households.domain.care import Consent
from mulian.modules.households.domain.requests import Extent, Kind
from mulian.modules.households.models import Household, Item, Member, Need, Restriction
from mulian.modules.households.queries.requests import restricted
from mulian.modules.tasks.actions.visiting import record_visit
from tests.modules.households.importing.bringing import compared
from tests.world import AT, VILLAGE, World

pytestmark = pytest.mark.django_db(databases="__all__")
WHY = "a test looks"
CANARY = "金丝雀九九"


class Restored(Exception):
    """The database goes back to the moment of the backup."""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Path:
    """A data folder and a second place for the list."""
    settings.MULIAN_DATA, settings.MULIAN_ERASURES = (
        tmp_path / "data",
        str(tmp_path / "disk" / "second.jsonl"),
    )
    return tmp_path


def people(world: World) -> list[UUID]:
    rows = Member.unscoped.because(WHY).filter(household=world.households["near"]).order_by("position")
    return list(rows.values_list("id", flat=True))


def decide(world: World, kind: Kind, **more: Any) -> UUID:
    asked = Asked(kind=kind, by=people(world)[0], known_by="本人认识", words=CANARY, **more)
    lead, officer = world.actor("village_lead"), world.actor("township_officer")
    near = world.households["near"]
    row = actions.take_request(id=uuid7(AT), household=near, asked=asked, actor=lead, at=AT)
    actions.decide_request(request=row.id, allow=True, reason="核对过", actor=officer, at=AT)
    work()
    return row.id


def work() -> None:
    """The worker has done what there was to do."""
    while stamp(AT) or deliveries.run_due(AT):
        pass


def need(world: World) -> UUID:
    elder = people(world)[3]
    return actions.note_need(
        household=world.households["near"], code="elder_alone", member=elder,
        agreed=Agreed(by=elder, how=Consent.SPOKEN, on=AT.date()), plan=Help(what=CANARY, who=CANARY),
        actor=SYSTEM, at=AT,
    )  # fmt: skip


def close(world: World) -> None:
    lead, near = world.actor("village_lead"), world.households["near"]
    actions.close_household(household=near, reason="迁走", actor=lead, at=AT)


def lines(place: Path) -> list[str]:
    return [json.loads(text)["name"] for text in place.read_text().splitlines()]


def everything() -> Iterator[tuple[str, str]]:
    """Every row of every table, as text."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            yield from ((table, str(row)) for row in cursor.fetchall())


def test_g20_no_table_holds_a_word_of_a_family_that_had_everything_deleted(world: World) -> None:
    near, lead = world.households["near"], world.actor("village_lead")
    facts = [Fact(code="livestock.yak", value=77)]
    details = actions.Details(name=CANARY, phone="00077007700")
    actions.update_household(household=near, details=details, facts=facts, actor=SYSTEM, at=AT)
    need(world)
    record_visit(id=uuid7(AT), household=near, actor=world.actor("liaison"), at=AT, text=CANARY)
    actions.find_households(
        actor=world.actor("county_duty"), at=AT, reason="来电", name=CANARY, village=VILLAGE
    )
    compared([["", CANARY, "恰曲纳合村", "", "", "", "00077007700", ""]], lead)
    work()
    found = {table for table, row in everything() if CANARY in row or "00077007700" in row}
    assert found >= {"households_household", "households_helpplan", "households_importline", "tasks_visit"}

    close(world)
    decide(world, Kind.DELETE, target=Extent.WHOLE)

    left = {table for table, row in everything() if CANARY in row or "00077007700" in row}
    assert left == set()
    assert not match("household", CANARY).filter(subject_id=near).exists()
    assert verify() is None


def test_g20_what_was_erased_after_the_backup_is_erased_again_after_the_restore(
    world: World, folder: Path
) -> None:
    near, name = world.households["near"], Household.unscoped.get(id=world.households["near"]).name
    actions.update_household(
        household=near, facts=[Fact(code="livestock.yak", value=77)], actor=SYSTEM, at=AT
    )
    with pytest.raises(Restored), transaction.atomic():
        close(world)
        decide(world, Kind.DELETE, target=Extent.WHOLE)
        raise Restored
    assert Household.unscoped.get(id=near).name == name

    assert erasures.replay(erasures.read(erasures.places()), AT) == 1

    home = Household.unscoped.get(id=near)
    assert (home.name, home.phone, home.closed_at is None) == ("", "", False)
    assert (Item.unscoped.filter(household=near).count(), people(world)) == (0, [])
    assert (folder / "disk" / "second.jsonl").read_text() == (folder / "data" / erasures.NAME).read_text()
    assert name not in (folder / "data" / erasures.NAME).read_text()
    work()
    assert verify() is None


def test_needs_withdrawn_and_restrictions_come_back_as_the_family_left_them(
    world: World, folder: Path
) -> None:
    near, kept = world.households["near"], need(world)
    with pytest.raises(Restored), transaction.atomic():
        decide(world, Kind.WITHDRAW)
        decide(world, Kind.RESTRICT)
        raise Restored
    assert (Need.unscoped.filter(id=kept).exists(), Restriction.unscoped.exists()) == (True, False)

    assert erasures.replay(erasures.read(erasures.places()), AT) == 2
    assert (Need.unscoped.filter(id=kept).exists(), restricted([near], AT).count()) == (False, 1)
    assert lines(folder / "data" / erasures.NAME)[:2] == [
        "households.consent_withdrawn",
        "households.restricted",
    ]
    assert erasures.replay(erasures.read(erasures.places()), AT) == 0


def test_what_was_lifted_after_the_backup_is_lifted_again(world: World) -> None:
    near, request = world.households["near"], decide(world, Kind.RESTRICT)
    with pytest.raises(Restored), transaction.atomic():
        actions.lift_restriction(request=request, actor=world.actor("village_lead"), at=AT)
        work()
        raise Restored

    assert erasures.replay(erasures.read(erasures.places()), AT) == 1
    assert restricted([near], AT).count() == 0


def test_what_the_backup_knows_already_and_whom_it_never_knew_is_passed_over(
    world: World, folder: Path
) -> None:
    decide(world, Kind.DELETE, target=Extent.HELP)
    place = folder / "data" / erasures.NAME
    [known] = erasures.read([place])
    data = {**known.data, "extent": "whole"}
    erasures.write(
        place,
        [erasures.Erasure(id=str(uuid7(AT)), name=known.name, subject=str(uuid7(AT)), at="9", data=data)],
    )

    assert erasures.replay(erasures.read([place]), AT) == 0
    assert Household.unscoped.get(id=world.households["near"]).name


def test_a_line_cut_off_by_a_crash_spoils_no_other(world: World, folder: Path) -> None:
    place = folder / "data" / erasures.NAME
    one, two = (
        erasures.Erasure(id=id, name="households.record_erased", subject=id, at=id, data={}) for id in "12"
    )
    erasures.write(place, [one])
    with place.open("a") as file:
        file.write('{"id": "half')
    erasures.write(place, [two])

    assert erasures.read([place, folder / "nowhere"]) == [one, two]


def test_a_delivery_made_twice_writes_one_line(world: World, folder: Path) -> None:
    decide(world, Kind.DELETE, target=Extent.HELP)
    event = Event.objects.get(name="households.record_erased")
    erasures.note(event, now=AT)
    assert lines(folder / "data" / erasures.NAME) == ["households.record_erased"]
