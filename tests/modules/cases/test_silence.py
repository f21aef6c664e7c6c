"""A phone that falls silent: its village is told once, and once more when it speaks again."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from mulian.core.access import devices
from mulian.core.access.models import Person
from mulian.core.notify.models import Notice
from mulian.core.sync import heartbeat
from mulian.core.sync.models import Silence
from mulian.kernel.actor import SYSTEM
from mulian.modules.cases.actions.silence import leads_of
from mulian.modules.cases.handlers import sweep_silence
from tests.world import AT, World


def beat(world: World, who: str, at: datetime, unsent: int = 0, device: UUID | None = None) -> None:
    heartbeat._seen.clear()
    heartbeat.beat(
        device=device or world.devices[who], person=world.people[who], unsent=unsent, skew_seconds=0, now=at
    )
    heartbeat.write(at)


def told(world: World) -> list[tuple[str, str, dict[str, object]]]:
    names = {id: name for name, id in world.people.items()}
    rows = Notice.objects.filter(kind__startswith="phones.").order_by("created_at", "kind")
    return sorted((names[row.person], row.kind, row.params) for row in rows)


def days(count: float) -> datetime:
    return AT + timedelta(days=count)


def test_told_once_a_silence_and_once_when_it_speaks(world: World) -> None:
    beat(world, "liaison", AT, unsent=2)
    assert sweep_silence(days(2.9)) == 0
    assert [sweep_silence(days(3)), sweep_silence(days(4)), sweep_silence(days(30))] == [1, 0, 0]
    name = world.actor("liaison").name
    said = {"name": name, "days": 3, "unsent": 2}
    both = ("village_deputy", "village_lead")
    assert told(world) == [(who, "phones.silent", said) for who in both]

    beat(world, "liaison", days(31))
    assert [sweep_silence(days(31)), sweep_silence(days(32))] == [1, 0]
    heard = {"name": name, "days": 31, "unsent": 2}
    assert told(world) == sorted(
        [
            (who, kind, params)
            for who in both
            for kind, params in (("phones.heard", heard), ("phones.silent", said))
        ]
    )
    assert not Silence.objects.exists()


def test_a_second_silence_is_told_again(world: World) -> None:
    beat(world, "liaison", AT)
    assert [sweep_silence(days(6.9)), sweep_silence(days(7))] == [0, 1]
    beat(world, "liaison", days(8))
    assert [sweep_silence(days(8)), sweep_silence(days(14.9)), sweep_silence(days(15))] == [1, 0, 1]
    assert [kind for who, kind, _ in told(world) if who == "village_lead"] == [
        "phones.heard", "phones.silent", "phones.silent",
    ]  # fmt: skip


def test_a_new_phone_of_the_same_person_ends_the_silence_of_the_lost_one(world: World) -> None:
    beat(world, "liaison", AT, unsent=1)
    assert sweep_silence(days(3)) == 1
    newer = devices.add_device(
        person=Person.objects.get(id=world.people["liaison"]), token="newer", at=days(4)
    )
    beat(world, "liaison", days(5), device=newer.id)
    assert [sweep_silence(days(5)), sweep_silence(days(6)), sweep_silence(days(11))] == [1, 0, 0]


def test_heard_between_two_sweeps_needs_no_word(world: World) -> None:
    beat(world, "liaison", AT)
    beat(world, "liaison", days(6))
    assert sweep_silence(days(7)) == 0


def test_a_revoked_phone_and_an_old_phone_of_somebody_who_speaks_are_no_silence(world: World) -> None:
    beat(world, "liaison", AT, unsent=4)
    beat(world, "liaison2", AT, unsent=4)
    devices.revoke(device=world.devices["liaison"], actor=SYSTEM, at=AT)
    newer = devices.add_device(person=Person.objects.get(id=world.people["liaison2"]), token="newer", at=AT)
    beat(world, "liaison2", days(9), device=newer.id)
    assert sweep_silence(days(10)) == 0


def test_where_a_village_has_no_lead_the_township_is_told(world: World) -> None:
    assert {leads_of(world.people["liaison"], AT)[0]} <= {
        world.people["village_lead"],
        world.people["village_deputy"],
    }
    assert leads_of(world.people["village_lead2"], AT) == [world.people["township_officer"]]
