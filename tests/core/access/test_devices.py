"""Phones: a code works once and not for long, a token is known until it is revoked."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mulian.core.access import devices
from mulian.core.access.models import Device, Enrolment
from mulian.kernel.actor import SYSTEM
from mulian.kernel.problems import Problem
from tests.world import AT, World

pytestmark = pytest.mark.django_db


def code_of(problem: pytest.ExceptionInfo[Problem]) -> tuple[str, int]:
    return problem.value.code, problem.value.status


@pytest.mark.parametrize("form", ["token", "digits"])
def test_a_code_makes_one_phone_and_is_used_up(world: World, form: str) -> None:
    person = world.people["liaison3"]
    code = devices.start_enrolment(person=person, actor=world.actor("village_lead2"), at=AT, label="红")
    shown = getattr(code, form)

    made = devices.enrol(code=shown, at=AT)
    device = made.device

    actor = devices.device_actor(f"Device {made.token}", AT)
    assert (actor.person, actor.device, device.label) == (person, device.id, "红")
    with pytest.raises(Problem) as again:
        devices.enrol(code=shown, at=AT)
    assert code_of(again) == ("enrol.used", 410)
    assert Enrolment.objects.get(id=code.id).used_at == AT


def test_an_old_or_unknown_code_makes_no_phone(world: World) -> None:
    code = devices.start_enrolment(person=world.people["liaison3"], actor=SYSTEM, at=AT)
    before = Device.objects.count()

    with pytest.raises(Problem) as late:
        devices.enrol(code=code.token, at=AT + timedelta(hours=25))
    with pytest.raises(Problem) as unknown:
        devices.enrol(code="no such code", at=AT)

    assert (code_of(late), code_of(unknown)) == (("enrol.used", 410), ("enrol.unknown", 404))
    assert Device.objects.count() == before


def test_only_hashes_are_kept(world: World) -> None:
    code = devices.start_enrolment(person=world.people["liaison3"], actor=SYSTEM, at=AT)
    made = devices.enrol(code=code.token, at=AT)
    device, secrets = made.device, (code.token, code.digits, made.token, made.push_token)

    stored = str(Enrolment.objects.filter(id=code.id).values()) + str(
        Device.objects.filter(id=device.id).values()
    )

    assert [secret for secret in secrets if secret in stored.split("'")] == []


def test_phones_are_enrolled_where_one_has_that_duty(world: World) -> None:
    def answer(username: str) -> int:
        try:
            devices.start_enrolment(person=world.people["liaison"], actor=world.actor(username), at=AT)
        except Problem as problem:
            return problem.status
        return 201

    asked = ("village_lead", "village_lead2", "township_officer", "administrator", "outsider", "liaison")
    assert [answer(username) for username in asked] == [201, 404, 201, 201, 404, 404]


def test_a_revoked_phone_is_known_and_may_do_nothing(world: World) -> None:
    header = f"Device {world.token('liaison')}"
    assert devices.device_actor(header, AT).person == world.people["liaison"]

    devices.revoke(device=world.devices["liaison"], actor=world.actor("village_lead"), at=AT)

    with pytest.raises(Problem) as revoked:
        devices.device_actor(header, AT)
    known = devices.recognise(world.token("liaison"), AT)
    assert code_of(revoked) == ("device_revoked", 403)
    assert known is not None
    assert known.revoked
    assert devices.device_actor(f"Device {world.token('liaison2')}", AT).person == world.people["liaison2"]


@pytest.mark.parametrize("header", ["", "Device", "Device x", "Bearer device-liaison"])
def test_what_is_no_phone_is_unknown(world: World, header: str) -> None:
    with pytest.raises(Problem) as unknown:
        devices.device_actor(header, AT)

    assert code_of(unknown) == ("device_unknown", 401)
