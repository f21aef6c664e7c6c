"""What phones hold of households, and what they send about them."""

from __future__ import annotations

import gzip
import json
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mulian.core.events.models import Event, FeedKey
from mulian.core.events.stamper import stamp
from mulian.core.files import queries as files
from mulian.core.files.models import BlobUse
from mulian.core.sync import pulling
from mulian.core.sync.cursor import Cursor
from mulian.core.sync.envelope import Envelope
from mulian.core.sync.wire import Change
from mulian.kernel.actor import SYSTEM
from mulian.kernel.ids import uuid7
from mulian.kernel.problems import Problem
from mulian.modules.households import actions, public, syncables
from mulian.modules.households.domain.camps import MoveKind
from mulian.modules.households.models import Household, Member
from mulian.modules.households.syncables import MemberBody, MoveBody, UpdateBody
from tests.world import AT, GRID, GRID2, GRID3, VILLAGE, VILLAGE2, World, add_household, to_camp

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def stamped() -> None:
    while stamp(AT):
        pass


def pull(
    world: World, username: str, cursor: Cursor | None, at: datetime = AT
) -> tuple[list[Change], Cursor]:
    """The household changes for a phone since its cursor, and the next cursor."""
    stamped()
    page = pulling.pull(world.actor(username, at), cursor, at=at, limit=500)
    assert not page.more
    return [change for change in page.changes if change.kind == "household"], page.cursor


def told(changes: list[Change], world: World) -> list[tuple[str, str]]:
    names = {str(id): name for name, id in world.households.items()}
    return sorted((change.op, names[change.id]) for change in changes)


def from_phone(world: World, username: str, written: datetime, at: datetime) -> Envelope:
    actor = world.actor(username, at)
    return Envelope(
        id=uuid7(), seq=1, actor=actor, device=world.devices[username], at=written, received_at=at
    )


def test_cold_phone_gets_its_grid_areas_whole(world: World) -> None:
    changes, _ = pull(world, "liaison", None)

    assert told(changes, world) == [("put", "near"), ("put", "near2")]
    data = next(c.data for c in changes if c.id == str(world.households["near"]))
    assert data is not None
    assert set(data) == {"number", "name", "phone", "language", "area", "members"}, "no nulls, nothing empty"
    assert {key: data[key] for key in ("number", "name", "phone", "language")} == {
        "number": "204200-0001",
        "name": "བཟོས་པའི་ཁྱིམ་བདག",
        "phone": "000-0000",
        "language": "bo",
    }
    assert data["area"] == {"code": GRID, "zh": "G001片区"}
    assert [(m["name"], m["born"]) for m in data["members"]] == [
        ("合成户主near", 1980),
        ("合成配偶near", 1982),
        ("合成子女near", 2010),
        ("合成老人near", 1950),
    ]


def test_phones_above_the_village_hold_no_households(world: World) -> None:
    seen = {
        name: len(syncables.visible_households(world.actor(name), AT))
        for name in ("liaison", "village_lead", "township_officer", "county_duty", "leader", "outsider")
    }

    assert seen == {
        "liaison": 2,
        "village_lead": 4,
        "township_officer": 0,
        "county_duty": 0,
        "leader": 0,
        "outsider": 0,
    }


def test_small_change_travels_as_a_patch(world: World) -> None:
    near = world.households["near"]
    _, cursor = pull(world, "liaison", None)

    rev = actions.update_household(
        household=near, details=actions.Details(phone="000-1111"), actor=world.actor("village_lead"), at=AT
    )
    changes, cursor = pull(world, "liaison", cursor)

    assert [(c.op, c.id, c.rev, c.base, c.data) for c in changes] == [
        ("patch", str(near), 2, 1, {"phone": "000-1111"})
    ]
    assert rev == 2
    assert pull(world, "liaison", cursor)[0] == []
    assert pull(world, "liaison2", Cursor(0, (GRID2,)))[0] != changes


def test_move_between_liaisons_drops_here_and_puts_there(world: World) -> None:
    _, first = pull(world, "liaison", None)
    _, second = pull(world, "liaison2", None)

    actions.move_household_to_grid(
        household=world.households["near"], grid=GRID2, actor=world.actor("village_lead"), at=AT
    )

    assert told(pull(world, "liaison", first)[0], world) == [("drop", "near")]
    assert told(pull(world, "liaison2", second)[0], world) == [("put", "near")]


def test_hand_over_moves_the_whole_area_from_phone_to_phone(world: World) -> None:
    later = AT + timedelta(minutes=1)
    _, first = pull(world, "liaison", None)
    _, second = pull(world, "liaison2", None)

    capacity = actions.assign_liaison(
        area=GRID, person=world.people["liaison2"], actor=world.actor("village_lead"), at=AT
    )

    assert capacity is not None
    assert (capacity.households, capacity.liaisons, capacity.load) == (2, 1, "few")
    assert told(pull(world, "liaison", first, later)[0], world) == [("drop", "near"), ("drop", "near2")]
    assert told(pull(world, "liaison2", second, later)[0], world) == [("put", "near"), ("put", "near2")]
    assert [one.person for one in public.liaisons_at(world.households["near"], later)] == [
        world.people["liaison2"]
    ]
    assert [one.person for one in public.liaisons_at(world.households["near"], AT - DAY)] == [
        world.people["liaison"]
    ]


def test_camp_beside_another_liaison_shows_on_both_phones(world: World) -> None:
    _, cursor = pull(world, "liaison2", None)

    to_camp(world, "next", "summer", AT)

    changes, _ = pull(world, "liaison2", cursor)
    assert told(changes, world) == [("put", "next")]
    assert changes[0].data is not None
    assert changes[0].data["camp"] == {"id": str(world.camps["summer"]), "zh": "合成夏窝子", "bo": "དབྱར་ས"}
    assert changes[0].data["since"] == "2026-11-22"
    assert world.households["next"] in syncables.visible_households(world.actor("liaison3"), AT)


