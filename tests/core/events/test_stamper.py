"""Positions are given after commit: no reader misses a row, whoever commits late."""

from __future__ import annotations

import random
import threading

import pytest
from django.db import connection, connections, transaction

from mulian.core.database import batch
from mulian.core.events import log, queries, stamper
from mulian.core.events.models import Event, FeedKey, Head
from mulian.kernel.actor import SYSTEM
from mulian.kernel.ids import uuid7
from tests.core.events.happenings import NOW, Happened, happen

pytestmark = pytest.mark.django_db(databases="__all__")


def test_stamp_numbers_in_order_without_gaps() -> None:
    ids = [happen(n) for n in range(7)]
    assert stamper.stamp(NOW) == 7
    rows = list(Event.objects.order_by("pos").values_list("id", "pos"))
    assert rows == [(id, n) for n, id in enumerate(ids, start=1)]
    assert queries.tip() == 7
    assert stamper.stamp(NOW) == 0


def test_stamp_writes_a_feed_row_for_every_key() -> None:
    happen(feeds=("area:63", "person:x"), rev=4, fields=["phone"])
    stamper.stamp(NOW)
    keys = list(FeedKey.objects.order_by("key").values_list("key", "pos", "rev", "fields"))
    assert keys == [("area:63", 1, 4, ["phone"]), ("person:x", 1, 4, ["phone"])]


def test_append_outside_a_transaction_is_refused(django_db_blocker: object) -> None:
    connection.in_atomic_block, before = False, connection.in_atomic_block
    try:
        with pytest.raises(RuntimeError, match="belongs in the transaction"):
            log.append(Happened(subject_id=uuid7(), number=1), actor=SYSTEM, at=NOW)
    finally:
        connection.in_atomic_block = before


def test_together_drops_the_events_of_an_attempt_that_failed() -> None:
    with transaction.atomic(), batch.together():
        log.append(Happened(subject_id=uuid7(), number=1), actor=SYSTEM, at=NOW)
        with pytest.raises(ValueError, match="no"), batch.attempt():
            log.append(Happened(subject_id=uuid7(), number=2), actor=SYSTEM, at=NOW)
            raise ValueError("no")
        log.append(Happened(subject_id=uuid7(), number=3), actor=SYSTEM, at=NOW)
    assert [row.data["number"] for row in Event.objects.order_by("id")] == [1, 3]


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_no_reader_misses_a_row_under_concurrent_writers() -> None:
    """Eight writers hold transactions open for different times; readers follow positions while they write."""
    written: list[str] = []
    seen: list[int] = []
    done = threading.Event()

    def write(seed: int) -> None:
        pace = random.Random(seed)
        for n in range(12):
            with transaction.atomic():
                event = Happened(subject_id=uuid7(), number=n)
                written.append(str(log.append(event, actor=SYSTEM, at=NOW, feeds=["area:63"])))
                done.wait(pace.random() / 500)
        connections.close_all()

    def read() -> None:
        at = 0
        while not (done.is_set() and at == queries.tip()):
            stamper.stamp(NOW)
            rows = queries.news(["area:63"], at, queries.tip(), 1000)
            seen.extend(row.pos for row in rows)
            at = rows[-1].pos if rows else at
        connections.close_all()

    writers = [threading.Thread(target=write, args=(n,)) for n in range(8)]
    reader = threading.Thread(target=read)
    for thread in [*writers, reader]:
        thread.start()
    for thread in writers:
        thread.join()
    while Event.objects.filter(pos__isnull=True).exists():
        stamper.stamp(NOW)
    done.set()
    reader.join()
    assert seen == list(range(1, 97))
    assert len(set(written)) == 96
    assert Head.objects.get(id=1).pos == 96
