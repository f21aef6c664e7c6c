"""Applying: in batches, urgent first, one poison command stops nobody, a crash doubles nothing."""

from __future__ import annotations

import threading
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connections

from mulian.core.events import stamper
from mulian.core.sync import answering, applying, claiming
from mulian.core.sync.models import Applied, Command
from mulian.kernel import clock
from tests.core.sync.phones import Phone, broken_once, texts, work

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")


def test_urgent_commands_are_applied_first(phone: Phone) -> None:
    phone.sync(*[phone.command(f"calm {n}") for n in range(3)], phone.command("fire", urgent=True))
    work()
    assert texts() == ["fire", "calm 0", "calm 1", "calm 2"]


def test_after_waits_for_what_it_builds_on_and_only_that(phone: Phone) -> None:
    first, other = phone.command("first"), phone.command("other")
    second = phone.command("second", after=[first["id"]])
    phone.sync(second, other)
    work()
    assert texts() == ["other"]
    assert phone.verdicts(second) == ["parked"]
    phone.sync(first)
    work()
    assert texts() == ["other", "first", "second"]
    assert phone.verdicts(second, first) == ["applied", "applied"]


def test_what_builds_on_a_refused_command_is_refused(phone: Phone) -> None:
    first = phone.command("first", fault="refuse")
    second = phone.command("second", after=[first["id"]])
    phone.sync(second, first)
    work()
    assert [r["code"] for r in phone.sync(second)["receipts"]] == ["sync.after_refused"]


def test_a_parked_command_missed_by_another_worker_is_swept_up(phone: Phone) -> None:
    first = phone.command("first")
    second = phone.command("second", after=[first["id"]])
    phone.sync(second)
    work()
    phone.sync(first)
    Command.objects.filter(id=second["id"]).update(state="received")
    applying.apply_waiting(clock.now())
    Command.objects.filter(id=second["id"]).update(state="parked")
    Applied.objects.filter(id=second["id"]).delete()
    assert claiming.unpark(clock.now()) == 1


def test_one_poison_command_stops_nobody(phone: Phone) -> None:
    commands = [phone.command(f"c{n}", fault="break" if n == 2 else "") for n in range(5)]
    phone.sync(*commands)
    now = clock.now()
    for _ in range(applying.TRIES + 1):
        work(now)
        now += timedelta(minutes=2)
    assert texts() == ["c0", "c1", "c3", "c4"]
    receipts = phone.sync(*commands)["receipts"]
    assert [r["verdict"] for r in receipts] == ["applied", "applied", "refused", "applied", "applied"]
    assert receipts[2]["code"] == "sync.failed"


def test_a_fault_that_passes_is_tried_again(phone: Phone) -> None:
    command = phone.command("second try", fault="break once")
    phone.sync(command)
    work()
    assert phone.verdicts(command) == ["received"]
    work(clock.now() + timedelta(minutes=1))
    assert phone.verdicts(command) == ["applied"]
    assert texts() == ["second try"]


def test_a_crash_between_effect_and_verdict_doubles_nothing(phone: Phone) -> None:
    command = phone.command("once")
    phone.sync(command)
    work()
    Command.objects.update(state="received", code="", refs={}, decided_at=None, leased_until=None)
    work(clock.now() + timedelta(minutes=1))
    assert phone.sync(command)["receipts"][0]["refs"] == {"note": command["id"]}
    assert (texts(), Command.objects.get().state, Command.objects.get().tries) == (["once"], "applied", 0)


def test_two_appliers_at_once_apply_a_command_once(phone: Phone) -> None:
    phone.sync(phone.command("a"))
    now = clock.now()
    for batch in [claiming.claim(now, 20), claiming.claim(now, 20)]:
        applying._decide(batch, now)
        claiming.settle(batch)
    assert texts() == ["a"]
    assert len(claiming.claim(now + claiming.LEASE * 2, 20)) == 0


