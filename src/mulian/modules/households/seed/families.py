"""Made-up families: sizes that add up exactly, ages that can be, a camp for summer and one for winter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from mulian.modules.households.domain.camps import Season
from mulian.modules.households.domain.members import Relation
from mulian.modules.households.domain.names import MadeUpName, made_up_name, made_up_phone

SMALLEST, LARGEST = 1, 9
CAMP_SHARE = 0.6
TIBETAN_SHARE = 0.88


@dataclass(frozen=True)
class Person:
    """A member: name, year of birth, relation to the head."""

    name: MadeUpName
    birth_year: int
    relation: Relation


@dataclass(frozen=True)
class CampSpot:
    """A camp some kilometres from the township, as degrees to add to its point."""

    season: Season
    name: MadeUpName
    north: float
    east: float


@dataclass(frozen=True)
class Family:
    """A household: head first, then the others; `language` is the one it wants to be spoken to in."""

    people: tuple[Person, ...]
    language: str
    phone: str
    camps: tuple[CampSpot, ...]

    @property
    def head(self) -> Person:
        return self.people[0]


def sizes(random: Random, households: int, people: int) -> list[int]:
    """How many people each household has; the sum is exact (people between 1 and 9 a household)."""
    found = [
        min(LARGEST, max(SMALLEST, round(random.gauss(people / households, 1.5)))) for _ in range(households)
    ]
    while (gap := people - sum(found)) != 0:
        step = 1 if gap > 0 else -1
        i = random.randrange(households)
        if SMALLEST <= found[i] + step <= LARGEST:
            found[i] += step
    return found


def families(random: Random, households: int, people: int, year: int, bilingual: bool) -> Iterator[Family]:
    """The households of one village as of a year."""
    for size in sizes(random, households, people):
        language = "bo" if bilingual and random.random() < TIBETAN_SHARE else "zh-hans"
        yield Family(
            tuple(_people(random, size, year)), language, made_up_phone(random), tuple(_camps(random))
        )


def _people(random: Random, size: int, year: int) -> Iterator[Person]:
    head = year - random.randint(26, 62)
    yield Person(made_up_name(random), head, Relation.HEAD)
    for place in range(1, size):
        relation = _relation(random, place, year - head)
        yield Person(made_up_name(random), _born(random, relation, head, year), relation)


def _relation(random: Random, place: int, age: int) -> Relation:
    if place == 1 and random.random() < 0.85:
        return Relation.SPOUSE
    if age < 58 and random.random() < 0.15:
        return Relation.PARENT
    if age > 50 and random.random() < 0.3:
        return Relation.GRANDCHILD
    return Relation.CHILD if random.random() < 0.93 else Relation.SIBLING


def _born(random: Random, relation: Relation, head: int, year: int) -> int:
    offsets = {
        Relation.SPOUSE: (-6, 6),
        Relation.SIBLING: (-6, 8),
        Relation.PARENT: (-34, -20),
        Relation.CHILD: (19, 36),
        Relation.GRANDCHILD: (40, 56),
    }
    least, most = offsets[relation]
    return max(year - 95, min(year, head + random.randint(least, most)))


def _camps(random: Random) -> Iterator[CampSpot]:
    """A summer camp up to 35 km away and a winter camp nearby."""
    if random.random() >= CAMP_SHARE:
        return
    for season, reach in ((Season.SUMMER, 0.3), (Season.WINTER, 0.08)):
        yield CampSpot(
            season,
            made_up_name(random),
            round(random.uniform(-reach, reach), 5),
            round(random.uniform(-reach, reach), 5),
        )
