"""The log shows every tampering a chain can show; erasure by law leaves it whole (guarantee G15)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction

from mulian.core.events import chain, stamper
from mulian.core.events.models import Event, EventPrivate, Head
from tests import guard
from tests.core.events.happenings import NOW, happen

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")


def five() -> None:
    for n in range(5):
        happen(n, phone=f"1380000000{n}")
    stamper.stamp(NOW)


def tamper(statement: str) -> None:
    """Writes past the guard, as somebody with the database's own password would."""
    guard.lift()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE events_event DISABLE TRIGGER USER")
        cursor.execute(statement)
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE events_event ENABLE TRIGGER USER")


def test_g15_an_untouched_log_verifies() -> None:
    five()
    assert chain.verify() is None


@pytest.mark.parametrize(
    ("statement", "pos"),
    [
        ("UPDATE events_event SET name='tests.other' WHERE pos=3", 3),
        ("UPDATE events_event SET data='{\"number\": 9}' WHERE pos=1", 1),
        ("UPDATE events_event SET actor='00000000000000000000000000000009' WHERE pos=2", 2),
        ("UPDATE events_event SET chain='00' WHERE pos=4", 4),
        ("UPDATE events_event SET pos=99 WHERE pos=3", 3),
        ("UPDATE events_head SET pos=4", 6),
    ],
)
def test_g15_a_changed_row_breaks_the_chain_there(statement: str, pos: int) -> None:
    five()
    tamper(statement)
    found = chain.verify()
    assert found is not None
    assert found.pos == pos


def test_g15_a_cut_tail_is_seen_by_the_head() -> None:
    five()
    tamper("DELETE FROM events_eventprivate WHERE event_id IN (SELECT id FROM events_event WHERE pos=5)")
    tamper("DELETE FROM events_event WHERE pos=5")
    assert chain.verify() == chain.Break(5, "tail missing")


def test_g15_swapped_rows_break_the_chain() -> None:
    five()
    tamper("UPDATE events_event SET pos=-1 WHERE pos=2")
    tamper("UPDATE events_event SET pos=2 WHERE pos=3")
    tamper("UPDATE events_event SET pos=3 WHERE pos=-1")
    found = chain.verify()
    assert found is not None
    assert found.pos == 2


def test_g15_erasing_personal_values_keeps_the_chain_whole() -> None:
    five()
    event = Event.objects.get(pos=2)
    assert EventPrivate.objects.get(event=event).values == {"phone": "13800000001"}
    chain.erase(event.id)
    assert chain.verify() is None
    assert not EventPrivate.objects.filter(event=event).exists()


def test_g15_changed_personal_values_are_seen() -> None:
    five()
    EventPrivate.objects.filter(event__pos=2).update(values={"phone": "0"})
    assert chain.verify() == chain.Break(2, "private values changed")


@pytest.mark.parametrize(
    "change",
    [
        lambda: Event.objects.filter(pos=2).update(name="x"),
        lambda: Event.objects.filter(pos=2).update(pos=None),
        lambda: Event.objects.filter(pos=2).delete(),
    ],
)
def test_g15_the_database_refuses_to_change_the_log(change: Callable[[], object]) -> None:
    five()
    EventPrivate.objects.all().delete()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        change()
    assert Head.objects.get(id=1).pos == 5
    assert chain.verify() is None
