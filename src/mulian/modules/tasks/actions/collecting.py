"""What an office wants asked again of families becomes a task of their liaisons, in that office's name."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import UUID

from mulian.core.access import actors
from mulian.core.events.models import Event
from mulian.kernel.clock import CN
from mulian.kernel.problems import Problem
from mulian.modules.tasks.actions.issuing import issue
from mulian.modules.tasks.domain.asking import Asks
from mulian.modules.tasks.domain.following import Aim
from mulian.modules.tasks.domain.refusals import NOBODY


def collect(event: Event, *, now: datetime) -> None:
    """Handler of `households.collection_wanted`; the event's id is the task's, so twice is once.

    Where nobody serves any of the families there is nobody to ask: the list of what is stale says so.
    """
    actor = actors.actor_of(event.actor, now)
    if actor is None:
        return
    last = datetime.combine(date.fromisoformat(event.data["due"]) + timedelta(days=1), time.min, CN)
    try:
        issue(
            id=event.id, title=event.data["title"], area=event.data["area"], due=max(last, now + timedelta(days=1)),
            asks=Asks.DONE, aim=Aim.HOUSEHOLDS, households=[UUID(id) for id in event.data["households"]],
            other_title=event.data.get("other_title", ""), actor=actor, at=now,
        )  # fmt: skip
    except Problem as problem:
        if problem.code != NOBODY:
            raise
