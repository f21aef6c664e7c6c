"""A phone, its county, and kinds of command that exist only for the tests of the wire."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from django.db import OperationalError, transaction
from django.test import Client

from mulian.core.access import actions, devices
from mulian.core.areas.models import Area
from mulian.core.database.batch import flush
from mulian.core.events import feeds, log, stamper
from mulian.core.events.models import Event as Row
from mulian.core.registry import CommandKind, Module
from mulian.core.sync import applying
from mulian.core.sync.envelope import Envelope
from mulian.kernel import clock
from mulian.kernel.actor import SYSTEM, Role
from mulian.kernel.event import Event
from mulian.kernel.ids import uuid7
from mulian.kernel.problems import Problem

NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
VILLAGE = "632623204200"
GRID = f"{VILLAGE}G001"


class Note(msgspec.Struct):
    """Body of the test command: a text, and what should go wrong."""

    text: str
    fault: str = ""
    urgent: bool = False


@dataclass(frozen=True, kw_only=True)
class Noted(Event):
    name = "tests.noted"
    subject_kind = "note"
    text: str


broken_once: set[UUID] = set()


def note(body: Note, *, envelope: Envelope, now: datetime) -> dict[str, str]:
    """Writes an event, then fails in the way the body asks for."""
    noted = Noted(subject_id=envelope.id, text=body.text)
    log.append(noted, actor=envelope.actor, at=now, feeds=[feeds.of_person(envelope.actor.person)])
    if body.fault == "refuse written":
        flush()
    if body.fault.startswith("refuse"):
        raise Problem("invalid")
    if body.fault == "break" or (body.fault == "break once" and envelope.id not in broken_once):
        broken_once.add(envelope.id)
        raise RuntimeError("a fault in the handler")
    if body.fault == "disk" and envelope.id not in broken_once:
        raise OperationalError("database or disk is full")
    return {"note": str(envelope.id)}


def is_urgent(body: bytes) -> bool:
    return bool(msgspec.json.decode(body).get("urgent"))


HERE = "tests.core.sync.phones"
MODULE = Module(
    name="tests",
    title="Tests",
    commands=(CommandKind("tests.note", f"{HERE}.note", f"{HERE}.Note", urgent=f"{HERE}.is_urgent"),),
)


def texts() -> list[str]:
    """What was applied, in order."""
    return [row.data["text"] for row in Row.objects.filter(name="tests.noted").order_by("id")]


def county() -> None:
    """The few places the tests need."""
    above = None
    for code, level in (
        ("632623", "county"),
        ("632623204", "township"),
        (VILLAGE, "village"),
        (GRID, "grid"),
    ):
        above = Area.objects.create(
            code=code, parent=above, level=level, name_zh=code, valid_from=date(2023, 6, 30)
        )


def liaison(username: str = "liaison", area: str = GRID) -> UUID:
    """Somebody with a duty and a login that only a phone can use."""
    with transaction.atomic():
        person = actions.create_person(username=username, name=username, actor=SYSTEM, at=NOW)
        actions.open_posting(
            person=person.id, role=Role.LIAISON, area=area, actor=SYSTEM, at=NOW - timedelta(days=1)
        )
    return person.id


@dataclass
class Phone:
    """Speaks the wire contract through Django's test client."""

    person: UUID
    token: str = ""
    device: UUID = field(default_factory=uuid7)
    epoch: str | None = None
    cursor: str | None = None
    seq: int = 0
    client: Client = field(default_factory=Client)

    @classmethod
    def enrolled(cls, person: UUID) -> Phone:
        with transaction.atomic():
            code = devices.start_enrolment(person=person, actor=SYSTEM, at=clock.now())
            made = devices.enrol(code=code.token, at=clock.now())
        return cls(person, made.token, made.device.id)

    def command(self, text: str = "hello", **more: Any) -> dict[str, Any]:
        self.seq += 1
        body = {"text": text} | {key: more.pop(key) for key in ("fault", "urgent") if key in more}
        basis = {"id": str(uuid7()), "seq": self.seq, "kind": "tests.note", "v": 1, "after": [], "body": body}
        return basis | {"at": "2026-11-22T10:00:00+08:00"} | more

    def post(self, data: bytes, **headers: str) -> Any:
        sent = {"Authorization": f"Device {self.token}"} | headers
        return self.client.post("/field/sync", data, content_type="application/json", headers=sent)

    def sync(self, *commands: dict[str, Any], **more: Any) -> dict[str, Any]:
        asked = {"v": 1, "epoch": self.epoch, "cursor": self.cursor, "commands": commands, "max": 200} | more
        response = self.post(json.dumps(asked).encode())
        assert response.status_code == 200, response.content
        answer: dict[str, Any] = response.json()
        self.epoch, self.cursor = answer["epoch"], answer["cursor"]
        return answer

    def verdicts(self, *commands: dict[str, Any]) -> list[str]:
        return [receipt["verdict"] for receipt in self.sync(*commands)["receipts"]]


def work(now: datetime | None = None) -> None:
    """All that the background does, until nothing is left."""
    moment = now or clock.now()
    while applying.apply_waiting(moment):
        pass
    while stamper.stamp(moment):
        pass
