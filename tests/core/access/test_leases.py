"""G12, G13, G14: the county's half of a phone's key: who gets it, how guessing ends, that revoking takes it away."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from mulian.core.access import devices, leases
from mulian.core.access.devices import Enrolled, Known
from mulian.core.access.models import Device
from mulian.core.events.models import Event
from mulian.kernel.actor import SYSTEM
from mulian.kernel.problems import Problem
from tests.world import AT, World

pytestmark = pytest.mark.django_db
PROOF = "cHJvb2Y="


@pytest.fixture
def phone(world: World) -> Enrolled:
    code = devices.start_enrolment(person=world.people["liaison3"], actor=SYSTEM, at=AT)
    return devices.enrol(code=code.digits, at=AT)


def known(token: str) -> Known:
    found = devices.recognise(token, AT)
    assert found is not None
    return found


def wrong(phone: Enrolled, minutes: float) -> str:
    with pytest.raises(Problem) as refused:
        leases.reopen(known=known(phone.push_token), proof="guess", at=AT + timedelta(minutes=minutes))
    return refused.value.code


def events(name: str, person: UUID) -> int:
    return Event.objects.filter(name=name, subject_id=person).count()


def test_an_open_phone_gets_the_same_share_each_time_and_its_proof_is_kept_as_a_hash(phone: Enrolled) -> None:
    first = leases.renew(known=known(phone.token), proof="", at=AT)
    second = leases.renew(known=known(phone.token), proof=PROOF, at=AT)
    leases.renew(known=known(phone.token), proof=PROOF, at=AT)

    assert (first, second.days) == (second, 14)
    assert first.share == phone.device.share
    assert PROOF not in str(Device.objects.filter(id=phone.device.id).values())
    assert events("access.device_pin_set", phone.device.person_id) == 1


def test_the_push_token_alone_opens_nothing(phone: Enrolled) -> None:
    push = known(phone.push_token)
    assert (push.push_only, push.device, known(phone.token).push_only) == (True, phone.device.id, False)
    for what in (lambda: leases.renew(known=push, proof=PROOF, at=AT), lambda: leases.push_token(push)):
        with pytest.raises(Problem) as locked:
            what()
        assert (locked.value.code, locked.value.status) == ("device_locked", 403)
    with pytest.raises(Problem) as reading:
        devices.device_actor(f"Device {phone.push_token}", AT)
    assert reading.value.code == "device_locked"
    assert devices.device_sender(f"Device {phone.push_token}", AT).device == phone.device.id
    assert wrong(phone, 0) == "lease.gone"


def test_a_locked_phone_proves_its_pin_and_gets_the_share(phone: Enrolled) -> None:
    share = leases.renew(known=known(phone.token), proof=PROOF, at=AT).share
    assert leases.reopen(known=known(phone.push_token), proof=PROOF, at=AT).share == share


def test_guesses_wait_longer_and_longer_and_the_tenth_takes_the_share(phone: Enrolled) -> None:
    leases.renew(known=known(phone.token), proof=PROOF, at=AT)
    assert [wrong(phone, 0) for _ in range(6)] == ["lease.wrong_pin"] * 5 + ["lease.wait"]
    with pytest.raises(Problem) as early:
        leases.reopen(known=known(phone.push_token), proof=PROOF, at=AT + timedelta(seconds=59))
    assert (early.value.code, early.value.status) == ("lease.wait", 429)
    minutes = [1, 1.5, 3, 4, 7, 15]
    assert [wrong(phone, m) for m in minutes] == [
        "lease.wrong_pin", "lease.wait", "lease.wrong_pin", "lease.wait", "lease.wrong_pin", "lease.wrong_pin",
    ]  # fmt: skip
    assert wrong(phone, 31) == "lease.wrong_pin"
    assert wrong(phone, 999) == "lease.gone"
    assert Device.objects.get(id=phone.device.id).share == ""
    assert events("access.device_share_dropped", phone.device.person_id) == 1


def test_a_right_pin_forgives_the_wrong_ones(phone: Enrolled) -> None:
    leases.renew(known=known(phone.token), proof=PROOF, at=AT)
    for _ in range(4):
        wrong(phone, 0)
    leases.reopen(known=known(phone.push_token), proof=PROOF, at=AT)
    assert [wrong(phone, 0) for _ in range(5)] == ["lease.wrong_pin"] * 5


def test_revoking_takes_the_share_at_once_and_the_phone_may_still_hand_in(phone: Enrolled) -> None:
    leases.renew(known=known(phone.token), proof=PROOF, at=AT)
    devices.revoke(device=phone.device.id, actor=SYSTEM, at=AT)
    assert Device.objects.get(id=phone.device.id).share == ""
    for call, token in ((leases.renew, phone.token), (leases.reopen, phone.push_token)):
        with pytest.raises(Problem) as revoked:
            call(known=known(token), proof=PROOF, at=AT)
        assert revoked.value.code == "device_revoked"
    assert devices.device_sender(f"Device {phone.push_token}", AT).device == phone.device.id


def test_a_phone_from_before_there_were_leases_gets_a_share_and_a_push_token(world: World) -> None:
    Device.objects.filter(id=world.devices["liaison"]).update(share="", push_hash=None)
    old = known(world.token("liaison"))
    share = leases.renew(known=old, proof="", at=AT).share
    token = leases.push_token(old)
    assert len(share) == 44
    assert known(token).push_only
    assert leases.push_token(old) != token
    assert devices.recognise(token, AT) is None
