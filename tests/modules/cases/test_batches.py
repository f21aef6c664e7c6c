"""Twenty commands in one transaction: written together, judged one by one."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mulian.core.access.devices import recognise
from mulian.core.events import stamper
from mulian.core.events.models import Event
from mulian.core.sync import applying
from mulian.core.sync.accepting import Sender, arrive
from mulian.core.sync.intake import store
from mulian.core.sync.models import Command
from mulian.kernel.ids import uuid7
from mulian.modules.cases.models import Case, Promise, Receiver
from tests.modules.cases.conftest import BRIDGE
from tests.world import AT, World

pytestmark = pytest.mark.django_db(databases="__all__")


def accept(world: World, *sent: tuple[str, dict[str, Any]]) -> list[UUID]:
    known = recognise(world.token("liaison"), AT)
    assert known is not None
    rows = []
    for seq, (kind, body) in enumerate(sent):
        raw = {
            "id": body.pop("_id", str(uuid7(AT))),
            "seq": seq,
            "kind": kind,
            "v": 1,
            "at": AT.isoformat(),
            "body": body,
        }
        rows.append(
            arrive(json.dumps(raw).encode(), sender=Sender(known.device, known.person, False), now=AT).row
        )
    store(rows)
    return [row.id for row in rows]


def test_a_poison_command_among_twenty(world: World) -> None:
    sent = [("cases.report", {"text": f"{BRIDGE} {n}"}) for n in range(9)]
    poison = ("cases.report", {"text": BRIDGE, "household": str(uuid7(AT))})
    more = [("cases.report", {"text": f"{BRIDGE} {n}"}) for n in range(10, 20)]
    ids = accept(world, *sent, poison, *more)
    assert applying.apply_waiting(AT) == 20
    states = [Command.objects.get(id=id).state for id in ids]
    assert states == ["applied"] * 9 + ["refused"] + ["applied"] * 10
    rows = Case.unscoped.because("test")
    assert set(rows.values_list("id", flat=True)) == set(ids) - {ids[9]}
    assert len(set(rows.values_list("number", flat=True))) == 19
    assert Promise.objects.count() == Event.objects.filter(name="cases.reported").count() == 19
    assert Receiver.objects.filter(standing="responsible").count() == 19
    assert not Event.objects.filter(subject_id=ids[9], subject_kind="case").exists()


def test_an_addition_in_the_same_batch_finds_its_report(world: World) -> None:
    report = str(uuid7(AT))
    ids = accept(
        world,
        ("cases.report", {"_id": report, "text": BRIDGE}),
        ("cases.add", {"case": report, "text": "水更大了"}),
        ("cases.add", {"case": report}),
        ("cases.report", {"text": BRIDGE}),
    )
    applying.apply_waiting(AT)
    assert [Command.objects.get(id=id).state for id in ids] == ["applied", "applied", "refused", "applied"]
    assert Case.unscoped.because("test").get(id=report).text == f"{BRIDGE}\n水更大了"
    told = Event.objects.filter(subject_id=report, subject_kind="case").order_by("id")
    assert list(told.values_list("name", flat=True)) == ["cases.reported", "cases.added"]
    assert stamper.stamp(AT) > 0


def test_load_is_shared_within_a_batch(world: World) -> None:
    ids = accept(world, *[("cases.report", {"text": f"{BRIDGE} {n}"}) for n in range(10)])
    applying.apply_waiting(AT)
    held = list(Case.unscoped.because("test").filter(id__in=ids).values_list("responsible_person", flat=True))
    assert sorted(held.count(person) for person in set(held)) == [5, 5]


def test_a_batch_costs_a_few_statements_a_report(world: World) -> None:
    def statements(count: int) -> int:
        accept(world, *[("cases.report", {"text": f"{BRIDGE} {n}"}) for n in range(count)])
        with CaptureQueriesContext(connection) as seen:
            applying.apply_waiting(AT)
        return len(seen)

    statements(1)
    one, twenty = statements(1), statements(20)
    assert (twenty - one) / 19 <= 3
