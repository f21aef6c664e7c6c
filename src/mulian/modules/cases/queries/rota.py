"""Who listens when: the turns of the rota, who is on leave, and a week as a table with its gaps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from mulian.core.access.models import DutyShift, Leave, Person, Posting
from mulian.kernel.clock import CN
from mulian.modules.cases.domain.desk import Watch
from mulian.modules.cases.domain.rota import Away, Gap, Span, Turn, away_from_all, gaps, listens
from mulian.modules.cases.permissions import GRANTS, Permission
from mulian.modules.cases.queries.rules import rules

DAYS = 7
LISTENERS = tuple(role for role, granted in GRANTS.items() if Permission.LISTEN in granted)


@dataclass(frozen=True, kw_only=True)
class On:
    """Somebody on a watch; `away` when on leave for some of it, `own_hours` when their turn is not the watch's."""

    shift: UUID
    person: UUID
    name: str
    away: bool
    any_language: bool
    starts: datetime
    ends: datetime
    own_hours: bool


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One watch of one day in one language; `gaps` are the hours of it nobody covers."""

    number: int
    day: date
    starts: datetime
    ends: datetime
    on: list[On]
    gaps: list[Gap]
    past: bool


@dataclass(frozen=True, kw_only=True)
class Day:
    """One day, watch by watch."""

    day: date
    today: bool
    cells: list[Cell]


def turns(since: datetime, until: datetime) -> list[Turn]:
    """Listening turns that touch [since, until), earliest first."""
    rows = DutyShift.objects.filter(kind=DutyShift.Kind.LISTENING, starts__lt=until, ends__gt=since)
    found = rows.order_by("starts", "id").values_list("id", "person_id", "language", "starts", "ends")
    return [Turn(*each) for each in found]


def away(persons: Iterable[UUID], since: datetime, until: datetime) -> Away:
    """When these people are on leave from every duty that lets them listen."""
    duties = Posting.objects.filter(person__in=set(persons), role__in=LISTENERS, valid_from__lt=until)
    held: dict[UUID, dict[UUID, list[Span]]] = {}
    for posting, person in duties.exclude(valid_to__lte=since).values_list("id", "person_id"):
        held.setdefault(person, {})[posting] = []
    owners = {posting: person for person, postings in held.items() for posting in postings}
    rows = Leave.objects.filter(posting__in=owners, starts__lt=until, ends__gt=since)
    for posting, starts, ends in rows.values_list("posting_id", "starts", "ends"):
        held[owners[posting]][posting].append((starts, ends))
    return {person: away_from_all(postings.values()) for person, postings in held.items()}


def listening_now(at: datetime) -> list[Turn]:
    """The turns of those who can be asked now: on the rota and not on leave."""
    on = turns(at, at + timedelta(microseconds=1))
    absent = away((each.person for each in on), at, at + timedelta(microseconds=1))
    return [each for each in on if listens(each, absent, at)]


def coming_gaps(since: datetime, until: datetime) -> list[Gap]:
    """Hours of [since, until) in which nobody listens, for each language the county listens in."""
    on = turns(since, until)
    absent = away((each.person for each in on), since, until)
    return [
        gap
        for language in rules().desk.languages
        for gap in gaps(on, absent, language=language, since=since, until=until)
    ]


def monday(day: date) -> date:
    """The first day of a day's week."""
    return day - timedelta(days=day.weekday())


def span(day: date, watch: Watch) -> Span:
    """A watch on a day, in China's time; one that ends before it begins runs into the next day."""
    midnight = datetime.combine(day, time(), CN)
    ends = watch.ends if watch.ends > watch.starts else watch.ends + 24 * 60
    return midnight + timedelta(minutes=watch.starts), midnight + timedelta(minutes=ends)


def week(first: date, language: str, at: datetime) -> list[Day]:
    """The seven days from `first` in one language."""
    watches = rules().desk.watches
    days = [first + timedelta(days=n) for n in range(DAYS)]
    bounds = [span(day, watch) for day in days for watch in watches]
    since, until = min(each[0] for each in bounds), max(each[1] for each in bounds)
    on = [each for each in turns(since, until) if each.language in ("", language)]
    absent = away((each.person for each in on), since, until)
    names = Person.objects.in_bulk({each.person for each in on})
    return [
        Day(
            day=day,
            today=day == at.astimezone(CN).date(),
            cells=[_cell(n, day, on, absent, names, language, at) for n in range(len(watches))],
        )
        for day in days
    ]


def cell(day: date, number: int, language: str, at: datetime) -> Cell:
    """One of them. Raises IndexError for a watch the county does not have."""
    starts, ends = span(day, rules().desk.watches[number])
    on = [each for each in turns(starts, ends) if each.language in ("", language)]
    absent = away((each.person for each in on), starts, ends)
    names = Person.objects.in_bulk({each.person for each in on})
    return _cell(number, day, on, absent, names, language, at)


def _cell(
    number: int,
    day: date,
    on: list[Turn],
    absent: Away,
    names: dict[UUID, Person],
    language: str,
    at: datetime,
) -> Cell:
    starts, ends = span(day, rules().desk.watches[number])
    here = [each for each in on if each.starts < ends and each.ends > starts]
    return Cell(
        number=number,
        day=day,
        starts=starts,
        ends=ends,
        on=[_on(each, absent, names, (starts, ends)) for each in here],
        gaps=gaps(here, absent, language=language, since=max(starts, at), until=ends),
        past=ends <= at,
    )


def _on(turn: Turn, absent: Away, names: dict[UUID, Person], hours: Span) -> On:
    starts, ends = hours
    return On(
        shift=turn.id,
        person=turn.person,
        name=names[turn.person].name,
        away=any(begin < ends and end > starts for begin, end in absent.get(turn.person, ())),
        any_language=not turn.language,
        starts=turn.starts,
        ends=turn.ends,
        own_hours=(turn.starts, turn.ends) != hours,
    )


def able(at: datetime) -> list[Person]:
    """Everybody whose duty lets them listen, by name."""
    held = Posting.objects.filter(role__in=LISTENERS, unit__isnull=False, valid_from__lte=at)
    rows = Person.objects.filter(id__in=held.exclude(valid_to__lte=at).values("person"), is_active=True)
    return list(rows.order_by("name", "username"))


def swaps(shift: UUID, at: datetime) -> list[tuple[Turn, str]]:
    """Turns of other people in the two weeks to come, with their names: what this one could be swapped for."""
    found = turns(at, at + timedelta(days=14))
    mine = next((each for each in found if each.id == shift), None)
    others = [each for each in found if mine and each.person != mine.person]
    names = Person.objects.in_bulk({each.person for each in others})
    return [(each, names[each.person].name) for each in others]
