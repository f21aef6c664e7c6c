"""Compares a table with the register, family by family. Begun anew after a kill, it ends the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction
from django.db.models import Count

from mulian.core.access import actors, scope
from mulian.core.areas.codes import Level, level
from mulian.core.database.rows import update_values
from mulian.kernel.actor import SYSTEM, Actor
from mulian.modules.households.domain.catalogue import Side
from mulian.modules.households.domain.importing.linkage import Family, Found, Outcome, Person, twins
from mulian.modules.households.domain.importing.planning import Change, KnownFamily, changes
from mulian.modules.households.domain.importing.reading import Entry, Fault, Group, grouped
from mulian.modules.households.domain.sides import may_write
from mulian.modules.households.models import Import, ImportLine
from mulian.modules.households.permissions import Permission
from mulian.modules.households.queries import importing as queries
from mulian.modules.households.queries.catalogue import catalogue
from mulian.modules.households.queries.requests import restricted
from mulian.modules.households.queries.standing import standing

AT_ONCE = 300
NOTED = ("family", "village", "state", "faults", "likest", "household", "change")
"""What comparing writes into a line."""
State = ImportLine.State


@dataclass
class Judged:
    """One family of the table: what is wrong with it, which of the register it is, what would change."""

    group: Group
    village: str
    faults: list[Fault] = field(default_factory=list)
    found: Found | None = None
    household: UUID | None = None
    changes: list[Change] = field(default_factory=list)
    state: str = State.WRONG


def writer(row: Import, at: datetime) -> Actor:
    """Who writes: the person where their duty keeps the ledger; for the county and its feeds, the system for them."""
    person = actors.actor_of(row.by, at) if row.by else None
    return person if person is not None and scope.permitted(person, Permission.CHANGE) else SYSTEM


def compare(row: Import, at: datetime) -> None:
    """Judges every family and writes what was found; then the table waits for a person."""
    judged = judge(row, read(row, at), at)
    _write(row, judged)
    _settle(row, at)


def read(row: Import, at: datetime) -> list[Group]:
    """The families of a table, in its order."""
    reader = queries.reader(row, at)
    rows = queries.lines(row).filter(number__gt=row.last).values_list("number", "cells")
    entries = [
        reader.read(number, dict(enumerate(cells))) for number, cells in rows.iterator(chunk_size=2000)
    ]
    return grouped([entry for entry in entries if entry.fields or entry.facts or entry.faults])


def read_again(row: Import, at: datetime, families: Iterable[int]) -> dict[int, Group]:
    """Some families as they were read before: first line → family."""
    reader = queries.reader(row, at)
    told = queries.lines(row).filter(family__in=list(families))
    found: dict[int, Group] = {}
    for family, number, cells in told.values_list("family", "number", "cells"):
        entry = reader.read(number, dict(enumerate(cells)))
        found.setdefault(family or 0, Group([])).lines.append(entry)
    return found


def judge(row: Import, groups: list[Group], at: datetime) -> list[Judged]:
    linkage, numbers = queries.linkage(row.area_id, at)
    judged = [_begun(group, row, numbers) for group in groups]
    told = {one.group.first: _family(one) for one in judged}
    again = twins(told.values(), linkage)
    for one in judged:
        if one.group.first in again:
            one.faults.append(Fault(None, "households.import_twice"))
        elif not one.faults and one.household is None:
            one.found = linkage.find(told[one.group.first])
            one.household = _certain(one.found)
    _claimed_twice(judged)
    _restricted(judged, at)
    for several in _parts([one for one in judged if not one.faults], AT_ONCE):
        _plan(row, several, at)
    return judged


def registered_meanwhile(
    row: Import, fresh: list[ImportLine], groups: dict[int, Group], at: datetime
) -> list[ImportLine]:
    """New families of the table that somebody else seems to have registered since it was taken in.

    Two clerks may bring one sheet at once. What a person said is new stays new beside the families they were shown.
    """
    told = {line.number: _family(Judged(groups[line.number], line.village)) for line in fresh}
    since = queries.come_since(row, told.values(), at) if fresh else None
    if since is None:
        return []
    return [line for line in fresh if _seems(since.find(told[line.number]), line)]


def _seems(found: Found, line: ImportLine) -> bool:
    shown = {str(id) for id, _ in line.likest} if line.answer == ImportLine.Answer.NEW else set()
    return any(str(id) not in shown for id, _ in found.likest)


def _begun(group: Group, row: Import, numbers: dict[str, UUID]) -> Judged:
    village = group.field("household.village") or _own_village(row)
    one = Judged(group, village, [fault for line in group.lines for fault in line.faults])
    number = group.field("household.number")
    one.household = numbers.get(number) if number else None
    if number and one.household is None and _ours(number):
        one.faults.append(Fault(None, "households.import_unknown_number"))
    if one.household is None and not one.faults:
        if not group.name("name"):
            one.faults.append(Fault(None, "households.import_no_head"))
        elif not village:
            one.faults.append(Fault(None, "households.import_no_village"))
    return one


def _ours(number: str) -> bool:
    """Whether a number has the form of ours; another office's own numbers only hold lines together."""
    head, _, tail = number.partition("-")
    return len(head) == 6 and head.isdigit() and tail.isdigit()


