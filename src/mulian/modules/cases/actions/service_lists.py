"""A department begins a service list for one purpose, reads it (each time on record), and ends it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from mulian.core.access import scope
from mulian.core.areas.codes import within
from mulian.core.areas.models import Unit
from mulian.core.database.rows import insert
from mulian.core.events import feeds
from mulian.core.events.log import append
from mulian.core.events.retention import forgotten
from mulian.kernel.actor import SYSTEM, Actor
from mulian.kernel.clock import CN
from mulian.kernel.ids import uuid7
from mulian.kernel.problems import Problem
from mulian.modules.cases.domain import purposes as rule
from mulian.modules.cases.domain.purposes import Line
from mulian.modules.cases.events import ListEnded, ListMade, ListRead
from mulian.modules.cases.models import ListedFamily, ServiceList
from mulian.modules.cases.permissions import Permission
from mulian.modules.cases.queries import service_lists
from mulian.modules.cases.queries.rules import rules
from mulian.modules.cases.queries.service_lists import ListView
from mulian.modules.households import public as households

Family = tuple[UUID, UUID | None]
BATCH = 50


@transaction.atomic
def make_list(
    *, id: UUID, purpose: str, area: str, until: date, actor: Actor, at: datetime, text: str = "",
    lines: str = "", fact: str = "", said: bool = False,
) -> ServiceList:  # fmt: skip
    """Of families inside the actor's area: written as numbers, or chosen by one plain fact of the register.

    Its liaisons get their own families as things to do. Raises `cases.no_purpose`, `cases.refused_purpose`,
    `cases.list_days`, `cases.list_where`, `cases.list_fact`, `cases.list_unknown`, `cases.list_empty`,
    `cases.list_too_long`. The same id again answers the list it made.
    """
    unit = owning_unit(actor, area)
    known = ServiceList.unscoped.because("the same form sent twice").filter(id=id).first()
    if known is not None:
        return _again(known, actor)
    today = at.astimezone(CN).date()
    wanted = rule.check(rules().purposes, purpose, unit=unit.code, until=until, today=today, text=text)
    families = _chosen(wanted, fact, said, area, at) if fact else _written(lines, area, at)
    made = ServiceList.unscoped.create(
        id=id, purpose=wanted.code, unit=unit, area_id=area, text=text.strip()[: rule.TEXT_MOST], fact=fact,
        said=said if fact else None, made_by_id=actor.person, made_at=at, until=_end_of(until),
    )  # fmt: skip
    insert([ListedFamily(id=uuid7(at), list=made, household=home, member=who) for home, who in families])
    event = ListMade(
        subject_id=id, purpose=wanted.code, unit=unit.code, area=area, families=len(families), fact=fact,
        until=made.until.isoformat(),
    )  # fmt: skip
    append(event, actor=actor, at=at, areas=[area], feeds=told(families, at))
    return made


def owning_unit(actor: Actor, area: str) -> Unit:
    """The department under whose duty the actor keeps a list there. Raises `forbidden`, `cases.list_where`."""
    scope.require_any(actor, Permission.LISTS)
    held = [p.unit for p in scope.granting(actor, Permission.LISTS) if p.unit and within(area, p.area)]
    if not held:
        raise Problem(rule.LIST_WHERE)
    return Unit.objects.get(id=held[0])


def _again(known: ServiceList, actor: Actor) -> ServiceList:
    if known.made_by_id != actor.person:
        raise Problem("not_found")
    return known


def _end_of(day: date) -> datetime:
    """The midnight after the day, in the county."""
    return datetime.combine(day + timedelta(days=1), time(), CN).astimezone(UTC)


def _chosen(purpose: rule.Purpose, fact: str, said: bool, area: str, at: datetime) -> list[Family]:
    if fact not in purpose.facts:
        raise Problem(rule.LIST_FACT)
    found = households.listed.with_fact(fact, area, at, yes=said, most=rule.LIST_MOST)
    return _counted(found)


def _written(text: str, area: str, at: datetime) -> list[Family]:
    found = rule.lines(text)
    homes = households.listed.numbered([line.number for line in found], area, at)
    members = households.listed.members_named(homes.values())
    return _counted([_family(line, homes, members) for line in found])


def _family(line: Line, homes: dict[str, UUID], members: dict[tuple[UUID, str], UUID]) -> Family:
    home = homes.get(line.number)
    if home is None or (line.member and (home, line.member) not in members):
        raise Problem(rule.LIST_UNKNOWN, line=line.at)
    return home, members[home, line.member] if line.member else None


def _counted(found: Iterable[Family]) -> list[Family]:
    families = list(dict.fromkeys(found))
    if not families:
        raise Problem(rule.LIST_EMPTY)
    if len(families) > rule.LIST_MOST:
        raise Problem(rule.LIST_TOO_LONG)
    return families


def told(families: Iterable[Family], at: datetime) -> list[str]:
    """The phones of the families' liaisons."""
    people = households.listed.serving([home for home, _ in families], at)
    return [feeds.of_person(person) for person in sorted(people, key=str)]


