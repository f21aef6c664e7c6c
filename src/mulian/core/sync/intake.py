"""Makes commands durable. Many requests share one commit; the answer waits for it, not for any lock."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, connections, transaction

from mulian.core.database.quick import fetch, json_value, key, slots, uuid
from mulian.core.database.rows import insert_new
from mulian.core.sync.models import Command
from mulian.kernel.ids import uuid7
from mulian.kernel.problems import Problem

SHARE = 500
QUEUE = 2000
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Standing:
    """What the intake knows of one id after the commit."""

    id: UUID
    device: UUID
    state: str
    code: str
    refs: dict[str, str]


class Writer:
    """One thread that takes rows from all requests and commits them together."""

    def __init__(self) -> None:
        self._queue: queue.Queue[tuple[Sequence[Command], Future[list[Standing]]] | None] = queue.Queue(QUEUE)
        self._thread: threading.Thread | None = None
        self._start = threading.Lock()

    def accept(self, rows: Sequence[Command], timeout: float = 20) -> list[Standing]:
        """Returns once the rows are on disk. Raises `overloaded` (503) when the queue is full."""
        if not rows:
            return []
        self._ensure()
        future: Future[list[Standing]] = Future()
        try:
            self._queue.put_nowait((rows, future))
        except queue.Full as error:
            raise Problem("overloaded") from error
        try:
            return future.result(timeout)
        except TimeoutError as error:
            raise Problem("overloaded") from error

    def stop(self) -> None:
        """Ends the thread after what is queued (tests and a clean shutdown)."""
        if self._thread is not None:
            self._queue.put(None)
            self._thread.join()
            self._thread = None

    def _ensure(self) -> None:
        with self._start:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="intake", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        try:
            while (first := self._queue.get()) is not None:
                batch, last = self._drain(first)
                _commit(batch)
                if last:
                    return
        finally:
            connections.close_all()

    def _drain(
        self, first: tuple[Sequence[Command], Future[list[Standing]]]
    ) -> tuple[list[tuple[Sequence[Command], Future[list[Standing]]]], bool]:
        batch, rows = [first], len(first[0])
        while rows < SHARE:
            try:
                more = self._queue.get_nowait()
            except queue.Empty:
                return batch, False
            if more is None:
                return batch, True
            batch.append(more)
            rows += len(more[0])
        return batch, False


def _commit(batch: list[tuple[Sequence[Command], Future[list[Standing]]]]) -> None:
    """One commit for all; when it fails, one by one, so that a bad row hurts only its own request."""
    try:
        standings = store([row for rows, _ in batch for row in rows])
    except Exception as error:
        if len(batch) > 1:
            for one in batch:
                _commit([one])
            return
        batch[0][1].set_exception(as_problem(error))
        return
    for rows, future in batch:
        future.set_result([standings[row.id] for row in rows])


def store(rows: Sequence[Command]) -> dict[UUID, Standing]:
    """Inserts rows whose id is new and tells how every id stands. The primary key makes twice once."""
    with transaction.atomic(using=settings.INTAKE):
        insert_new(rows, using=settings.INTAKE)
        standings = standing([row.id for row in rows])
        taken = [row for row in rows if standings[row.id].device != row.device]
        insert_new([_quarantined(row) for row in taken], using=settings.INTAKE)
    refused = {row.id: Standing(row.id, row.device, Command.State.REFUSED, "sync.taken", {}) for row in taken}
    return standings | refused


def standing(ids: Sequence[UUID]) -> dict[UUID, Standing]:
    """How commands stand in the intake."""
    alias = settings.INTAKE
    statement = "SELECT id, device, state, code, refs FROM sync_command WHERE id IN " + slots(len(ids))
    found = fetch(statement, [key(id, using=alias) for id in ids], using=alias)
    rows = [(uuid(row[0]), uuid(row[1]), row[2], row[3], json_value(row[4])) for row in found]
    return {row[0]: Standing(*row) for row in rows}


def _quarantined(row: Command) -> Command:
    """Bytes of a command whose id belongs to another phone are kept too, under an id of our own."""
    return Command(
        id=uuid7(),
        device=row.device,
        person=row.person,
        seq=row.seq,
        kind=row.kind,
        v=row.v,
        raw=row.raw,
        received_at=row.received_at,
        state=Command.State.REFUSED,
        code="sync.taken",
        decided_at=row.received_at,
    )


def as_problem(error: Exception) -> Problem:
    """A full disk is 507, a busy database 503; nothing was acknowledged in either case."""
    text = str(error).lower()
    if isinstance(error, Problem):
        return error
    if "disk is full" in text or "no space left" in text or "disk i/o" in text or "could not extend" in text:
        return Problem("disk_full")
    if isinstance(error, DatabaseError):
        log.error("intake failed", exc_info=error)
        return Problem("overloaded")
    log.exception("intake failed", exc_info=error)
    return Problem("server_error")


WRITER = Writer()
