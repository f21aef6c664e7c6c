"""Writers queue for SQLite in the process; on both databases no write is lost and none fails as locked."""

from __future__ import annotations

import threading

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
