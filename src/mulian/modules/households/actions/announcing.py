"""What every change of a household ends with: a new revision, and one event to both chains and their phones."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from mulian.core.events.log import append
from mulian.kernel.actor import Actor
from mulian.kernel.clock import CN
from mulian.kernel.event import Event
from mulian.modules.households.actions.placements import places_now, reader_feeds, village_codes
from mulian.modules.households.events import HouseholdChanged
from mulian.modules.households.models import Household

RENDERED = {"name_bo": "name"}
"""Fields phones know under another name."""


def announce_change(
    row: Household,
    what: Iterable[str],
    *,
    actor: Actor,
    at: datetime,
    written: datetime | None = None,
    event: Event | None = None,
) -> int:
    """Saves the row under its next revision and tells what changed, by name and never by value.

    `event`: what happened, where that says more than that something changed.
    """
    changed = sorted(set(what))
    row.rev += 1
    row.save()
    places = both_chains(row.id, at, written)
    append(
        event or HouseholdChanged(subject_id=row.id, what=changed),
        actor=actor,
        at=at,
        occurred=written,
        areas=village_codes(places),
        feeds=reader_feeds(places),
        rev=row.rev,
        fields={RENDERED.get(name, name) for name in changed},
    )
    return row.rev


def both_chains(household: UUID, at: datetime, written: datetime | None) -> set[str]:
    """Where the household counts now, and where it did when this was written: both liaisons learn of it."""
    then = places_now(household, written) if written and written != at else {}
    return {*places_now(household, at).values(), *then.values()}


def tell_readers(row: Household, event: Event, actor: Actor, at: datetime) -> None:
    """One event to the villages and the phones of where the household counts; phones take it whole or let it go."""
    places = places_now(row.id, at).values()
    append(event, actor=actor, at=at, areas=village_codes(places), feeds=reader_feeds(places))


def day_named(moment: datetime) -> str:
    """The day in the county, as events and phones write it."""
    return moment.astimezone(CN).date().isoformat()
