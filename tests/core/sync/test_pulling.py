"""Pulling: costs what changed in the scope, follows every change of duty, and never trusts a cursor."""

from __future__ import annotations

import base64

import pytest
from django.db import transaction

from mulian.core.access import actions
from mulian.core.access.models import Person, Posting
from mulian.core.events import stamper
from mulian.core.events.models import Head
from mulian.core.sync import cursor as cursors
from mulian.core.sync import epochs, pulling, rates
from mulian.kernel import clock
from mulian.kernel.actor import SYSTEM
from mulian.kernel.ids import uuid7
from mulian.kernel.problems import Problem
from tests.core.sync.phones import NOW, Phone, work

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")
COLD = ["me", "services", "catalogue"]
"""What a phone of somebody without families holds: who they are, what services there are, the catalogue's words."""


def test_a_cold_pull_brings_what_the_phone_may_hold(phone: Phone) -> None:
    work()
    changes = phone.sync()["changes"]
    assert [(c["op"], c["kind"]) for c in changes] == [("put", kind) for kind in COLD]
    assert changes[0]["id"] == str(phone.person)


def test_nothing_changed_brings_nothing_and_keeps_the_cursor(phone: Phone) -> None:
    work()
    phone.sync()
    before = phone.cursor
    answer = phone.sync()
    assert (answer["changes"], answer["cursor"], answer["more"]) == ([], before, False)


def test_news_of_the_person_arrives_once(phone: Phone) -> None:
    work()
    phone.sync()
    with transaction.atomic():
        actions.change_person(person=phone.person, name="renamed", actor=SYSTEM, at=clock.now())
    work()
    assert [c["data"]["name"] for c in phone.sync()["changes"]] == ["renamed"]
    assert phone.sync()["changes"] == []


@pytest.mark.parametrize("broken", ["", "x", "AAAA", base64.urlsafe_b64encode(b"0" * 40).decode()])
def test_an_unknown_cursor_counts_as_none(phone: Phone, broken: str) -> None:
    work()
    phone.sync()
    phone.cursor = broken
    assert [c["kind"] for c in phone.sync()["changes"]] == COLD


def test_another_phones_cursor_counts_as_none(phone: Phone) -> None:
    work()
    phone.sync()
    forged = cursors.write(cursors.Cursor(0, ("63",)), device=str(uuid7()), epoch=phone.epoch or "")
    assert cursors.read(forged, device=str(phone.device), epoch=phone.epoch or "") is None


def test_a_restored_database_answers_a_new_epoch_and_takes_commands(phone: Phone, data_folder) -> None:
    work()
    epochs.open_epoch(data_folder)
    phone.sync()
    old = phone.epoch
    epochs.mark(data_folder, old or "", Head.objects.get(id=1).pos + 5)
    assert epochs.open_epoch(data_folder) is True
    command = phone.command("after the restore")
    answer = phone.sync(command)
    assert answer["epoch"] != old
    assert [r["verdict"] for r in answer["receipts"]] == ["received"]
    assert [c["kind"] for c in answer["changes"]] == COLD
    assert epochs.open_epoch(data_folder) is False


def test_a_changed_duty_shows_at_the_next_pull(phone: Phone) -> None:
    work()
    phone.sync()
    posting = Posting.objects.get(person=phone.person)
    actions.close_posting(posting=posting.id, actor=SYSTEM, at=clock.now())
    work()
    changes = {(c["op"], c["kind"]): c.get("data") for c in phone.sync()["changes"]}
    assert set(changes) == {("put", "me"), ("drop", "services")}
    assert changes["put", "me"]["areas"] == []


def test_a_person_switched_off_is_wiped(phone: Phone) -> None:
    actions.change_person(person=phone.person, active=False, actor=SYSTEM, at=clock.now())
    assert phone.sync()["changes"] == [{"op": "wipe"}]
    assert Person.objects.get(id=phone.person).is_active is False


def test_a_long_feed_comes_in_pages_without_gaps(phone: Phone) -> None:
    work()
    phone.sync()
    for n in range(25):
        phone.sync(phone.command(f"n{n}", fault="refuse"))
    work()
    got: list[str] = []
    more = True
    while more:
        answer = phone.sync(max=7)
        got += [c["id"] for c in answer["changes"]]
        more = answer["more"]
    assert len(got) == len(set(got)) == 25


def test_a_patch_needs_every_step_to_name_its_fields() -> None:
    def step(rev: int | None, fields: list[str] | None) -> pulling.FeedKey:
        return pulling.FeedKey(key="k", pos=1, subject_kind="x", subject_id=uuid7(), rev=rev, fields=fields)

    put = pulling.Change("put", "x", "1", rev=5, data={"a": 1, "b": 2, "c": 3})
    assert pulling._as_patch(put, [step(4, ["a"]), step(5, ["b"])]) == pulling.Change(
        "patch", "x", "1", rev=5, base=3, data={"a": 1, "b": 2}
    )
    assert pulling._as_patch(put, [step(4, ["a"]), step(5, None)]) is put
    assert pulling._as_patch(put, [step(None, ["a"])]) is put
    assert pulling._as_patch(put, []) is put


def test_a_phone_that_runs_wild_is_slowed_but_not_its_urgent_reports() -> None:
    device = uuid7()
    for _ in range(12):
        rates.spend(device, [False] * 50, now=0.0)
    with pytest.raises(Problem, match="too_many"):
        rates.spend(device, [False], now=0.0)
    rates.spend(device, [True] * 50, now=0.0)
    rates.spend(device, [False] * 30, now=1.0)


def test_stamping_is_what_makes_news_visible(phone: Phone) -> None:
    work()
    phone.sync()
    with transaction.atomic():
        actions.change_person(person=phone.person, name="later", actor=SYSTEM, at=NOW)
    assert phone.sync()["changes"] == []
    stamper.stamp(NOW)
    assert len(phone.sync()["changes"]) == 1
