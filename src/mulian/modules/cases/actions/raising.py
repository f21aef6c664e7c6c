"""Raises a mass event when several reports tell of one thing, links later ones to it, and lets it end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from mulian.core.access import scope
from mulian.core.events.log import append
from mulian.core.events.models import Event as LogRow
from mulian.core.notify.actions import tell
from mulian.kernel.actor import SYSTEM, Actor, Role
from mulian.kernel.ids import uuid7
from mulian.kernel.problems import Problem
from mulian.modules.cases.actions import opening
from mulian.modules.cases.domain import mass as rule
from mulian.modules.cases.domain.mass import Sighting
from mulian.modules.cases.domain.staffing import county_of
from mulian.modules.cases.events import MassEventEnded, MassEventGrew, MassEventRaised, MassEventSeen
from mulian.modules.cases.models import MassEvent, MassReport
from mulian.modules.cases.permissions import Permission
from mulian.modules.cases.queries import ground, mass
from mulian.modules.cases.queries.rules import rules

KIND = "mass_event"


@transaction.atomic
def watch(events: Sequence[LogRow], *, now: datetime) -> None:
    """Handler of reports, topics and places: each case joins an open event, or completes a new one."""
    measure, seen = rules().joint.mass, _Seen()
    for fresh in mass.uncounted(event.subject_id for event in events):
        if fresh.id in seen.linked:
            continue
        if (known := seen.event_for(fresh, measure)) is not None:
            known.fresh.append(fresh)
            continue
        around = [each for each in mass.around(fresh, measure) if each.id not in seen.linked]
        if not (found := rule.gathered(fresh, around, measure)):
            continue
        if (known := seen.under(found)) is not None:
            known.fresh += found
        else:
            seen.add(_raise(found, now), found)
    for known in seen.grown():
        _link(known.row, known.fresh, now)
        grew = MassEventGrew(subject_id=known.row.id, cases=[str(each.id) for each in known.fresh])
        append(grew, actor=SYSTEM, at=now, areas=[known.row.area_id])


@dataclass
class _Known:
    """An open event with reports it is known by, and those that join it now."""

    row: MassEvent
    held: list[Sighting]
    fresh: list[Sighting] = field(default_factory=list)


@dataclass
class _Seen:
    """Open events by their matter, asked for once however many reports are watched together."""

    known: dict[tuple[str, bool], list[_Known]] = field(default_factory=dict)
    linked: set[UUID] = field(default_factory=set)

    def event_for(self, fresh: Sighting, measure: rule.Mass) -> _Known | None:
        """An open event one of whose reports belongs with this one; it joins it."""
        matter = fresh.matter, fresh.hazard
        if matter not in self.known:
            self.known[matter] = [_Known(row, held) for row, held in mass.open_about(*matter)]
        for known in self.known[matter]:
            if any(rule.belong(fresh, each, measure) for each in reversed(known.held)):
                known.held.append(fresh)
                self.linked.add(fresh.id)
                return known
        return None

    def under(self, found: tuple[Sighting, ...]) -> _Known | None:
        """The open event of this matter that their township has already, though at another end; they join it."""
        first, area = found[0], rule.township(found)
        known = next((k for k in self.known[first.matter, first.hazard] if k.row.area_id == area), None)
        if known is not None:
            known.held += found
            self.linked |= {each.id for each in found}
        return known

    def add(self, row: MassEvent, found: Iterable[Sighting]) -> None:
        held = list(found)
        self.known[row.matter, row.hazard].append(_Known(row, held))
        self.linked |= {each.id for each in held}

    def grown(self) -> list[_Known]:
        return [each for known in self.known.values() for each in known if each.fresh]


def _raise(found: tuple[Sighting, ...], now: datetime) -> MassEvent:
    """The unique row of matter and township is the last guard against two workers at once."""
    first = found[0]
    row = MassEvent.objects.create(
        id=uuid7(now),
        matter=first.matter,
        hazard=first.hazard,
        area_id=rule.township(found),
        first_at=first.at,
        last_at=max(each.at for each in found),
        raised_at=now,
    )
    _link(row, found, now)
    points = [each.point for each in found if each.point]
    event = MassEventRaised(
        subject_id=row.id,
        matter=row.matter,
        hazard=row.hazard,
        area=row.area_id,
        cases=[str(each.id) for each in found],
        lat=sum(p.lat for p in points) / len(points) if points else None,
        lon=sum(p.lon for p in points) / len(points) if points else None,
    )
    append(event, actor=SYSTEM, at=now, areas=[row.area_id])
    _alarm(row, len(found), now)
    return row


def _link(row: MassEvent, found: Iterable[Sighting], now: datetime) -> None:
    listed = list(found)
    MassReport.objects.bulk_create(MassReport(event=row, case_id=each.id, linked_at=now) for each in listed)
    row.first_at = min([row.first_at, *(each.at for each in listed)])
    row.last_at = max([row.last_at, *(each.at for each in listed)])
    row.save()


def _alarm(row: MassEvent, reports: int, now: datetime) -> None:
    """Once, to the county centre's officers; nobody else is woken by a count."""
    county = county_of(row.area_id)
    officers = ground.roster(now).officers
    tell(
        persons=[o.person for o in officers if o.role is Role.COUNTY_DUTY and o.area == county],
        kind="cases.mass",
        title="%(reports)s reports of one thing: look at the duty board",
        params={"reports": reports},
        link=f"/duty/mass/{row.id}/",
        subject_kind=KIND,
        subject_id=row.id,
        urgent=row.hazard,
        key=f"mass:{row.id}",
        at=now,
    )


@transaction.atomic
def mark_seen(*, event: UUID, actor: Actor, at: datetime) -> MassEvent:
    """An officer looks after it; the board's alarm stops. Raises `not_found` outside the actor's areas."""
    scope.require_any(actor, Permission.DUTY)
    row = mass.event(event, actor)
    if row is None:
        raise Problem("not_found")
    if row.seen_at is None:
        row.seen_at, row.seen_by_id = at, opening.named(actor)
        row.save()
        append(MassEventSeen(subject_id=row.id), actor=actor, at=at, areas=[row.area_id])
    return row


def sweep_mass(now: datetime) -> int:
    """Ends events of which nothing more was heard; their cases go on."""
    measure = rules().joint.mass
    rows = MassEvent.objects.filter(ended_at__isnull=True, last_at__lt=now - timedelta(hours=measure.hours))
    done = 0
    for id in list(rows.values_list("id", flat=True)):
        with transaction.atomic():
            row = MassEvent.objects.select_for_update().get(id=id)
            if row.ended_at is None and rule.over(row.last_at, now, measure):
                row.ended_at = now
                row.save()
                append(MassEventEnded(subject_id=row.id), actor=SYSTEM, at=now, areas=[row.area_id])
                done += 1
    return done