@transaction.atomic
def read_list(*, id: UUID, actor: Actor, at: datetime, language: str) -> ListView:
    """The list as its department reads it; that it was read, by whom and for what, stands in the log.

    Raises `not_found` for everybody else, `cases.list_over` after its day.
    """
    row = own_list(id, actor)
    if row.swept_at is not None or row.until <= at:
        raise Problem(service_lists.LIST_OVER)
    view = service_lists.view(row, at, language)
    event = ListRead(subject_id=row.id, purpose=row.purpose, families=len(view.families))
    append(event, actor=actor, at=at, areas=[row.area_id])
    listed = ListedFamily.unscoped.because("the department's own list").filter(list=row)
    households.note_reading(
        households=households.listed.usable(listed.values_list("household", flat=True), at),
        way=households.Way.LIST,
        actor=actor,
        at=at,
        why=view.title,
    )
    return view


def own_list(id: UUID, actor: Actor) -> ServiceList:
    """A list of the actor's department, locked. Raises `forbidden`, `not_found`."""
    scope.require_any(actor, Permission.LISTS)
    found = service_lists.owned(actor).select_for_update(of=("self",)).filter(id=id).first()
    if found is None:
        raise Problem("not_found")
    return found


@transaction.atomic
def end_list(*, id: UUID, actor: Actor, at: datetime) -> ServiceList:
    """It is not needed any more: its families are taken out at once; twice is once."""
    row = own_list(id, actor)
    if row.swept_at is None:
        _sweep(row, actor, at, because="person")
    return row


def lists_due(now: datetime) -> QuerySet[ServiceList]:
    """Lists whose day is over and whose families are still there."""
    return ServiceList.unscoped.because("its day is over").filter(until__lte=now, swept_at__isnull=True)


def sweep_lists(now: datetime) -> int:
    """Takes the families out of lists whose day is over; how many lists there were."""
    ids = list(lists_due(now).order_by("until").values_list("id", flat=True)[:BATCH])
    return sum(_end(id, now) for id in ids)


@transaction.atomic
def _end(id: UUID, now: datetime) -> int:
    rows = ServiceList.unscoped.because("its day is over").select_for_update()
    row = rows.filter(id=id, swept_at__isnull=True).first()
    if row is None:
        return 0
    _sweep(row, SYSTEM, now, because="over")
    forgotten(rule="cases.lists", count=1, until=now, at=now)
    return 1


def _sweep(row: ServiceList, actor: Actor, at: datetime, *, because: str) -> None:
    """Figures stay, families go; the phones let go of them."""
    families = ListedFamily.unscoped.because("they are taken out").filter(list=row)
    held = list(families.values_list("household", "member", "mark"))
    row.totals = {mark.value: n for mark, n in rule.counted(mark for *_, mark in held).items()}
    row.ended_at, row.swept_at = min(at, row.until), at
    row.rev += 1
    row.save()
    keys = told([(home, who) for home, who, _ in held], at)
    families.delete()
    event = ListEnded(subject_id=row.id, purpose=row.purpose, totals=row.totals, because=because)
    append(event, actor=actor, at=at, areas=[row.area_id], feeds=keys)
