"""The bytes phones sent go when they are surely done with; a report sent again afterwards still counts once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mulian.core.events.models import Event
from mulian.core.sync import forgetting
from mulian.core.sync.forgetting import APPLIED_KEPT, SEEN_KEPT, sweep_commands
from mulian.core.sync.models import Command
from mulian.kernel import clock, ids
from tests.core.sync.phones import Phone, texts, work

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")


@pytest.fixture(autouse=True)
def _ids_of_today(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ids never go back, so those made after a test with a clock far ahead would not be due yet."""
    monkeypatch.setattr(ids, "_clocked", ids._Sequence())


def told() -> list[tuple[str, int]]:
    rows = Event.objects.filter(name="retention.forgotten").order_by("id")
    return [(row.data["rule"], row.data["count"]) for row in rows]


def test_applied_commands_go_and_the_same_report_again_has_no_second_effect(phone: Phone) -> None:
    command = phone.command("once")
    phone.sync(command)
    work()
    moment = clock.now() + APPLIED_KEPT + timedelta(minutes=1)
    assert sweep_commands(moment - timedelta(minutes=2)) == 0
    assert sweep_commands(moment) == 1
    assert not Command.objects.exists()
    assert told() == [("sync.applied", 1)]

    phone.sync(command)
    work()
    assert phone.sync(command)["receipts"][0]["refs"] == {"note": command["id"]}
    assert texts() == ["once"]


def test_what_is_not_decided_or_not_looked_at_stays_whole(phone: Phone) -> None:
    waiting = phone.command("waiting", after=[str(ids.uuid7())])
    refused = phone.command("refused", fault="refuse")
    phone.sync(waiting, refused)
    work()
    assert sweep_commands(clock.now() + timedelta(days=400)) == 0
    assert all(bytes(row.raw) for row in Command.objects.all())


def test_a_refused_one_loses_its_bytes_after_an_officer_looked_and_keeps_its_verdict(phone: Phone) -> None:
    command = phone.command("refused", fault="refuse")
    phone.sync(command)
    work()
    seen = clock.now()
    Command.objects.update(seen_at=seen)
    assert sweep_commands(seen + SEEN_KEPT - timedelta(seconds=1)) == 0
    assert sweep_commands(seen + SEEN_KEPT) == 1
    assert sweep_commands(seen + SEEN_KEPT) == 0
    row = Command.objects.get()
    assert (bytes(row.raw), row.state, row.code) == (b"", "refused", "invalid")
    assert told() == [("sync.refused", 1)]


def test_batches_are_bounded(phone: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forgetting, "BATCH", 2)
    monkeypatch.setattr(forgetting, "BATCHES", 2)
    phone.sync(*(phone.command(str(n)) for n in range(5)))
    work()
    moment = clock.now() + APPLIED_KEPT + timedelta(minutes=1)
    assert [sweep_commands(moment), sweep_commands(moment)] == [4, 1]
    assert told() == [("sync.applied", 2), ("sync.applied", 2), ("sync.applied", 1)]


def test_before_is_less_than_any_id_of_the_moment_and_more_than_any_earlier() -> None:
    at = clock.now()
    assert ids.uuid7(at - timedelta(milliseconds=1)) < ids.before(at) <= ids.uuid7(at)
