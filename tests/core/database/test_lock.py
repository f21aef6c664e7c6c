"""Writers queue for SQLite in the process; on both databases no write is lost and none fails as locked."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.db import connection, connections, transaction
from django.db.models import F

from mulian.core.access.models import AccessVersion
from mulian.core.database import base
from mulian.core.database.vendor import prefix_range

THREADS, TURNS = 12, 20


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_many_threads_that_read_then_write_lose_nothing() -> None:
    errors: list[Exception] = []

    def work() -> None:
        try:
            for _ in range(TURNS):
                with transaction.atomic():
                    row = AccessVersion.objects.select_for_update().get(id=1)
                    AccessVersion.objects.filter(id=1).update(value=row.value + 1)
        except Exception as error:
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert AccessVersion.objects.get(id=1).value == THREADS * TURNS


@pytest.mark.sqlite_only("only SQLite has a lock of ours")
@pytest.mark.django_db(transaction=True, databases="__all__")
@pytest.mark.parametrize("way", ["commit", "rollback", "close", "broken"])
def test_the_lock_is_let_go_however_a_transaction_ends(way: str) -> None:
    lock = base._LOCKS[str(connection.settings_dict["NAME"])]
    try:
        with transaction.atomic():
            assert lock.locked()
            AccessVersion.objects.update(value=F("value") + 1)
            if way == "rollback":
                transaction.set_rollback(True)
            if way == "close":
                connection.close()
            if way == "broken":
                raise ValueError
    except (ValueError, transaction.TransactionManagementError):
        assert way in ("broken", "close")
    assert not lock.locked()


def test_two_processes_hold_it_in_turn(tmp_path: Path) -> None:
    """Each adds one to a number in a file, reading and writing apart: without the lock they would lose some."""
    number = tmp_path / "number"
    number.write_text("0")
    add = (
        "import sys; from pathlib import Path; from mulian.core.database.base import WriteLock\n"
        "lock, number = WriteLock(Path(sys.argv[1] + '.lock')), Path(sys.argv[1])\n"
        "for _ in range(300):\n"
        "    lock.acquire(); number.write_text(str(int(number.read_text()) + 1)); lock.release()"
    )
    adders = [subprocess.Popen([sys.executable, "-c", add, str(number)]) for _ in range(3)]
    assert [adder.wait(60) for adder in adders] == [0, 0, 0]
    assert number.read_text() == "900"


@pytest.mark.parametrize(
    ("code", "inside", "outside"),
    [
        ("632623", ["632623", "632623204", "632623204200G001"], ["632624", "63262", "6326"]),
        ("632623204", ["632623204", "632623204203C01G002"], ["632623205", "632623203999"]),
        ("632623204200G001", ["632623204200G001"], ["632623204200G002", "632623204200"]),
    ],
)
def test_a_prefix_is_a_range(code: str, inside: list[str], outside: list[str]) -> None:
    low, high = prefix_range(code)
    assert all(low <= one < high for one in inside)
    assert not any(low <= one < high for one in outside)
