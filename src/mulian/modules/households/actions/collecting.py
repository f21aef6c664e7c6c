"""Wants what is stale asked again: said once, and whoever gives out work makes a task of it."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from mulian.core.access import scope
from mulian.core.areas.events import area_subject
from mulian.core.events.log import append
from mulian.kernel.actor import Actor
from mulian.kernel.clock import CN
from mulian.kernel.problems import Problem, register
from mulian.kernel.text import language_of
from mulian.modules.households.events import CollectionWanted
from mulian.modules.households.permissions import Permission
from mulian.modules.households.queries import whereabouts
from mulian.modules.households.queries.freshness import turns

TITLE_LENGTH, OTHER_LENGTH = 120, 360
register("households.nothing_stale", 422, "Nothing is stale here.", "Come again when something is.")
register(
    "households.collect_words", 422, "Both lines are in one language.", "Write it once in each language."
)
register("households.collect_by", 422, "The day is not right.", "Choose a day after today.")


@transaction.atomic
def want_collection(
    *, area: str, title: str, due: date, actor: Actor, at: datetime, other_title: str = ""
) -> int:
    """Asks for the families of a village or grid area with something stale that the liaison there keeps; how many.

    Raises `not_found` outside the actor's duty, `households.nothing_stale`, `households.collect_by`,
    `households.collect_words` (`other_title` is not the other language).
    """
    scope.require_area(actor, Permission.ASSIGN, area)
    if due <= at.astimezone(CN).date() or not title.strip():
        raise Problem("households.collect_by")
    if other_title.strip() and language_of(other_title) in ("", language_of(title)):
        raise Problem("households.collect_words")
    waiting = [t.household.id for t in turns(actor, at, area) if t.fresh.residing or not t.fresh.known]
    places = whereabouts(waiting, at)
    here = [id for id in waiting if (places[id].residing or "").startswith(area)]
    if not here:
        raise Problem("households.nothing_stale")
    wanted = CollectionWanted(
        subject_id=area_subject(area),
        area=area,
        title=title.strip()[:TITLE_LENGTH],
        due=due.isoformat(),
        households=[str(id) for id in here],
        other_title=other_title.strip()[:OTHER_LENGTH],
    )
    append(wanted, actor=actor, at=at, areas=[area])
    return len(here)