@pytest.mark.postgresql_only
def test_two_appliers_at_once_keep_the_order_of_a_phone(phone: Phone) -> None:
    first, second = phone.command("monday"), phone.command("tuesday")
    phone.sync(first, second)
    now = clock.now()
    held = claiming.claim(now, 1)
    assert [str(each.id) for each in held] == [first["id"]]
    assert claiming.claim(now, 20) == [], "the later one waits for the earlier one"
    applying._decide(held, now)
    claiming.settle(held)
    assert [str(each.id) for each in claiming.claim(now, 20)] == [second["id"]]


@pytest.mark.postgresql_only
def test_what_failed_once_holds_up_nobody(phone: Phone) -> None:
    first, second = phone.command("fails"), phone.command("tuesday")
    phone.sync(first, second)
    now = clock.now()
    held = claiming.claim(now, 1)
    assert [str(each.id) for each in held] == [first["id"]]
    applying._fail(held[0], ValueError("poison"), now)
    claiming.settle(held)
    assert [str(each.id) for each in claiming.claim(now, 20)] == [second["id"]]


def test_a_refusal_after_writing_undoes_its_own_writes_only(phone: Phone) -> None:
    before, after = phone.command("before"), phone.command("after")
    phone.sync(before, phone.command("undone", fault="refuse written"), after)
    work()
    assert texts() == ["before", "after"]


def test_a_late_verdict_reaches_the_phone_as_a_change(phone: Phone) -> None:
    work()
    phone.sync()
    command = phone.command("late", fault="refuse")
    assert phone.verdicts(command) == ["received"]
    work()
    changes = phone.sync()["changes"]
    assert changes == [
        {
            "op": "put",
            "kind": "receipt",
            "id": command["id"],
            "rev": 1,
            "data": {"verdict": "refused", "code": "invalid"},
        }
    ]


def test_a_reply_carries_the_verdict_when_it_comes_in_time(
    phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answering, "WAIT_SECONDS", 60.0)
    phone.sync()
    stop = threading.Event()

    def apply() -> None:
        while not stop.is_set():
            applying.apply_waiting(clock.now())
            stamper.stamp(clock.now())
            stop.wait(0.005)
        connections.close_all()

    applier = threading.Thread(target=apply)
    applier.start()
    command = phone.command("quick")
    verdicts = phone.verdicts(command)
    stop.set()
    applier.join()
    work()
    assert verdicts == ["applied"]


def test_the_feed_tells_a_verdict_whatever_a_reply_said(phone: Phone) -> None:
    """Two copies of a request: the one answered `received` arrives, the one that waited for `applied` is lost."""
    phone.sync()
    command = phone.command("twice")
    assert phone.verdicts(command) == ["received"]
    before = phone.cursor
    work()
    assert phone.verdicts(command) == ["applied"]
    phone.cursor = before
    told = [c["data"] for c in phone.sync()["changes"] if c["kind"] == "receipt"]
    assert told == [{"verdict": "applied", "refs": {"note": command["id"]}}]


def test_a_fault_of_the_machine_never_counts_against_a_command(phone: Phone) -> None:
    command = phone.command("full disk", fault="disk")
    phone.sync(command)
    now = clock.now()
    for _ in range(applying.TRIES * 2):
        work(now)
        now += timedelta(minutes=1)
    assert phone.verdicts(command) == ["received"]
    broken_once.add(UUID(command["id"]))
    work(now)
    assert phone.verdicts(command) == ["applied"]


def test_in_a_storm_replies_do_not_wait_for_the_verdict(
    phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answering, "WAIT_SECONDS", 60.0)
    commands = [phone.command(f"n{n}") for n in range(answering.SHORT_QUEUE + 1)]
    assert set(phone.verdicts(*commands)) == {"received"}


def test_after_a_wait_in_vain_the_next_reply_does_not_wait(
    phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert phone.verdicts(phone.command("nobody applies")) == ["received"]
    monkeypatch.setattr(answering, "WAIT_SECONDS", 60.0)
    assert phone.verdicts(phone.command("said at once")) == ["received"]
