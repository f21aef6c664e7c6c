"""Events and handlers that exist only for the tests of the log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from mulian.core.events import log
from mulian.core.events.models import Event as Row
from mulian.core.registry import Handler, Module, Timer
from mulian.kernel.actor import SYSTEM
from mulian.kernel.event import Event
from mulian.kernel.ids import uuid7

NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
handled: list[UUID] = []
calls: list[list[int]] = []
swept: list[datetime] = []


@dataclass(frozen=True, kw_only=True)
class Happened(Event):
    """Something with a plain and a personal value."""

    name = "tests.happened"
    subject_kind = "test"
    personal = frozenset({"phone"})
    number: int
    phone: str = ""


def happen(number: int = 1, phone: str = "", feeds: tuple[str, ...] = ("area:63",), **more: Any) -> UUID:
    with transaction.atomic():
        event = Happened(subject_id=uuid7(), number=number, phone=phone)
        return log.append(event, actor=SYSTEM, at=NOW, feeds=feeds, **more)


def write_down(event: Row, *, now: datetime) -> None:
    """A handler that works."""
    handled.append(event.id)


def write_twice_as_much(event: Row, *, now: datetime) -> None:
    """A handler whose effect is a row: an event caused by the event."""
    caused = Happened(subject_id=event.subject_id, number=event.data["number"] + 1000)
    log.append(caused, actor=SYSTEM, at=now, cause=event.id)


def choke(event: Row, *, now: datetime) -> None:
    """A handler that fails on even numbers, after having written something."""
    write_twice_as_much(event, now=now)
    if event.data["number"] % 2 == 0:
        raise ValueError("an even number")


def choke_together(events: Sequence[Row], *, now: datetime) -> None:
    """A handler of many events at once that fails when an even number is among them, after having written."""
    calls.append([event.data["number"] for event in events])
    for event in events:
        choke(event, now=now)


def sweep(now: datetime) -> int:
    swept.append(now)
    return 1


def sweep_badly(now: datetime) -> int:
    raise ValueError("31 February")


def module(*handle: str, timers: dict[str, str] | None = None) -> Module:
    here = "tests.core.events.happenings"
    return Module(
        name="tests",
        title="Tests",
        handlers=tuple(
            Handler(
                f"tests.{name}", ("tests.happened",), f"{here}.{name}", together=name.endswith("together")
            )
            for name in handle
        ),
        timers=tuple(
            Timer(name, f"{here}.{function}", timedelta(minutes=1))
            for name, function in (timers or {}).items()
        ),
    )
