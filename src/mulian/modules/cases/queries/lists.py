"""Lists of cases within the actor's scope: the inbox (what is due next first) and the newest first."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import F, Q, QuerySet

from mulian.core.database.vendor import Aside, begins, more_than
from mulian.core.search.index import MANY, holds
from mulian.kernel.actor import Actor
from mulian.kernel.problems import Problem
from mulian.modules.cases.domain.numbers import clean
from mulian.modules.cases.domain.states import OPEN, TAKEABLE, State
from mulian.modules.cases.models import Case
from mulian.modules.cases.permissions import Permission

LIMIT = 200
_SHOWN = (
    "responsible_unit", "responsible_person", "area",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Filter:
    """What a list shows. `mine`: I am the named person; `units`: one of these offices is responsible.

    `open_only` hides closed cases unless a state is asked for. No list is filtered by who reported.
    """

    states: tuple[str, ...] = ()
    area: str = ""
    topic: str = ""
    urgent: bool | None = None
    mine: bool = False
    units: tuple[UUID, ...] = ()
    text: str = ""
    overdue: bool = False
    open_only: bool = True


ALL = Filter(open_only=False)


@dataclass(frozen=True)
class Page:
    """Some cases and the cursor after them (None: no more)."""

    items: list[Case]
    next: str | None = field(default=None)


def inbox(
    actor: Actor, at: datetime, filter: Filter = Filter(), *, limit: int = 50, cursor: str | None = None
) -> Page:
    """Sorted by what is due next; cases without a running clock come last, newest first."""
    rows = selected(actor, at, filter)
    mark = _read(cursor, 2) if cursor else None
    due = rows.filter(next_due__isnull=False).order_by("next_due", "id")
    due = due.none() if set(filter.states) == {State.CLOSED} else due
    rest = rows.filter(next_due__isnull=True).order_by("-received_at", "-id")
    if mark and mark[0] == "r":
        return _page([], rest.filter(_before(mark)), limit)
    if mark:
        when, last = _moment(mark[0][1:]), UUID(mark[1])
        due = due.filter(Q(next_due__gt=when) | Q(next_due=when, id__gt=last))
    found = list(due.select_related(*_SHOWN)[: limit + 1])
    return _page(found, rest, limit)


def _page(found: list[Case], rest: QuerySet[Case], limit: int) -> Page:
    if len(found) <= limit:
        found += list(rest.select_related(*_SHOWN)[: limit + 1 - len(found)])
    if len(found) <= limit:
        return Page(found)
    last = found[limit - 1]
    return Page(found[:limit], _inbox_mark(last))


def _inbox_mark(case: Case) -> str:
    if case.next_due is not None:
        return _write(f"d{case.next_due.isoformat()}", str(case.id))
    return _write("r", f"{case.received_at.isoformat()}|{case.id}")


def _before(mark: list[str]) -> Q:
    when, _, last = mark[1].partition("|")
    return Q(received_at__lt=_moment(when)) | Q(received_at=_moment(when), id__lt=_uuid(last))


def newest(
    actor: Actor, at: datetime, filter: Filter = ALL, *, limit: int = 50, cursor: str | None = None
) -> Page:
    """Newest first by arrival; keyset paging, so a page costs the same however deep it lies."""
    rows = selected(actor, at, filter).order_by("-received_at", "-id")
    if cursor:
        when, last = _read(cursor, 2)
        moment, id = _moment(when), _uuid(last)
        rows = rows.filter(received_at__lte=moment).exclude(received_at=moment, id__gte=id)
    found = list(rows.select_related(*_SHOWN)[: limit + 1])
    if len(found) <= limit:
        return Page(found)
    last_shown = found[limit - 1]
    return Page(found[:limit], _write(last_shown.received_at.isoformat(), str(last_shown.id)))


def count(actor: Actor, at: datetime, filter: Filter = Filter()) -> int:
    """How many; for the badge."""
    return selected(actor, at, filter).count()


def to_take(actor: Actor, at: datetime) -> int:
    """The badge of the inbox: cases of mine or of my offices that nobody has taken."""
    rows = Case.objects.visible_to(actor, Permission.WORK, at=at).filter(state__in=sorted(TAKEABLE))
    mine = Q(responsible_person=actor.person)
    return rows.filter(mine | Q(responsible_unit__in=list(actor.units))).count()


def selected(actor: Actor, at: datetime, wanted: Filter) -> QuerySet[Case]:
    """The rows of a filter in the actor's scope."""
    areas = (wanted.area,) if wanted.area else ()
    rows = Case.objects.visible_to(actor, Permission.VIEW, at=at, areas_only=areas)
    if wanted.states:
        rows = rows.filter(state__in=_states(wanted.states))
    elif wanted.open_only:
        rows = rows.filter(state__in=sorted(OPEN))
    if wanted.topic:
        rows = rows.filter(Q(topic=wanted.topic) | Q(topic__startswith=f"{wanted.topic}."))
    if wanted.urgent is not None:
        rows = rows.filter(urgent=wanted.urgent)
    if wanted.mine:
        rows = rows.filter(responsible_person=actor.person)
    if len(wanted.units) == 1:
        rows = rows.filter(responsible_unit=wanted.units[0])
    elif wanted.units:
        rows = rows.filter(responsible_unit__in=wanted.units)
    if wanted.overdue:
        rows = rows.filter(next_due__lt=at)
    return _searched(rows, wanted.text.strip()) if wanted.text.strip() else rows


def _searched(rows: QuerySet[Case], text: str) -> QuerySet[Case]:
    """By words of the text, or by the beginning of a number."""
    number = clean(text)
    found = holds("case", text)
    if number.isalnum() and number.isascii():
        many = more_than(MANY, Case.unscoped.because("only counted").filter(begins("number", number)))
        rows = rows.alias(text_number=Aside(F("number")) if many else F("number"))
        found |= begins("text_number", number)
    return rows.filter(found)


def _states(codes: Iterable[str]) -> list[str]:
    try:
        return [State(code).value for code in codes]
    except ValueError as error:
        raise Problem("invalid") from error


def _write(*parts: str) -> str:
    return base64.urlsafe_b64encode("~".join(parts).encode()).decode().rstrip("=")


def _read(cursor: str, parts: int) -> list[str]:
    try:
        found = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode().split("~")
    except (binascii.Error, ValueError, UnicodeDecodeError) as error:
        raise Problem("invalid") from error
    if len(found) != parts:
        raise Problem("invalid")
    return found


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise Problem("invalid") from error


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Problem("invalid") from error
