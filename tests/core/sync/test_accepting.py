"""Accepting: once for every id, whatever is sent how often; nothing that arrives is lost."""

from __future__ import annotations

import gzip
import json
import threading
from datetime import timedelta

import pytest
from django.db import connections

from mulian.core.access import devices
from mulian.core.sync import enrolling, sealing
from mulian.core.sync.models import Command, ServerKey
from mulian.kernel import clock
from mulian.kernel.actor import SYSTEM
from mulian.kernel.ids import uuid7
from mulian.kernel.problems import Problem
from tests.core.sync import phones
from tests.core.sync.phones import NOW, Phone, liaison, texts, work

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")


def test_a_command_is_received_then_applied(phone: Phone) -> None:
    command = phone.command("a bridge")
    assert phone.verdicts(command) == ["received"]
    work()
    answer = phone.sync(command)
    assert answer["receipts"] == [
        {
            "id": command["id"],
            "verdict": "applied",
            "refs": {"note": command["id"]},
            "code": "",
            "message": "",
        }
    ] or answer["receipts"] == [{"id": command["id"], "verdict": "applied", "refs": {"note": command["id"]}}]
    assert texts() == ["a bridge"]


def test_twenty_copies_at_once_have_one_effect_and_the_same_receipt(phone: Phone) -> None:
    command = phone.command("once")
    answers: list[str] = []

    def send() -> None:
        copy = Phone(phone.person, phone.token, phone.device)
        answers.extend(copy.verdicts(command))
        connections.close_all()

    senders = [threading.Thread(target=send) for _ in range(20)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    work()
    assert set(answers) <= {"received", "applied"}
    assert len(answers) == 20
    assert texts() == ["once"]
    assert Command.objects.count() == 1


def test_the_bytes_of_a_refused_command_lie_in_quarantine(phone: Phone) -> None:
    command = phone.command("no", fault="refuse")
    phone.sync(command)
    work()
    receipt = phone.sync(command)["receipts"][0]
    assert (receipt["verdict"], receipt["code"]) == ("refused", "invalid")
    assert receipt["message"]
    assert json.loads(bytes(Command.objects.get(id=command["id"]).raw))["body"]["text"] == "no"
    assert texts() == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"id": "not-a-uuid"}, "sync.bad_id"),
        ({"id": "7d444840-9dc0-11d1-b245-5ffdce74fad2"}, "sync.bad_id"),
        ({"kind": 7}, "sync.malformed"),
        ({"kind": "x" * 50}, "sync.malformed"),
        ({"after": ["nothing"]}, "sync.bad_id"),
        ({"body": {"text": "x" * 70_000}}, "sync.malformed"),
        ({"seq": 2**70}, "sync.malformed"),
        ({"sealed": {"kid": "none", "box": "AAAA"}}, "sync.sealed"),
    ],
)
def test_a_command_that_cannot_be_read_is_kept_and_answered(phone: Phone, change: dict, code: str) -> None:
    bad = phone.command("bad") | change
    good = phone.command("good")
    receipts = phone.sync(bad, good)["receipts"]
    work()
    assert [(r["verdict"], r.get("code", "")) for r in receipts] == [("refused", code), ("received", "")]
    assert receipts[0]["id"] == bad["id"]
    assert Command.objects.filter(state="refused", code=code).count() == 1
    assert texts() == ["good"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"kind": "tests.unknown"}, "sync.unknown_kind"),
        ({"v": 9}, "sync.unknown_kind"),
        ({"body": {"text": 7}}, "sync.bad_body"),
        ({"body": []}, "sync.bad_body"),
    ],
)
def test_a_command_the_server_cannot_apply_is_refused_alone(phone: Phone, change: dict, code: str) -> None:
    bad, good = phone.command("bad") | change, phone.command("good")
    phone.sync(bad, good)
    work()
    receipts = phone.sync(bad, good)["receipts"]
    assert [(r["verdict"], r.get("code", "")) for r in receipts] == [("refused", code), ("applied", "")]
    assert texts() == ["good"]


@pytest.mark.parametrize("at", ["2025-11-22T10:00:00+08:00", "2027-11-22T10:00:00+08:00", "yesterday", ""])
def test_a_clock_a_year_off_or_nonsense_changes_nothing(phone: Phone, at: str) -> None:
    command = phone.command("any time", at=at)
    phone.sync(command)
    work()
    assert phone.verdicts(command) == ["applied"]


def test_another_phones_id_is_refused_and_its_bytes_are_kept(phone: Phone) -> None:
    other = Phone.enrolled(liaison("other"))
    command = phone.command("mine")
    phone.sync(command)
    stolen = command | {"body": {"text": "theirs"}}
    receipt = other.sync(stolen)["receipts"][0]
    assert (receipt["verdict"], receipt["code"], receipt.get("refs", {})) == ("refused", "sync.taken", {})
    kept = [json.loads(bytes(c.raw))["body"]["text"] for c in Command.objects.order_by("id")]
    work()
    assert sorted(kept) == ["mine", "theirs"]
    assert texts() == ["mine"]


def test_a_revoked_phone_hands_in_its_reports_and_is_wiped(phone: Phone) -> None:
    devices.revoke(device=phone.device, actor=SYSTEM, at=clock.now())
    command = phone.command("late")
    answer = phone.sync(command)
    assert answer["changes"] == [{"op": "wipe"}]
    assert [(r["verdict"], r["code"]) for r in answer["receipts"]] == [("refused", "sync.revoked")]
    work()
    assert texts() == []
    assert json.loads(bytes(Command.objects.get(id=command["id"]).raw))["body"]["text"] == "late"


