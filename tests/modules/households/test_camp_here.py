"""A camp that is new, told from where the family stands: one history in any order, and both liaisons know at once."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

import pytest
from django.db import connections

from mulian.core.events import stamper
from mulian.core.sync import answering, applying
from mulian.core.sync.intake import WRITER
from mulian.kernel import clock
from mulian.kernel.ids import uuid7
from mulian.modules.households import actions, public
from mulian.modules.households.models import Camp
from mulian.modules.households.queries import register
from tests.core.sync.phones import Phone as Wire
from tests.world import AT, GRID, GRID_TOWN, VILLAGE, World, build
from tests.world.phone import Phone

DAY = timedelta(days=1)


def camp(household: UUID, day: datetime, **more: Any) -> dict[str, Any]:
    """The body of a phone's command."""
    where = {"lat": 33.97, "lon": 99.89, "accuracy": 12.0, "season": "winter"}
    return {"household": str(household), "name": "", "from": day.date().isoformat()} | where | more


@pytest.mark.django_db(databases="__all__")
def test_the_new_camp_has_the_commands_id_and_the_family_is_there(world: World) -> None:
    near, phone = world.households["near"], Phone(world, "liaison")
    phone.pull()

    row = phone.send("households.camp", camp(near, AT, name="མཚོ་ཁ"))
    phone.pull()

    held = phone.held["household", str(near)]
    assert (row.state, row.refs) == ("applied", {"household": str(near), "camp": str(row.id)})
    assert held["camp"] == {"id": str(row.id), "zh": "མཚོ་ཁ", "bo": "མཚོ་ཁ"}
    assert [one for one in held["camps"] if one["id"] == str(row.id)] == [
        {
            "id": str(row.id), "area": {"code": GRID, "zh": "G001片区"}, "name": "མཚོ་ཁ", "season": "winter",
            "lat": 33.97, "lon": 99.89, "accuracy": 12, "from": "2026-11-22",
        }
    ]  # fmt: skip


@pytest.mark.django_db(databases="__all__")
@pytest.mark.parametrize("seed", range(6))
def test_late_and_out_of_order_commands_give_the_same_history(world: World, seed: int) -> None:
    """Six camps told over two months, some on one day, arrive shuffled on a second family's behalf."""
    chance = Random(seed)
    days = [AT - chance.choice((50, 40, 40, 20, 5, 0)) * DAY for _ in range(6)]
    said = [(uuid7(), day, day - n * timedelta(seconds=7)) for n, day in enumerate(days)]
    histories = []
    for name, order in (("near", sorted(said, key=lambda one: one[2])), ("near2", chance.sample(said, 6))):
        household = world.households[name]
        for id, day, written in order:
            actions.camp_here(
                id=id if name == "near" else uuid7(), household=household, name=str(id), since=day.date(),
                actor=world.actor("liaison"), at=AT + timedelta(minutes=1), written=min(written, AT),
            )  # fmt: skip
        stays = register.last_stays([household])[household]
        names = dict(Camp.unscoped.filter(household=household).values_list("id", "name_zh"))
        histories.append(sorted((names[id], stay.start, stay.end) for id, stay in stays.items()))

    assert histories[0] == histories[1]
    assert len(histories[0]) > 0


@pytest.mark.django_db(databases="__all__")
def test_a_camp_lies_where_its_teller_serves(world: World) -> None:
    """The far village's head tells of a camp of a family that lives in town: the camp is not in town."""
    dual = world.households["dual"]

    def told(who: str) -> str | None:
        actions.camp_here(id=uuid7(), household=dual, name="", actor=world.actor(who), at=AT)
        return public.where(dual, AT).camp_area

    assert told("liaison_town") == GRID_TOWN
    assert told("village_lead") == VILLAGE


@pytest.mark.django_db(databases="__all__")
def test_a_camp_in_the_future_or_of_a_stranger_is_refused(world: World) -> None:
    phone = Phone(world, "liaison")
    ahead = phone.send("households.camp", camp(world.households["near"], AT + 400 * DAY))
    strange = phone.send("households.camp", camp(world.households["beyond"], AT))

    assert (ahead.state, strange.state, strange.code) == ("applied", "refused", "not_found")
    assert public.where(world.households["near"], AT).camp is not None
    assert not Camp.unscoped.filter(id=strange.id).exists()


@pytest.mark.django_db(databases="__all__")
def test_the_facts_of_a_camp_stand_with_it(world: World) -> None:
    near, phone = world.households["near"], Phone(world, "liaison")
    row = phone.send("households.camp", camp(near, AT))
    phone.pull()
    items = [
        {"code": "camp.water", "value": True, "camp": str(row.id)},
        {"code": "camp.power", "value": False, "camp": str(row.id)},
    ]
    assert phone.send("households.update", {"household": str(near), "items": items}).state == "applied"
    phone.pull()

    held = phone.held["household", str(near)]
    there = {key: one for key, one in held["camps"][0].items() if isinstance(one, bool)}
    assert (there, held.get("items")) == ({"water": True, "power": False}, None)


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_the_change_is_in_the_very_reply_and_at_the_other_liaison_at_once(
    monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any
) -> None:
    """Over the wire: the phone that says so, and the liaison at whose place the family camps now."""
    settings.MULIAN_DATA = tmp_path
    monkeypatch.setattr(answering, "WAIT_SECONDS", 60.0)
    with clock.use(clock.FixedClock(AT)):
        world = build()
        mine, other = (
            Wire(world.people[who], world.token(who), world.devices[who])
            for who in ("liaison2", "liaison_town")
        )
        near = str(world.households["next"])
        while stamper.stamp(AT):
            pass
        with Applier():
            mine.sync()
            other.sync()
            camped = mine.sync(mine.command(kind="households.camp", body=camp(UUID(near), AT)))
            moved = mine.sync(
                mine.command(
                    kind="households.move", body={"household": near, "to": GRID_TOWN, "kind": "camp"}
                )
            )
            seen = other.sync()
        WRITER.stop()

    assert [[r["verdict"] for r in reply["receipts"]] for reply in (camped, moved)] == [
        ["applied"],
        ["applied"],
    ]
    told = [
        [(c["op"], c["id"]) for c in reply["changes"] if c["kind"] == "household"]
        for reply in (camped, moved, seen)
    ]
    assert told == [[("patch", near)], [("put", near)], [("put", near)]]


class Applier:
    """Applies and stamps as the worker does, while a request waits."""

    def __enter__(self) -> None:
        self.stop = threading.Event()
        self.thread = threading.Thread(target=self._run)
        self.thread.start()

    def __exit__(self, *_: object) -> None:
        self.stop.set()
        self.thread.join()

    def _run(self) -> None:
        while not self.stop.is_set():
            applying.apply_waiting(AT)
            stamper.stamp(AT)
            self.stop.wait(0.005)
        connections.close_all()
