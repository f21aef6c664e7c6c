"""G12, G13: what the county says of sealed reports, and how an open, a locked and a revoked phone get their key."""

from __future__ import annotations

import json
from typing import Any

import pytest

from mulian.core.access import devices
from mulian.core.sync import sealing
from mulian.core.sync.models import Command
from mulian.kernel import clock
from mulian.kernel.actor import SYSTEM
from tests.core.sync.phones import Phone, liaison, texts, work

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")


def sealed(phone: Phone, token: str, kid: str | None = None, **more: Any) -> dict[str, Any]:
    """A command as a phone keeps it: it names itself outside, everything else lies in the box."""
    key = sealing.current_key(clock.now())
    command = phone.command("sealed", **more)
    box = sealing.seal(key.public_jwk, json.dumps(command | {"token": token}).encode())
    outside = {"id": command["id"], "seq": command["seq"], "from": str(phone.device)}
    return outside | {"sealed": {"kid": kid or key.kid, "box": box}}


def answer(phone: Phone, path: str, body: dict[str, Any], token: str) -> Any:
    headers = {"Authorization": f"Device {token}"}
    return phone.client.post(path, json.dumps(body), content_type="application/json", headers=headers)


@pytest.fixture
def enrolled(phone: Phone) -> dict[str, Any]:
    """A second phone, made over the wire, with all that it is told."""
    code = devices.start_enrolment(person=liaison("second"), actor=SYSTEM, at=clock.now())
    made = phone.client.post(
        "/field/enrol", json.dumps({"code": code.digits}), content_type="application/json"
    )
    facts: dict[str, Any] = made.json()
    return facts


def second(phone: Phone, facts: dict[str, Any], token: str = "token") -> Phone:
    from uuid import UUID

    return Phone(UUID(facts["person"]["id"]), facts[token], UUID(facts["device"]))


def test_a_phone_sends_its_own_sealed_report_and_the_bytes_stay_sealed(phone: Phone) -> None:
    wire = sealed(phone, phone.token, urgent=True)
    assert phone.verdicts(wire) == ["received"]
    work()
    row = Command.objects.get()
    assert (row.carrier, row.kind, row.urgent, texts()) == (None, "tests.note", True, ["sealed"])
    assert b"hello" not in bytes(row.raw)
    assert b"tests.note" not in bytes(row.raw)


def test_the_push_token_in_the_box_proves_the_phone_too(phone: Phone, enrolled: dict[str, Any]) -> None:
    maker = second(phone, enrolled)
    wire = sealed(maker, enrolled["push_token"])
    assert phone.verdicts(wire) == ["received"]
    work()
    row = Command.objects.get()
    assert (row.device, row.carrier, row.person) == (maker.device, phone.device, maker.person)
    assert second(phone, enrolled, "push_token").verdicts(sealed(maker, enrolled["push_token"])) == [
        "received"
    ]


@pytest.mark.parametrize("change", ["kid", "box", "other id", "sealed twice"])
def test_what_cannot_be_opened_is_kept_and_answered(phone: Phone, change: str) -> None:
    wire = sealed(phone, phone.token)
    if change == "kid":
        wire["sealed"]["kid"] = "0" * 16
    elif change == "box":
        wire["sealed"]["box"] = wire["sealed"]["box"][:-8] + "AAAAAAA="
    elif change == "other id":
        wire["id"] = phone.command()["id"]
    else:
        key = sealing.current_key(clock.now())
        wire["sealed"] = {"kid": key.kid, "box": sealing.seal(key.public_jwk, json.dumps(wire).encode())}
    (receipt,) = phone.sync(wire)["receipts"]
    assert (receipt["id"], receipt["verdict"], receipt["code"]) == (wire["id"], "refused", "sync.sealed")
    assert Command.objects.filter(state="refused", code="sync.sealed").count() == 1


def test_a_revoked_makers_report_is_quarantined_whoever_carries_it(
    phone: Phone, enrolled: dict[str, Any]
) -> None:
    maker = second(phone, enrolled)
    wire = sealed(maker, enrolled["push_token"])
    devices.revoke(device=maker.device, actor=SYSTEM, at=clock.now())
    (receipt,) = phone.sync(wire)["receipts"]
    assert (receipt["verdict"], receipt["code"]) == ("refused", "sync.revoked")
    row = Command.objects.get()
    assert (row.device, row.carrier) == (maker.device, phone.device)


def test_a_carrier_hears_that_it_was_taken_never_what_it_became(
    phone: Phone, enrolled: dict[str, Any]
) -> None:
    maker = second(phone, enrolled)
    maker.sync()
    wire = sealed(maker, enrolled["push_token"])
    phone.sync(wire)
    work()
    (receipt,) = phone.sync(wire)["receipts"]
    assert (receipt["verdict"], receipt.get("refs", {})) == ("applied", {})
    told = [c["data"] for c in maker.sync()["changes"] if c["kind"] == "receipt"]
    assert told == [{"verdict": "applied", "refs": {"note": wire["id"]}}]


def test_a_revoked_carrier_still_hands_in_what_others_gave_it(phone: Phone, enrolled: dict[str, Any]) -> None:
    wire = sealed(second(phone, enrolled), enrolled["push_token"])
    devices.revoke(device=phone.device, actor=SYSTEM, at=clock.now())
    assert phone.verdicts(wire) == ["received"]
    work()
    assert texts() == ["sealed"]


def test_enrolling_brings_both_tokens_the_share_and_the_key(phone: Phone, enrolled: dict[str, Any]) -> None:
    assert enrolled["server_key"]["kid"] == sealing.current_key(clock.now()).kid
    assert len(enrolled["lease"]["share"]) == 44
    assert enrolled["lease"]["days"] == 14
    assert len({enrolled["token"], enrolled["push_token"]}) == 2


def test_the_lease_over_the_wire(phone: Phone, enrolled: dict[str, Any]) -> None:
    full, push, share = enrolled["token"], enrolled["push_token"], enrolled["lease"]["share"]
    renewed = answer(phone, "/field/lease", {"proof": "cHJvb2Y="}, full)
    assert (renewed.status_code, renewed.json()["share"]) == (200, share)
    assert renewed["Cache-Control"] == "no-store"
    assert "push_token" not in renewed.json()
    assert answer(phone, "/field/lease", {"proof": "cHJvb2Y="}, push).json()["share"] == share
    wrong = answer(phone, "/field/lease", {"proof": "b3RoZXI="}, push)
    assert (wrong.status_code, wrong.json()["code"]) == (403, "lease.wrong_pin")
    assert answer(phone, "/field/lease", {"proof": "x" * 101}, push).status_code == 400
    assert answer(phone, "/field/lease", {}, "nobody").status_code == 401
    new = answer(phone, "/field/lease", {"push": True}, full).json()["push_token"]
    assert answer(phone, "/field/lease", {"proof": "cHJvb2Y="}, push).status_code == 401
    assert answer(phone, "/field/lease", {"proof": "cHJvb2Y="}, new).status_code == 200