def test_a_sealed_report_carried_by_another_phone_counts_for_its_maker(phone: Phone) -> None:
    key = sealing.current_key(clock.now())
    carrier = Phone.enrolled(liaison("carrier"))
    command = phone.command("carried")
    inner = json.dumps(command | {"token": phone.token}).encode()
    carried = {
        "id": command["id"],
        "seq": 1,
        "from": str(phone.device),
        "sealed": {"kid": key.kid, "box": sealing.seal(key.public_jwk, inner)},
    }
    assert carrier.verdicts(carried) == ["received"]
    work()
    assert phone.verdicts(command) == ["applied"]
    row = Command.objects.get()
    assert (row.device, row.carrier) == (phone.device, carrier.device)
    assert b"carried" not in bytes(row.raw)
    assert texts() == ["carried"]
    assert ServerKey.objects.count() == 1


def test_a_carrier_cannot_pretend_to_be_another_phone(phone: Phone) -> None:
    key = sealing.current_key(clock.now())
    carrier = Phone.enrolled(liaison("carrier"))
    command = carrier.command("forged")
    box = sealing.seal(key.public_jwk, json.dumps(command | {"token": carrier.token}).encode())
    forged = {
        "id": command["id"],
        "seq": 1,
        "from": str(phone.device),
        "sealed": {"kid": key.kid, "box": box},
    }
    receipt = carrier.sync(forged)["receipts"][0]
    assert (receipt["verdict"], receipt["code"]) == ("refused", "sync.sealed")


@pytest.mark.parametrize(
    ("data", "headers", "status", "code"),
    [
        (b"{", {}, 400, "bad_request"),
        (b"[]", {}, 400, "bad_request"),
        (b'{"v":2}', {}, 400, "sync.version"),
        (b"[" * 100_000, {}, 400, "bad_request"),
        (json.dumps({"v": 1, "commands": [{}] * 51}).encode(), {}, 413, "sync.too_many"),
        (b"x" * (2 * 1024 * 1024 + 1), {}, 413, "too_large"),
        (b"no gzip", {"Content-Encoding": "gzip"}, 400, "bad_request"),
        (gzip.compress(b" " * 3_000_000), {"Content-Encoding": "gzip"}, 413, "too_large"),
        (b"{}", {"Authorization": "Device nobody"}, 401, "device_unknown"),
        (b"{}", {"Authorization": ""}, 401, "device_unknown"),
        (b"{}", {"Authorization": "Bearer x"}, 401, "device_unknown"),
    ],
)
def test_a_bad_request_gets_a_problem(
    phone: Phone, data: bytes, headers: dict, status: int, code: str
) -> None:
    response = phone.post(data, **headers)
    assert (response.status_code, response.json()["code"]) == (status, code)
    assert response["Content-Type"] == "application/problem+json"
    assert Command.objects.count() == 0


def test_get_is_not_how_phones_speak(phone: Phone) -> None:
    assert phone.client.get("/field/sync").status_code == 405


def test_a_code_makes_one_phone_and_expires(phone: Phone) -> None:
    code = devices.start_enrolment(person=phone.person, actor=SYSTEM, at=clock.now())
    body = json.dumps({"code": code.digits})
    made = phone.client.post("/field/enrol", body, content_type="application/json")
    assert made.status_code == 201
    assert made.json()["server_key"]["public"]["crv"] == "P-256"
    again = phone.client.post("/field/enrol", body, content_type="application/json")
    assert (again.status_code, again.json()["code"]) == (410, "enrol.used")
    unknown = phone.client.post("/field/enrol", '{"code":"nothing"}', content_type="application/json")
    assert (unknown.status_code, unknown.json()["code"]) == (404, "enrol.unknown")
    late = devices.start_enrolment(person=phone.person, actor=SYSTEM, at=clock.now() - timedelta(days=2))
    old = phone.client.post("/field/enrol", json.dumps({"code": late.token}), content_type="application/json")
    assert old.status_code == 410


@pytest.fixture
def code() -> devices.Code:
    """What an officer made for a phone of a liaison; nobody has guessed yet."""
    phones.county()
    return devices.start_enrolment(person=liaison(), actor=SYSTEM, at=NOW)


def _guess(code: str, address: str) -> str:
    try:
        enrolling.enrol(json.dumps({"code": code}).encode(), address, NOW)
    except Problem as problem:
        return problem.code
    return "a phone"


def test_guessing_codes_is_slowed(code: devices.Code) -> None:
    assert _guess(code.digits, "127.0.0.9") == "a phone", "a right code costs nothing"
    guesses = [_guess(f"wrong{n % 10}", "127.0.0.9") for n in range(31)]
    assert guesses == ["enrol.unknown"] * 30 + ["too_many"]


def test_guessing_codes_from_many_addresses_is_slowed_too_and_a_picture_still_opens(
    code: devices.Code,
) -> None:
    guesses = [_guess(f"wrong{n % 10}", f"10.0.{n}.1") for n in range(61)]
    assert guesses == ["enrol.unknown"] * 60 + ["too_many"]
    assert [_guess(one, "10.1.0.1") for one in (code.digits, code.token)] == ["too_many", "a phone"]


def test_ids_are_ordered_so_that_inserts_stay_cheap() -> None:
    made = [uuid7() for _ in range(100)]
    assert made == sorted(made)