def test_former_liaison_s_late_writing_is_taken_and_told_to_both_chains(world: World) -> None:
    near = world.households["near"]
    actions.move_household(
        household=near, kind=MoveKind.RESIDING, area=GRID3, actor=SYSTEM, at=AT, effective=AT - DAY
    )
    body = UpdateBody(household=near, phone="000-2222")

    refs = syncables.apply_update(body, envelope=from_phone(world, "liaison", AT - 3 * DAY, AT), now=AT)

    stamped()
    event = Event.objects.filter(subject_id=near).latest("pos")
    assert refs == {"household": str(near)}
    assert Household.unscoped.get(id=near).phone == "000-2222"
    assert (event.name, event.occurred_at) == ("households.changed", AT - 3 * DAY)
    keys = set(FeedKey.objects.filter(pos=event.pos).values_list("key", flat=True))
    assert keys == {f"area:{code}" for code in (VILLAGE, VILLAGE2, GRID3, GRID)}


def test_what_the_former_liaison_writes_now_is_refused(world: World) -> None:
    near = world.households["near"]
    actions.move_household(
        household=near, kind=MoveKind.RESIDING, area=GRID3, actor=SYSTEM, at=AT, effective=AT - DAY
    )

    for written in (AT, AT - timedelta(hours=1), AT - 100 * DAY):
        with pytest.raises(Problem) as refused:
            syncables.apply_update(
                UpdateBody(household=near, phone="1"),
                envelope=from_phone(world, "liaison", written, AT),
                now=AT,
            )
        assert refused.value.code == "not_found"


def test_moves_from_a_phone_by_camp_by_area_and_away(world: World) -> None:
    next_ = world.households["next"]

    def send(to: str | None, at: datetime) -> None:
        body = MoveBody(household=next_, to=to, at=at.isoformat())
        syncables.apply_move(body, envelope=from_phone(world, "liaison2", AT, AT), now=AT)

    send(None, AT - DAY)
    send(str(world.camps["summer"]), AT - 5 * DAY)
    send(GRID2, AT - 9 * DAY)

    seen = [public.where(next_, AT - days * DAY).camp_area for days in (0, 3, 7, 12)]
    assert seen == [None, GRID3, GRID2, None]


def test_members_change_by_id(world: World) -> None:
    near = world.households["near"]
    members = list(Member.unscoped.filter(household=near))
    fresh = uuid7()
    body = UpdateBody(
        household=near,
        members=[
            MemberBody(id=members[1].id, phone="000-3333"),
            MemberBody(id=members[3].id, gone=True),
            MemberBody(id=fresh, name="合成新生", born=2026, relation="child"),
        ],
    )

    syncables.apply_update(body, envelope=from_phone(world, "liaison", AT, AT), now=AT)

    rows = Member.unscoped.filter(household=near, gone_at__isnull=True)
    assert [(m.id, m.phone) for m in rows] == [
        (members[0].id, ""),
        (members[1].id, "000-3333"),
        (members[2].id, ""),
        (fresh, ""),
    ]


def test_twenty_five_households_fit_a_small_answer_with_a_fixed_number_of_queries(world: World) -> None:
    ids = [add_household(f"more{i}", VILLAGE, GRID, AT) for i in range(23)]
    ids += [world.households["near"], world.households["near2"]]
    actor = world.actor("liaison")

    with CaptureQueriesContext(
        connection,
    ) as few:
        syncables.render_households(ids[:2], actor, AT)
    with CaptureQueriesContext(connection) as many:
        rendered = syncables.render_households(ids, actor, AT)

    assert len(many) == len(few) <= 12
    assert len(rendered) == 25
    body = json.dumps([data for _, data in rendered.values()], ensure_ascii=False).encode()
    assert len(gzip.compress(body, 6)) <= 8_000


def test_rendering_foreign_ids_gives_nothing(world: World) -> None:
    ids: list[UUID] = list(world.households.values())

    assert set(syncables.render_households(ids, world.actor("liaison"), AT)) == {
        world.households["near"],
        world.households["near2"],
    }
    assert syncables.render_households(ids, world.actor("outsider"), AT) == {}


def test_the_picture_a_family_chose_opens_for_who_serves_it_and_for_nobody_else(world: World) -> None:
    near, door, tent = world.households["near"], "ab" * 32, "cd" * 32

    def choose(picture: str, username: str = "liaison") -> None:
        syncables.apply_update(
            UpdateBody(household=near, picture=picture), envelope=from_phone(world, username, AT, AT), now=AT
        )

    choose(door)
    choose(tent)

    assert Household.unscoped.get(id=near).picture == tent
    uses = BlobUse.objects.filter(subject_id=near).values_list("blob_id", "role", "permission")
    assert list(uses) == [(tent, "picture", "households.view")]
    assert [files.may_read(world.actor(name), tent, AT) for name in ("liaison", "village_lead", "liaison2")] == [
        True, True, False,
    ]  # fmt: skip
    data = syncables.render_households([near], world.actor("liaison"), AT)[near][1]
    assert data["picture"] == tent
    choose("")
    assert not BlobUse.objects.filter(subject_id=near).exists()


def test_a_picture_is_named_by_its_hash(world: World) -> None:
    with pytest.raises(Problem) as refused:
        syncables.apply_update(
            UpdateBody(household=world.households["near"], picture="/etc/passwd"),
            envelope=from_phone(world, "liaison", AT, AT),
            now=AT,
        )
    assert refused.value.code == "invalid"
