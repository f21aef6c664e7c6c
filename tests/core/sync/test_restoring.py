"""A restored intake that is ahead of the main file applies again what that does not know; nothing twice."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest

from mulian.core.access import devices
from mulian.core.events.models import Head
from mulian.core.sync import restoring
from mulian.core.sync.models import Applied, Command
from mulian.kernel import clock
from mulian.kernel.actor import SYSTEM
from tests.core.sync.phones import Phone, texts, work

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")


def test_what_the_main_file_does_not_know_is_applied_again(phone: Phone) -> None:
    known, ahead, refused = (
        phone.command("known"),
        phone.command("ahead"),
        phone.command("no", fault="refuse"),
    )
    phone.sync(known, ahead, refused)
    work()
    Applied.objects.filter(id__in=[UUID(ahead["id"]), UUID(refused["id"])]).delete()

    assert restoring.decide_again() == 2
    work()

    assert texts() == ["known", "ahead", "ahead"]
    states = {str(row.id): (row.state, row.code) for row in Command.objects.all()}
    assert states == {
        known["id"]: ("applied", ""),
        ahead["id"]: ("applied", ""),
        refused["id"]: ("refused", "invalid"),
    }
    assert restoring.decide_again() == 0


def test_what_was_refused_on_arrival_stays_refused(phone: Phone) -> None:
    """A revoked phone's reports are never applied by a restore."""
    devices.revoke(device=phone.device, actor=SYSTEM, at=clock.now())
    command = phone.command("after the loss")
    phone.sync(command)
    work()
    assert restoring.decide_again() == 0
    assert Command.objects.get().code == "sync.revoked"
    assert texts() == []


def test_a_new_epoch_makes_phones_begin_anew(phone: Phone, data_folder: Path) -> None:
    phone.sync(phone.command("before"))
    work()
    before = phone.sync()["epoch"]
    restoring.begin_anew(data_folder)
    answer = phone.sync()
    assert answer["epoch"] == Head.objects.get(id=1).epoch != before
