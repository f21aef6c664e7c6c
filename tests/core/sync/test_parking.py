"""What waits for a command that never comes is refused in the end, shown, and stays refused."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings

from mulian.core.sync import parking
from mulian.core.sync.models import Applied, Command
from mulian.kernel import clock
from mulian.kernel.ids import uuid7
from tests.core.sync.phones import Phone, texts, work

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")
MONTH = timedelta(days=settings.MULIAN_PARKED_DAYS)


def states(*commands: dict[str, str]) -> list[tuple[str, str]]:
    rows = {str(row.id): (row.state, row.code) for row in Command.objects.all()}
    return [rows[command["id"]] for command in commands]


def test_what_waited_too_long_is_refused_with_all_that_waits_behind_it(phone: Phone) -> None:
    first = phone.command("first", after=[str(uuid7())])
    second = phone.command("second", after=[first["id"]])
    fine = phone.command("fine")
    phone.sync(first, second, fine)
    work()
    phone.sync()
    moment = clock.now() + MONTH
    assert parking.sweep_parked(moment - timedelta(minutes=1)) == 0
    assert states(first, second) == [("parked", ""), ("parked", "")]

    assert parking.sweep_parked(moment) == 2
    work(moment)
    assert states(first, second, fine) == [
        ("refused", "sync.after_never"),
        ("refused", "sync.after_never"),
        ("applied", ""),
    ]
    assert texts() == ["fine"]
    told = {c["id"]: c["data"] for c in phone.sync()["changes"] if c["kind"] == "receipt"}
    assert told[first["id"]] == {"verdict": "refused", "code": "sync.after_never"}
    assert bytes(Command.objects.get(id=first["id"]).raw)
    assert parking.sweep_parked(moment + MONTH) == 0


def test_what_arrives_after_the_refusal_changes_it_no_more(phone: Phone) -> None:
    missing = phone.command("missing")
    waiting = phone.command("waiting", after=[missing["id"]])
    phone.sync(waiting)
    work()
    parking.sweep_parked(clock.now() + MONTH)
    phone.sync(missing)
    work()
    assert states(missing, waiting) == [("applied", ""), ("refused", "sync.after_never")]
    assert texts() == ["missing"]


def test_a_sweep_cut_off_between_its_two_files_is_finished_by_the_next(phone: Phone) -> None:
    """The result row was written, the intake's verdict was not: it is copied and told once."""
    command = phone.command("alone", after=[str(uuid7())])
    phone.sync(command)
    work()
    parking.sweep_parked(clock.now() + MONTH)
    Command.objects.filter(id=command["id"]).update(state="parked", code="", decided_at=None)
    assert parking.sweep_parked(clock.now() + MONTH) == 1
    assert states(command) == [("refused", "sync.after_never")]
    assert Applied.objects.count() == 1
    work()
    assert len([c for c in phone.sync()["changes"] if c["kind"] == "receipt"]) == 1
