"""New households of a table, some at once: the same rows, numbers and events as one registered by hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID, uuid5

from django.db.models.functions import Length

from mulian.core.access.models import Placement
from mulian.core.areas.models import Area
from mulian.core.database.rows import insert
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
        self.members: list[Member] = []
        self.moves: list[Move] = []
        self.placements: list[Placement] = []
        self.items: list[Item] = []
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
        name = entry.fields.get("member.name") or entry.fields.get("member.name_bo", "")
        own = Relation.HEAD if name == head else Relation.OTHER
        member = Member(
            id=uuid5(household.id, str(entry.line)),
            household=household,
            position=place,
            name=name,
            name_bo=entry.fields.get("member.name_bo", ""),
            birth_year=entry.year(),
            relation=entry.fields.get("member.relation") or own,
            phone=entry.fields.get("member.phone", ""),
            speaks_for=name == head,
        )
        self.members.append(member)
        self.names[household.id] += [member.name, member.name_bo]
        own_items = {c: v for c, v in entry.facts.items() if catalogue().items[c].of == Of.MEMBER}
        self._facts(household.id, member.id, own_items)

    def _head(self, household: Household, group: Group) -> None:
        """A table that names families only names their heads."""
        if group.people:
            return
        self.members.append(
            Member(
                id=uuid5(household.id, "head"),
                household=household,
                position=1,
                name=household.name,
                name_bo=household.name_bo,
                birth_year=group.lines[0].year(),
                relation=Relation.HEAD,
                phone=household.phone,
                speaks_for=True,
            )
        )

    def _facts(self, household: UUID, subject: UUID | None, facts: Mapping[str, Value]) -> None:
        for code, value in facts.items():
            stored = kept(catalogue().items[code], value)
            self.items.append(
                Item(
                    household_id=household,
                    subject=subject,
                    code=code,
                    amount=stored.amount,
                    word=stored.word,
                    valid_from=self.row.as_of,
                    as_of=self.row.as_of,
                )
            )

    def _place(self, household: Household, kind: MoveKind, area: str) -> None:
        self.moves.append(
            Move(
                id=uuid7(),
                household=household,
                turn=1,
                kind=kind,
                area_id=area,
                at=self.at,
                recorded_at=self.at,
                by=self.by.person,
            )
        )
        self.placements.append(
            Placement(
                subject_kind=KIND,
                subject_id=household.id,
                area_id=area,
                counts_as=kind,
                valid_from=self.at,
            )
        )

    def write(self) -> None:
        insert(self.households)
        insert(self.members)
        insert(self.moves)
        insert(self.placements)
        if self.items:
            telling = Telling.objects.create(
                said_at=self.at, recorded_at=self.at, by=self.by.person, source=self.row.known_by
            )
            for item in self.items:
                item.telling_id = telling.id
            insert(self.items)
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
