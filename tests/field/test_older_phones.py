"""Phones of the two releases before this one: what they send is understood, what they read is still there.

Each request below is what that release really sends (bodies shortened); its answer must hold every field that
release reads. When a release leaves this list, its golden commands stay.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import pytest

from mulian.core.access import devices
from mulian.kernel.actor import SYSTEM
from tests.core.files.samples import picture
from tests.core.sync.phones import Phone, work
from tests.field.conftest import GOLDEN, TOKEN
from tests.world import AT, World

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")
OPEN = (GOLDEN / "cases.report.v1.open.json").read_bytes()
SEALED = (GOLDEN / "cases.report.v1.sealed.json").read_bytes()
REQUESTS = {
    # 0.1: open reports, says neither its time nor what it still holds.
    "0.1": b'{"v":1,"epoch":null,"cursor":null,"commands":[%s],"max":200}' % OPEN,
    # 0.2: its time and what stays unsent; reports it kept from 0.1 go up open, its own sealed.
    "0.2": b'{"v":1,"epoch":null,"cursor":null,"at":"2026-11-22T10:00:00+08:00","unsent":3,'
    b'"commands":[%s,%s],"max":200}' % (OPEN, SEALED),
}
READ = {"epoch": str, "cursor": str, "more": bool, "now": str, "receipts": list, "changes": list}
"""What every release reads of an answer, and as what; anything else is "not an answer" to it."""
TUS = {"Tus-Resumable": "1.0.0", "Authorization": f"Device {TOKEN}"}


@pytest.mark.parametrize("release", REQUESTS)
def test_a_request_of_that_release_is_answered_in_its_words(phone: Phone, release: str) -> None:
    answer = phone.post(REQUESTS[release]).json()
    assert {name: type(answer[name]) for name in READ} == READ
    assert {each["verdict"] for each in answer["receipts"]} == {"received"}
    work(AT)
    again = phone.post(REQUESTS[release]).json()
    assert [set(each) >= {"id", "verdict"} for each in again["receipts"]] == [True] * len(again["receipts"])
    assert {each["verdict"] for each in again["receipts"]} == {"applied"}
    assert {each["op"] for each in again["changes"]} <= {"put", "patch", "drop", "wipe"}
    assert all({"kind", "id"} <= set(each) for each in again["changes"])


def test_both_of_a_phone_that_was_updated_in_between_make_two_reports(phone: Phone) -> None:
    phone.post(REQUESTS["0.1"])
    phone.post(REQUESTS["0.2"])
    work(AT)
    told = phone.post(REQUESTS["0.2"]).json()["receipts"]
    assert [(each["id"], each["verdict"]) for each in told] == [
        (json.loads(raw)["id"], "applied") for raw in (OPEN, SEALED)
    ]


def test_an_open_photo_goes_up_as_both_releases_send_what_they_kept(phone: Phone) -> None:
    photo = picture()
    name = sha256(photo).hexdigest()
    metadata = {"sha256": name, "mime": "image/jpeg"}
    pairs = ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in metadata.items())
    size = {"Upload-Length": str(len(photo)), "Upload-Metadata": pairs}
    assert phone.client.post("/field/files", headers=TUS | size).status_code == 201
    kind, at = "application/offset+octet-stream", TUS | {"Upload-Offset": "0"}
    sent = phone.client.patch(f"/field/files/{name}", photo, content_type=kind, headers=at)
    assert sent.status_code == 204
    stands = phone.client.head(f"/field/files/{name}", headers=TUS)
    assert (stands["Upload-Offset"], stands["Tus-Resumable"]) == (str(len(photo)), "1.0.0")


def test_a_code_is_exchanged_for_all_that_0_1_reads(world: World) -> None:
    code = devices.start_enrolment(person=world.people["liaison"], actor=SYSTEM, at=AT)
    answer: Mapping[str, Any] = (
        Phone(world.people["liaison"])
        .client.post("/field/enrol", json.dumps({"code": code.digits}), content_type="application/json")
        .json()
    )
    assert {"device", "token", "person", "server_key", "pack"} <= set(answer)
    assert {"name", "language"} <= set(answer["person"])
    assert {"kid", "public"} <= set(answer["server_key"])
    assert {"code", "name", "hazards"} <= set(answer["pack"])
    assert all({"code", "icon", "name"} <= set(each) for each in answer["pack"]["hazards"])