def _own_village(row: Import) -> str:
    return row.area_id if level(row.area_id) == Level.VILLAGE else ""


def _family(one: Judged) -> Family:
    group = one.group
    head = group.head
    name, name_bo = group.name("name"), group.name("name_bo")
    year = head.year() if head else _year_of(group, name)
    others = tuple(
        Person(line.fields.get("member.name", ""), line.fields.get("member.name_bo", ""), line.year())
        for line in group.people
        if line is not head and line.fields.get("member.name") != name
    )
    phone = group.field("household.phone") or (head.fields.get("member.phone", "") if head else "")
    return Family(group.first, Person(name, name_bo, year), one.village, phone, others)


def _year_of(group: Group, name: str) -> int | None:
    return next((line.year() for line in group.people if line.fields.get("member.name") == name), None)


def _certain(found: Found) -> UUID | None:
    best = found.likest[0][0] if found.outcome == Outcome.CERTAIN else None
    return best if isinstance(best, UUID) else None


def _claimed_twice(judged: list[Judged]) -> None:
    """Two families of the table that seem to be one of the register: a person decides; the same number is wrong."""
    claims: dict[UUID, list[Judged]] = {}
    for one in judged:
        if one.household is not None:
            claims.setdefault(one.household, []).append(one)
    for several in claims.values():
        for one in several[1:] if several[0].found is None else several if len(several) > 1 else ():
            if one.found is None:
                one.faults.append(Fault(None, "households.import_twice"))
            else:
                one.found, one.household = Found(Outcome.DOUBTFUL, one.found.likest), None


def _restricted(judged: list[Judged], at: datetime) -> None:
    """What another office keeps of a family that had its record restricted stays with that office."""
    found = {one.household for one in judged if one.household}
    held = set(restricted(found, at).values_list("household", flat=True))
    for one in judged:
        if one.household in held:
            one.faults.append(Fault(None, "households.import_restricted"))


def _plan(row: Import, several: list[Judged], at: datetime) -> None:
    likely = {id: best for id, best in ((_number(one), _likely(one)) for one in several) if best}
    known = queries.known(likely.values(), at.date())
    by = writer(row, at)
    stands = standing(known, by, at, permission=Permission.CHANGE)
    for one in several:
        best = known.get(likely.get(_number(one), UUID(int=0)))
        one.changes = planned(one.group, best, stands[best.id]) if best else []
        one.state = _state(one)


def planned(group: Group, known: KnownFamily, stands: frozenset[Side]) -> list[Change]:
    """What a family of the table would change in one of the register."""
    writes = partial(_writes, stands)
    return changes(group, known, catalogue(), queries.rules().spelling, writes)


def _writes(stands: frozenset[Side], code: str) -> bool:
    return may_write(catalogue().items[code], stands)


def _number(one: Judged) -> int:
    return one.group.first


def _likely(one: Judged) -> UUID | None:
    if one.household is not None:
        return one.household
    best = one.found.likest[0][0] if one.found and one.found.likest else None
    return best if isinstance(best, UUID) else None


def _state(one: Judged) -> str:
    if one.household is not None:
        return State.CHANGED if one.changes else State.KNOWN
    return State.DOUBTFUL if one.found and one.found.outcome == Outcome.DOUBTFUL else State.NEW


def _write(row: Import, judged: list[Judged]) -> None:
    by_line = {line.line: (one, line) for one in judged for line in one.group.lines}
    lines = list(queries.lines(row).filter(number__gt=row.last).values_list("id", "number"))
    for at in range(0, len(lines), AT_ONCE):
        values = [(*_noted(number, by_line), id) for id, number in lines[at : at + AT_ONCE]]
        with transaction.atomic():
            update_values(ImportLine, NOTED, values)


def _noted(number: int, by_line: dict[int, tuple[Judged, Entry]]) -> tuple[object, ...]:
    """Of one line, by `NOTED`: the first of a family carries what was found, every line its own faults."""
    found = by_line.get(number)
    if found is None:
        return None, "", State.READ, [], [], None, []
    one, entry = found
    first = number == one.group.first
    whole = [fault for fault in one.faults if fault.column is None] if first else []
    faults = [[fault.column, fault.code] for fault in [*entry.faults, *whole]]
    if not first:
        return one.group.first, "", State.PART, faults, [], None, []
    likest = [[str(id), round(weight, 1)] for id, weight in (one.found.likest if one.found else ())]
    change = [change.shown() for change in one.changes]
    return one.group.first, one.village, one.state, faults, likest, one.household, change


@transaction.atomic
def _settle(row: Import, at: datetime) -> None:
    Import.objects.filter(id=row.id, state=Import.State.COMPARING).update(
        state=Import.State.LOOKING, counts=counted(row), changed_at=at
    )


def counted(row: Import) -> dict[str, int]:
    """state → families."""
    found = queries.heads(row).order_by().values_list("state").annotate(families=Count("id"))
    return dict(found)


def _parts(rows: list[Judged], size: int) -> Iterator[list[Judged]]:
    return (rows[at : at + size] for at in range(0, len(rows), size))
