"""What a brought table is compared with: the pack's words and weights, the places and the families of one area."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from uuid import UUID

import msgspec
from django.db.models import Q, QuerySet

from mulian.core.access import scope
from mulian.core.access.models import Placement
from mulian.core.areas.codes import Level
from mulian.core.areas.models import Area
from mulian.core.database.vendor import prefix_range
from mulian.core.packs import Pack, current
from mulian.core.packs.shapes.importing import Importing
from mulian.kernel.actor import SYSTEM, Actor
from mulian.kernel.problems import Problem
from mulian.modules.households.domain.camps import MoveKind
from mulian.modules.households.domain.importing import columns
from mulian.modules.households.domain.importing.linkage import Degree, Family, Linkage, Person, Weights
from mulian.modules.households.domain.importing.planning import DETAILS, KnownFamily, KnownMember
from mulian.modules.households.domain.importing.reading import Reader
from mulian.modules.households.domain.importing.spelling import Spelling
from mulian.modules.households.domain.members import Relation
from mulian.modules.households.models import Household, Import, ImportLine, Member
from mulian.modules.households.permissions import Permission
from mulian.modules.households.queries import KIND
from mulian.modules.households.queries.catalogue import catalogue, catalogue_of
from mulian.modules.households.queries.register import true_on

WHY = "a brought table is compared with the families of its own area"


@dataclass(frozen=True)
class Rules:
    """importing.toml and the catalogue's names, ready for use."""

    headings: Mapping[str, str]
    words: Mapping[str, frozenset[str]]
    spelling: Spelling
    weights: Weights


def rules() -> Rules:
    """This installation's rules."""
    return _rules(id(current()))


@lru_cache(maxsize=4)
def _rules(identity: int) -> Rules:
    return rules_of(current())


def rules_of(pack: Pack) -> Rules:
    """A pack's rules."""
    table = msgspec.convert(dict(pack.part("importing")), Importing)
    weights: dict[tuple[str, Degree], float] = {}
    for row in table.weight:
        for degree in Degree:
            chances = getattr(row, degree)
            if chances is not None:
                weights[row.code, degree] = math.log2(chances.m / chances.u)
    words: defaultdict[str, set[str]] = defaultdict(set)
    for answer in table.word:
        for word in answer.words:
            words[columns.folded(word) or word].add(answer.code)
    also = {column.code: column.words for column in table.column}
    return Rules(
        headings=columns.lexicon(catalogue_of(pack), also),
        words={word: frozenset(codes) for word, codes in words.items()},
        spelling=Spelling.of((row.bo, row.zh) for row in table.variant),
        weights=Weights(weights, table.certain, table.doubtful, table.gap),
    )


def visible(actor: Actor) -> QuerySet[Import]:
    """The tables of the actor's own areas, newest first."""
    rows = Import.objects.order_by("-created_at")
    return rows if actor is SYSTEM else rows.filter(_reach(actor))


def _reach(actor: Actor) -> Q:
    wanted = Q(pk__in=[])
    for posting in scope.granting(actor, Permission.IMPORT):
        low, high = prefix_range(posting.area)
        wanted |= Q(area__gte=low, area__lt=high)
    return wanted


def table(id: UUID, actor: Actor) -> Import:
    """One of them. Raises `not_found`."""
    found = visible(actor).filter(id=id).first()
    if found is None:
        raise Problem("not_found")
    return found


def lines(row: Import) -> QuerySet[ImportLine]:
    """The lines of the chosen sheet, in order."""
    return ImportLine.objects.filter(table=row, sheet=row.sheet).order_by("number")


def heads(row: Import) -> QuerySet[ImportLine]:
    """One line for every family."""
    return lines(row).exclude(state__in=(ImportLine.State.PART, ImportLine.State.READ))


def top(row: Import, sheet: int) -> list[ImportLine]:
    """The first lines of a sheet, in which the headings stand."""
    found = ImportLine.objects.filter(table=row, sheet=sheet, number__lte=columns.HEAD_LINES)
    return list(found.order_by("number"))


def reader(row: Import, at: datetime) -> Reader:
    """What reads the lines of a table whose columns have a meaning."""
    villages, grids = places(row.area_id)
    return Reader(
        mapping={int(column): target for column, target in row.mapping.items()},
        catalogue=catalogue(),
        words=rules().words,
        villages=villages,
        grids=grids,
        today=at.date(),
    )


