"""Makes commands durable. Many requests share one commit; the answer waits for it, not for any lock."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Sequence
from concurrent.futures import Future
from time import monotonic, sleep
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connections, transaction
from msgspec.structs import astuple, replace

from mulian.core.access import version
from mulian.core.database.quick import fetch, json_value, key, slots, uuid
from mulian.core.database.rows import IGNORE, insert_values
from mulian.core.events.queries import head
from mulian.core.sync.accepting import Row
from mulian.core.sync.models import Command
from mulian.core.sync.turns import Standing, Turn, open_turn
from mulian.kernel.ids import uuid7
from mulian.kernel.problems import Problem

SHARE = 500
QUEUE = 2000
BUSY = 100
"""Commands a second from which a commit waits for company: most of what a commit costs does not grow with it."""
GATHER_SECONDS = 0.01
COMPANY = 8
"""So many turns are company enough."""
log = logging.getLogger(__name__)


Entry = tuple[Turn, "Future[None]"]


class Writer:
    """One thread that takes the turns of all requests and commits their commands together.

    It also recognises their phones and looks up where the feed is, once for all of them: a request's own thread
    then touches no database, and each such touch would cost it the interpreter (ADR 0024).
    """

    def __init__(self) -> None:
        self._queue: queue.Queue[Entry | None] = queue.Queue(QUEUE)
        self._thread: threading.Thread | None = None
        self._start = threading.Lock()
        self._second, self._taken, self._last = 0, 0, 0

    def pace(self) -> int:
        """Commands taken in within this second or the one before."""
        return max(self._taken, self._last) if monotonic() - self._second < 2 else 0

    def _count(self, rows: int) -> None:
        second = int(monotonic())
        if second != self._second:
            self._last = self._taken if second == self._second + 1 else 0
            self._second, self._taken = second, 0
        self._taken += rows

    def accept(self, turn: Turn, timeout: float = 20) -> None:
        """Returns once the turn's commands are on disk. Raises `overloaded` (503) when the queue is full."""
        self._ensure()
        future: Future[None] = Future()
        try:
            self._queue.put_nowait((turn, future))
        except queue.Full as error:
            raise Problem("overloaded") from error
        try:
            future.result(timeout)
        except TimeoutError as error:
            raise Problem("overloaded") from error

    def stop(self) -> None:
        """Ends the thread after what is queued (tests and a clean shutdown)."""
        if self._thread is not None:
            self._queue.put(None)
            self._thread.join()
            self._thread = None

    def _ensure(self) -> None:
        if self._thread is not None and self._thread.is_alive():
            return
        with self._start:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="intake", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        try:
            while (first := self._queue.get()) is not None:
                if self.pace() > BUSY and self._queue.qsize() < COMPANY:
                    sleep(GATHER_SECONDS)
                batch, last = self._drain(first)
                close_old_connections()
                _commit(_opened(batch))
                self._count(sum(len(turn.arrivals) for turn, _ in batch))
                if last:
                    return
        finally:
            connections.close_all()

    def _drain(self, first: Entry) -> tuple[list[Entry], bool]:
        batch, rows = [first], len(first[0].request.commands)
        while rows < SHARE:
            try:
                more = self._queue.get_nowait()
            except queue.Empty:
                return batch, False
            if more is None:
                return batch, True
            batch.append(more)
            rows += len(more[0].request.commands)
        return batch, False


def _opened(batch: list[Entry]) -> list[Entry]:
    """Those whose phone is known and within its limits; the others hear why not."""
    found = []
    try:
        access_version = version.current()
    except Exception as error:
        _refuse(batch, error)
        return []
    for turn, future in batch:
        try:
            open_turn(turn, access_version)
        except Exception as error:
            _refuse([(turn, future)], error)
        else:
            found.append((turn, future))
    return found


def _commit(batch: list[Entry]) -> None:
    """One commit for all; when it fails, one by one, so that a bad row hurts only its own request."""
    if not batch:
        return
    try:
        standings = store([arrival.row for turn, _ in batch for arrival in turn.arrivals])
        feed = head()
    except Exception as error:
        if len(batch) == 1:
            _refuse(batch, error)
            return
        for one in batch:
            _commit([one])
        return
    for turn, future in batch:
        turn.standings, turn.head = [standings[arrival.row.id] for arrival in turn.arrivals], feed
        future.set_result(None)


def _refuse(batch: list[Entry], error: Exception) -> None:
    problem = as_problem(error)
    for _, future in batch:
        future.set_exception(problem)


def store(rows: Sequence[Row]) -> dict[UUID, Standing]:
    """Inserts rows whose id is new and tells how every id stands. The primary key makes twice once."""
    with transaction.atomic(using=settings.INTAKE):
        if _insert(rows) == len(rows):
            return {row.id: Standing(row.id, row.device, row.state, row.code, {}) for row in rows}
        standings = standing([row.id for row in rows])
        taken = [row for row in rows if standings[row.id].device != row.device]
        _insert([_quarantined(row) for row in taken])
    refused = {row.id: Standing(row.id, row.device, Command.State.REFUSED, "sync.taken", {}) for row in taken}
    return standings | refused


def _insert(rows: Sequence[Row]) -> int:
    names = Row.__struct_fields__
    return insert_values(Command, names, map(astuple, rows), ending=IGNORE, using=settings.INTAKE)


def standing(ids: Sequence[UUID]) -> dict[UUID, Standing]:
    """How commands stand in the intake."""
    alias = settings.INTAKE
    statement = "SELECT id, device, state, code, refs FROM sync_command WHERE id IN " + slots(len(ids))
    found = fetch(statement, [key(id, using=alias) for id in ids], using=alias)
    rows = [(uuid(row[0]), uuid(row[1]), row[2], row[3], json_value(row[4])) for row in found]
    return {row[0]: Standing(*row) for row in rows}


def _quarantined(row: Row) -> Row:
    """Bytes of a command whose id belongs to another phone are kept too, under an id of our own."""
    refused = {"id": uuid7(), "state": Command.State.REFUSED.value, "code": "sync.taken"}
    return replace(row, **refused, carrier=None, after=[], urgent=False, decided_at=row.received_at)


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
