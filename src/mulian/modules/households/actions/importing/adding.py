"""New households of a table, some at once: the same rows, numbers and events as one registered by hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID, uuid5

from django.db.models.functions import Length

from mulian.core.access.models import Placement
from mulian.core.areas.models import Area
from mulian.core.database.rows import insert, insert_values
from mulian.core.events.log import append
from mulian.core.search import index as search
from mulian.kernel.actor import Actor
from mulian.kernel.ids import uuid7
from mulian.modules.households.actions.placements import reader_feeds, village_codes
from mulian.modules.households.domain.camps import MoveKind
from mulian.modules.households.domain.catalogue import Of
from mulian.modules.households.domain.importing.reading import Entry, Group
from mulian.modules.households.domain.members import MAX_MEMBERS, Relation
from mulian.modules.households.domain.numbers import number, running, series
from mulian.modules.households.domain.values import Value, kept
from mulian.modules.households.events import HouseholdRegistered
from mulian.modules.households.models import Household, Import, ImportLine, Item, Member, Move, Telling
from mulian.modules.households.queries import KIND
from mulian.modules.households.queries.catalogue import catalogue

WHY = "written from a brought table"
Row = tuple[object, ...]
MEMBER = (
    "id", "household_id", "position", "name", "name_bo", "birth_year", "relation", "phone", "speaks_for"
)  # fmt: skip
MOVE = ("id", "household_id", "turn", "kind", "area_id", "at", "recorded_at", "by")
PLACEMENT = ("subject_kind", "subject_id", "area_id", "counts_as", "valid_from")
ITEM = ("household_id", "subject", "code", "amount", "word", "valid_from", "as_of", "telling_id")


def add_families(row: Import, families: list[tuple[ImportLine, Group]], by: Actor, at: datetime) -> None:
    """Inside the caller's transaction. Notes in each line what was made."""
    if not families:
        return
    batch = _Batch(row, by, at)
    for line, group in families:
        batch.add(line, group)
    batch.write()


class _Batch:
    def __init__(self, row: Import, by: Actor, at: datetime) -> None:
        self.row, self.by, self.at = row, by, at
        self.numbers: dict[str, int] = {}
        self.households: list[Household] = []
        self.members: list[Row] = []
        self.moves: list[Row] = []
        self.placements: list[Row] = []
        self.items: list[Row] = []
        self.places: dict[UUID, tuple[str, str]] = {}
        self.names: defaultdict[UUID, list[str]] = defaultdict(list)

    def add(self, line: ImportLine, group: Group) -> None:
        village = line.village
        grid = group.field("household.grid")
        home = grid if grid.startswith(village) else village
        household = self._household(line, group, village)
        head = group.name("name")
        people = group.people[:MAX_MEMBERS]
        for place, entry in enumerate(people, 1):
            self._member(household, place, entry, head)
        if not any(entry.fields.get("member.name") == head for entry in people):
            self._head(household, group)
        self._facts(household.id, None, group.facts(catalogue()))
        self.places[household.id] = (village, home)
        for kind, area in ((MoveKind.REGISTERED, village), (MoveKind.RESIDING, home)):
            self._place(household, kind, area)
        line.household, line.state = household.id, ImportLine.State.APPLIED
        line.undo = {"new": True}

    def _household(self, line: ImportLine, group: Group, village: str) -> Household:
        row = Household(
            id=uuid5(self.row.id, str(line.number)),
            number=self._next(village),
            name=group.name("name"),
            name_bo=group.name("name_bo"),
            phone=group.field("household.phone"),
            language=group.field("household.language") or "bo",
            created_at=self.at,
        )
        self.households.append(row)
        self.names[row.id] += [row.number, row.name, row.name_bo]
        return row

    def _next(self, village: str) -> str:
        """The village row is the lock of its series, taken once for all of them."""
        if village not in self.numbers:
            Area.objects.select_for_update().get(code=village)
            rows = Household.unscoped.because("numbers are unique everywhere")
            held = rows.filter(number__startswith=series(village)).order_by(
                Length("number").desc(), "-number"
            )
            self.numbers[village] = running(held.values_list("number", flat=True).first() or "")
        self.numbers[village] += 1
        return number(village, self.numbers[village])

    def _member(self, household: Household, place: int, entry: Entry, head: str) -> None:
        id, name_bo = uuid5(household.id, str(entry.line)), entry.fields.get("member.name_bo", "")
        name = entry.fields.get("member.name") or name_bo
        own = Relation.HEAD if name == head else Relation.OTHER
        relation, phone = entry.fields.get("member.relation") or own, entry.fields.get("member.phone", "")
        self.members.append(
            (id, household.id, place, name, name_bo, entry.year(), relation, phone, name == head)
        )
        self.names[household.id] += [name, name_bo]
        own_items = {c: v for c, v in entry.facts.items() if catalogue().items[c].of == Of.MEMBER}
        self._facts(household.id, id, own_items)

    def _head(self, household: Household, group: Group) -> None:
        """A table that names families only names their heads."""
        if group.people:
            return
        id, year = uuid5(household.id, "head"), group.lines[0].year()
        names = household.name, household.name_bo
        self.members.append((id, household.id, 1, *names, year, Relation.HEAD, household.phone, True))

    def _facts(self, household: UUID, subject: UUID | None, facts: Mapping[str, Value]) -> None:
        for code, value in facts.items():
            stored, day = kept(catalogue().items[code], value), self.row.as_of
            self.items.append((household, subject, code, stored.amount, stored.word, day, day))

    def _place(self, household: Household, kind: MoveKind, area: str) -> None:
        self.moves.append((uuid7(), household.id, 1, kind, area, self.at, self.at, self.by.person))
        self.placements.append((KIND, household.id, area, kind, self.at))

    def write(self) -> None:
        insert(self.households)
        insert_values(Member, MEMBER, self.members)
        insert_values(Move, MOVE, self.moves)
        insert_values(Placement, PLACEMENT, self.placements)
        if self.items:
            telling = Telling.objects.create(
                said_at=self.at, recorded_at=self.at, by=self.by.person, source=self.row.known_by
            )
            insert_values(Item, ITEM, [(*item, telling.id) for item in self.items])
        texts = {id: " ".join(names) for id, names in self.names.items()}
        search.index_many(kind=KIND, texts=texts, at=self.at)
        self._tell(self.households)

    def _tell(self, rows: Iterable[Household]) -> None:
        for row in rows:
            places = self.places[row.id]
            append(
                HouseholdRegistered(subject_id=row.id, number=row.number),
                actor=self.by,
                at=self.at,
                areas=village_codes(places),
                feeds=reader_feeds(places),
            )