def places(area: str) -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    """Folded names and codes of the villages and of the grid areas in an area; a village also with its township."""
    low, high = prefix_range(area)
    rows = Area.objects.filter(code__gte=low, code__lt=high, valid_to__isnull=True).order_by("code")
    townships = {a.code: a for a in Area.objects.filter(level=Level.TOWNSHIP, valid_to__isnull=True)}
    found: dict[Level, defaultdict[str, set[str]]] = {
        Level.VILLAGE: defaultdict(set),
        Level.GRID: defaultdict(set),
    }
    for one in rows:
        known = found.get(Level(one.level))
        if known is None:
            continue
        for name in {one.name_zh, one.name_bo, one.code} - {""}:
            known[columns.folded(name)].add(one.code)
        over = townships.get(one.code[:9])
        if over is not None and one.level == Level.VILLAGE:
            known[columns.folded(over.name_zh + one.name_zh)].add(one.code)
    villages, grids = found[Level.VILLAGE], found[Level.GRID]
    return (
        {name: frozenset(codes) for name, codes in villages.items()},
        {name: frozenset(codes) for name, codes in grids.items()},
    )


def come_since(row: Import, families: Iterable[Family], at: datetime) -> Linkage | None:
    """Families that others registered since the table was taken in and that bear a head's name or telephone of some of
    its families; None when nobody did. What the table itself made is not among them.
    """
    wanted = list(families)
    named = Q(name__in={one.head.zh for one in wanted} - {""}) | Q(
        name_bo__in={one.head.bo for one in wanted} - {""}
    )
    called = Q(phone__in={one.phone for one in wanted} - {""})
    rows = Household.unscoped.because(WHY).filter(named | called, created_at__gt=row.created_at)
    found = set(rows.values_list("id", flat=True))
    own = ImportLine.objects.filter(table=row, household__in=found, state=ImportLine.State.APPLIED)
    found -= set(own.values_list("household", flat=True))
    return linkage(row.area_id, at, among=found)[0] if found else None


def linkage(area: str, at: datetime, among: Iterable[UUID] | None = None) -> tuple[Linkage, dict[str, UUID]]:
    """All open families (or some) that count in an area, ready to be asked; number → household. Three queries."""
    low, high = prefix_range(area)
    here = Placement.objects.filter(subject_kind=KIND, area__gte=low, area__lt=high, valid_from__lte=at)
    here = here.exclude(valid_to__lte=at)
    rows = Household.unscoped.because(WHY).filter(closed_at__isnull=True, id__in=here.values("subject_id"))
    if among is not None:
        rows, here = rows.filter(id__in=among), here.filter(subject_id__in=among)
    village = {
        id: code[:12]
        for id, kind, code in here.values_list("subject_id", "counts_as", "area_id")
        if kind == MoveKind.REGISTERED
    }
    people: defaultdict[UUID, list[tuple[str, Person]]] = defaultdict(list)
    members = Member.unscoped.because(WHY).filter(household__in=rows.values("id"), gone_at__isnull=True)
    names = ("household_id", "relation", "name", "name_bo", "birth_year")
    for household, relation, zh, bo, year in members.values_list(*names):
        people[household].append((relation, Person(zh, bo, year)))
    found = Linkage(rules().weights, rules().spelling)
    numbers: dict[str, UUID] = {}
    for id, number, zh, bo, phone in rows.values_list("id", "number", "name", "name_bo", "phone"):
        numbers[number] = id
        found.add(_family(id, zh, bo, phone, village.get(id, ""), people[id]))
    return found, numbers


def _family(
    id: UUID, zh: str, bo: str, phone: str, village: str, people: Iterable[tuple[str, Person]]
) -> Family:
    held = list(people)
    head = next((one for relation, one in held if relation == Relation.HEAD), None)
    others = tuple(one for relation, one in held if relation != Relation.HEAD)
    year = head.birth_year if head else None
    return Family(id, Person(zh, bo, year), village, phone, others)


def known(ids: Iterable[UUID], day: date) -> dict[UUID, KnownFamily]:
    """Families as the register has them on a day; three queries for any number."""
    wanted = list(dict.fromkeys(ids))
    members: defaultdict[UUID, list[KnownMember]] = defaultdict(list)
    rows = Member.unscoped.because(WHY).filter(household__in=wanted, gone_at__isnull=True)
    for m in rows:
        members[m.household_id].append(
            KnownMember(m.id, m.name, m.name_bo, m.birth_year, m.relation, m.phone)
        )
    facts = true_on(wanted, day)
    return {
        row.id: KnownFamily(
            row.id,
            {name: getattr(row, name) for name in DETAILS},
            tuple(members[row.id]),
            {(one.subject, one.code): one.value for one in facts.get(row.id, ())},
            row.number,
        )
        for row in Household.unscoped.because(WHY).filter(id__in=wanted, closed_at__isnull=True)
    }
