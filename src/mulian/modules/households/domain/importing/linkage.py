"""Is a family of the table one of the register? Agreement is weighed field by field; between, a person decides.

After Fellegi and Sunter (JASA 64, 1969): each field adds log2(m/u) of how it agrees, a missing one adds nothing. The
figures are the pack's (importing.toml). Nothing is joined below certainty, nor when a second family is nearly as like.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from mulian.modules.households.domain.importing.spelling import Key, Spelling, plain

CROWD = 400
"""A group that shares so little that it is larger than this tells nobody apart; its other keys do."""
TOWNSHIP = 9
SHORT = 2
"""Names of so few syllables (扎西, སྒྲོལ་མ) are many in every village: to be called the same says less."""


class Degree(StrEnum):
    """How two values of one field agree."""

    SAME = "same"
    SPELT = "spelt"
    NEAR = "near"
    OTHER = "other"


@dataclass(frozen=True)
class Weights:
    """(field, degree) → weight; from `certain` on it is the same, from `doubtful` on a person decides."""

    table: Mapping[tuple[str, Degree], float]
    certain: float
    doubtful: float
    gap: float

    def of(self, name: str, degree: Degree | None) -> float:
        return self.table.get((name, degree), 0.0) if degree else 0.0


@dataclass(frozen=True, slots=True)
class Person:
    """A name in one script or both, and a year of birth."""

    zh: str = ""
    bo: str = ""
    birth_year: int | None = None


@dataclass(frozen=True, slots=True)
class Family:
    """What a family is found again by. `id`: whatever the caller knows it by."""

    id: object
    head: Person
    village: str = ""
    phone: str = ""
    members: tuple[Person, ...] = ()


class Outcome(StrEnum):
    NEW = "new"
    CERTAIN = "certain"
    DOUBTFUL = "doubtful"


@dataclass(frozen=True)
class Found:
    """What was decided, and the likest families with their weight, best first."""

    outcome: Outcome
    likest: tuple[tuple[object, float], ...] = ()


@dataclass
class Linkage:
    """The families of a register, ready to be asked. Each is compared with a few that share a key, never with all."""

    weights: Weights
    spelling: Spelling
    families: dict[object, Family] = field(default_factory=dict)
    blocks: defaultdict[tuple[object, ...], list[object]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        self.key = lru_cache(maxsize=200_000)(self.spelling.key)

    def add(self, family: Family) -> None:
        self.families[family.id] = family
        for key in self.keys(family):
            self.blocks[key].append(family.id)

    def find(self, wanted: Family, most: int = 3) -> Found:
        """The decision for one family of the table."""
        near = self._near(wanted)
        scored = sorted(((self.score(wanted, self.families[id]), str(id), id) for id in near), reverse=True)
        likest = tuple((id, weight) for weight, _, id in scored if weight >= self.weights.doubtful)
        return Found(self._decided(wanted, likest), likest[:most])

    def _decided(self, wanted: Family, likest: Sequence[tuple[object, float]]) -> Outcome:
        if not likest:
            return Outcome.NEW
        best, second = likest[0][1], likest[1][1] if len(likest) > 1 else float("-inf")
        named = self.named(wanted.head, self.families[likest[0][0]].head)
        years = wanted.head.birth_year, self.families[likest[0][0]].head.birth_year
        alike = named in (Degree.SAME, Degree.SPELT) and _year(*years) != Degree.OTHER
        sure = best >= self.weights.certain and best - second >= self.weights.gap and alike
        return Outcome.CERTAIN if sure else Outcome.DOUBTFUL

    def keys(self, family: Family) -> set[tuple[object, ...]]:
        """What families are gathered by: telephone; head's name and village or year; a member's name and village."""
        found: set[tuple[object, ...]] = {("phone", family.phone)} if family.phone else set()
        for name in self._keys(family.head):
            found |= {("village", family.village, name), ("year", family.head.birth_year, name)}
            found.add(("township", family.village[:TOWNSHIP], name))
        for member in family.members:
            found |= {("village", family.village, name) for name in self._keys(member)}
        return found

    def _near(self, wanted: Family) -> set[object]:
        groups = [self.blocks[key] for key in self.keys(wanted) if key in self.blocks]
        return {id for group in groups if len(group) <= CROWD for id in group}

    def score(self, one: Family, other: Family) -> float:
        """The sum of weights; the same in either direction."""
        of = self.weights.of
        return (
            of("name", self._weighed(one.head, other.head))
            + of("birth_year", _year(one.head.birth_year, other.head.birth_year))
            + of("village", _village(one.village, other.village))
            + of("phone", _phone(one.phone, other.phone))
            + of("members", self._members(one.members, other.members))
        )

    def named(self, one: Person, other: Person) -> Degree | None:
        """How two names agree, in whichever script both have, or across scripts by how they sound."""
        pairs = [(a, b) for a, b in ((one.zh, other.zh), (one.bo, other.bo)) if a and b]
        if any(plain(a) == plain(b) for a, b in pairs):
            return Degree.SAME
        ours, theirs = self._keys(one), self._keys(other)
        if not ours or not theirs:
            return None
        if ours & theirs:
            return Degree.SPELT
        return Degree.NEAR if any(_one_apart(a, b) for a in ours for b in theirs) else Degree.OTHER

    def _weighed(self, one: Person, other: Person) -> Degree | None:
        """How two names agree, a short one as one that is only written alike."""
        named = self.named(one, other)
        shortest = min((len(key) for key in self._keys(one) | self._keys(other)), default=0)
        return Degree.SPELT if named == Degree.SAME and shortest <= SHORT else named

    def _keys(self, person: Person) -> set[Key]:
        return {self.key(name) for name in (person.zh, person.bo) if name}

    def _members(self, ours: Sequence[Person], theirs: Sequence[Person]) -> Degree | None:
        """Beyond the head: half of the fewer and at least two are the same people, one is, or none.

        Two who sound alike on one side are not both the one on the other.
        """
        if not ours or not theirs:
            return None
        told, held = [[self._keys(person) for person in side] for side in (ours, theirs)]
        common = min(_found(told, held), _found(held, told))
        if common >= max(2, min(len(ours), len(theirs)) / 2):
            return Degree.SAME
        return Degree.NEAR if common else Degree.OTHER


def _found(some: Sequence[set[Key]], others: Sequence[set[Key]]) -> int:
    """How many of some sound like one of the others."""
    return sum(any(one & other for other in others) for one in some)


def _one_apart(one: Key, other: Key) -> bool:
    """Names of three syllables and more that differ in one."""
    return len(one) == len(other) >= 3 and sum(a != b for a, b in zip(one, other, strict=True)) == 1


def _year(one: int | None, other: int | None) -> Degree | None:
    """Years counted the old way are one more."""
    if one is None or other is None:
        return None
    return Degree.SAME if one == other else Degree.NEAR if abs(one - other) == 1 else Degree.OTHER


def _village(one: str, other: str) -> Degree | None:
    if not one or not other:
        return None
    near = one[:TOWNSHIP] == other[:TOWNSHIP]
    return Degree.SAME if one == other else Degree.NEAR if near else Degree.OTHER


def _phone(one: str, other: str) -> Degree | None:
    if not one or not other:
        return None
    return Degree.SAME if one == other else Degree.OTHER


def twins(families: Iterable[Family], linkage: Linkage) -> dict[object, object]:
    """Families told twice in one table: id → the earlier one of the same head, village and year or telephone."""
    seen: dict[tuple[object, ...], object] = {}
    found: dict[object, object] = {}
    for family in families:
        if not (family.head.birth_year or family.phone):
            continue
        for name in sorted(linkage._keys(family.head)):
            key = (family.village, name, family.head.birth_year, family.phone)
            if key in seen:
                found[family.id] = seen[key]
            seen.setdefault(key, family.id)
    return found
