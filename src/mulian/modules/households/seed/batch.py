"""The rows of one village's families, gathered and inserted together."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from mulian.core.access.models import Placement
from mulian.core.packs import Pack
from mulian.core.search import index as search
from mulian.kernel.actor import SYSTEM
from mulian.kernel.clock import CN
from mulian.modules.households.domain.camps import MoveKind, Season
from mulian.modules.households.domain.members import Relation
from mulian.modules.households.domain.numbers import number
from mulian.modules.households.models import Camp, Household, Member, Move
from mulian.modules.households.queries import KIND
from mulian.modules.households.seed.cast import seeded_id
from mulian.modules.households.seed.families import Family
from mulian.modules.households.seed.telling import Tellings, Told

SUMMER_MONTHS = range(6, 10)
AT_CAMP_SHARE = 0.7
WHY = "seeding a demo"


def centre_of(pack: Pack) -> tuple[float, float] | None:
    """The middle of the pack's known points (degrees); None when it has none, then camps have no points."""
    points = pack.points
    if not points:
        return None
    return sum(p.lat for p in points) / len(points), sum(p.lon for p in points) / len(points)


class Batch:
    """Collects households of one village; `write` inserts everything."""

    def __init__(
        self, county: str, village: str, centre: tuple[float, float] | None, since: datetime, at: datetime
    ) -> None:
        self.county, self.village, self.centre = county, village, centre
        self.since, self.at = since, at
        self.random = Random(f"mulian:batch:{county}:{village}")
        self.households: list[Household] = []
        self.members: list[Member] = []
        self.camps: list[Camp] = []
        self.moves: list[Move] = []
        self.placements: list[Placement] = []
        self.texts: dict[UUID, str] = {}
        self.tellings = Tellings(Random(f"mulian:tellings:{county}:{village}"), at)

    def add(self, running: int, family: Family, home: str, items: int = 0) -> None:
        """One family, registered in the village and living in the grid area `home`; it told so many dated items."""
        shown = number(self.village, running)
        id = seeded_id(f"{self.county}:household", shown)
        name = family.head.name
        self.households.append(
            Household(
                id=id,
                number=shown,
                name=name.zh,
                name_bo=name.bo,
                phone=family.phone,
                language=family.language,
                created_at=self.since,
            )
        )
        self._add_members(id, family)
        self._place(id, MoveKind.REGISTERED, self.village, self.since)
        self._place(id, MoveKind.RESIDING, home, self.since)
        self._add_camps(id, family, home)
        self._tell(id, family, items)
        names = [part for person in family.people for part in (person.name.zh, person.name.bo)]
        self.texts[id] = " ".join([shown, *names])

    def write(self) -> None:
        """Inserts what was gathered."""
        Household.unscoped.because(WHY).bulk_create(self.households, batch_size=500)
        Member.unscoped.because(WHY).bulk_create(self.members, batch_size=500)
        Camp.unscoped.because(WHY).bulk_create(self.camps, batch_size=500)
        Move.unscoped.because(WHY).bulk_create(self.moves, batch_size=500)
        Placement.objects.bulk_create(self.placements, batch_size=500)
        self.tellings.write()
        search.index_many(kind=KIND, texts=self.texts, at=self.at)

    def _tell(self, household: UUID, family: Family, items: int) -> None:
        told = Told(
            household=household,
            members=[_member_id(household, place) for place in range(len(family.people))],
            births=[person.birth_year for person in family.people],
            camps=[_camp_id(household, spot.season) for spot in family.camps],
        )
        self.tellings.add(told, items)

    def _add_members(self, household: UUID, family: Family) -> None:
        for place, person in enumerate(family.people):
            self.members.append(
                Member(
                    id=_member_id(household, place),
                    household_id=household,
                    position=place + 1,
                    name=person.name.zh,
                    name_bo=person.name.bo,
                    birth_year=person.birth_year,
                    relation=person.relation,
                    phone=family.phone if person.relation == Relation.HEAD else "",
                    speaks_for=person.relation == Relation.HEAD,
                )
            )

    def _add_camps(self, household: UUID, family: Family, home: str) -> None:
        """Families with camps are mostly at the one of the season, since some weeks."""
        season = Season.SUMMER if self.at.astimezone(CN).month in SUMMER_MONTHS else Season.WINTER
        for spot in family.camps:
            camp = Camp(
                id=_camp_id(household, spot.season),
                household_id=household,
                area_id=home,
                season=spot.season,
                name_zh=f"{spot.name.zh}滩",
                name_bo=spot.name.bo,
                lat=round(self.centre[0] + spot.north, 5) if self.centre else None,
                lon=round(self.centre[1] + spot.east, 5) if self.centre else None,
            )
            self.camps.append(camp)
            if spot.season == season and self.random.random() < AT_CAMP_SHARE:
                began = self.at - timedelta(days=self.random.randint(10, 40))
                self._place(household, MoveKind.CAMP, home, began, camp.id)

    def _place(
        self, household: UUID, kind: MoveKind, area: str, at: datetime, camp: UUID | None = None
    ) -> None:
        self.moves.append(
            Move(
                id=seeded_id("move", f"{household}:{kind}"),
                household_id=household,
                turn=1,
                kind=kind,
                area_id=area,
                camp_id=camp,
                at=at,
                recorded_at=at,
                by=SYSTEM.person,
            )
        )
        self.placements.append(
            Placement(subject_kind=KIND, subject_id=household, area_id=area, counts_as=kind, valid_from=at)
        )


def _member_id(household: UUID, place: int) -> UUID:
    return seeded_id("member", f"{household}:{place}")


def _camp_id(household: UUID, season: Season) -> UUID:
    return seeded_id("camp", f"{household}:{season}")
