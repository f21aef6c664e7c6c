"""What the register may hold: items, needs and documents as the county's pack names them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

Label = Mapping[str, str]
"""zh, bo, en → words."""


class Type(StrEnum):
    """What kind of value an item has; a code never changes its type."""

    COUNT = "count"
    NUMBER = "number"
    YES_NO = "yes_no"
    CHOICE = "choice"
    DATE = "date"
    TEXT = "text"


class Of(StrEnum):
    """Whose fact it is."""

    HOUSEHOLD = "household"
    MEMBER = "member"
    CAMP = "camp"


class Side(StrEnum):
    """The two sides of dual management: where the family is registered, and where it lives or camps."""

    REGISTERED = "registered"
    RESIDING = "residing"


class Source(StrEnum):
    """How it is known: the family said so, the writer saw it, it stands in a paper, an office shared it."""

    TOLD = "told"
    SEEN = "seen"
    PAPER = "paper"
    OFFICE = "office"


@dataclass(frozen=True, kw_only=True)
class Item:
    """One entry of the catalogue. `months`: how long what was said stays fresh; `unit` None: it has none.

    `herd`: a number of animals that counts into the herd of the area.
    """

    code: str
    group: str
    name: Label
    type: Type
    of: Of = Of.HOUSEHOLD
    sensitive: bool = False
    class_: str = "S2"
    owner: Side = Side.RESIDING
    shared: bool = True
    sources: tuple[Source, ...] = (Source.TOLD,)
    months: int = 12
    ages: tuple[int, int] = (0, 120)
    unit: Label | None = None
    most: int = 20_000_000
    choices: Mapping[str, Label] = field(default_factory=dict)
    demo: tuple[int, ...] = ()
    herd: bool = False
    purpose: Label | None = None
    keep_months: int | None = None

    def asked_of(self, birth_year: int | None, year: int) -> bool:
        """Whether it is asked of a member born then; of one whose year is not known everything is."""
        return birth_year is None or self.ages[0] <= year - birth_year <= self.ages[1]

    def stale(self, as_of: date, today: date) -> bool:
        """Whether what was last said on `as_of` is older than this item stays fresh."""
        return as_of <= self.fresh_since(today)

    def fresh_since(self, today: date) -> date:
        """The last day that is too long ago."""
        return months_after(today, -self.months)


@dataclass(frozen=True, kw_only=True)
class NeedKind:
    """A kind of help a family may ask for; kept with consent, for the purpose, until the review at the latest."""

    code: str
    name: Label
    purpose: Label
    of: Of
    review_months: int
    keep_months: int
    demo: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class DocumentKind:
    """A paper that a family or a member may hold."""

    code: str
    name: Label
    of: Of
    sensitive: bool
    demo: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SafetyCheck:
    """What is looked at in some kinds of institution, every so many months."""

    code: str
    name: Label
    of: frozenset[str]
    months: int

    def due(self, done_on: date) -> date:
        return months_after(done_on, self.months)


@dataclass(frozen=True)
class Catalogue:
    """Everything by code, in the order of the pack."""

    groups: Mapping[str, Label]
    items: Mapping[str, Item]
    needs: Mapping[str, NeedKind]
    documents: Mapping[str, DocumentKind]
    institutions: Mapping[str, Label] = field(default_factory=dict)
    checks: Mapping[str, SafetyCheck] = field(default_factory=dict)

    def of(self, whose: Of) -> list[Item]:
        return [item for item in self.items.values() if item.of == whose]


def months_after(day: date, months: int) -> date:
    """The same day so many months later (or earlier); the last of the month where there is no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = date(year + month // 11, (month + 1) % 12 + 1, 1)
    last = (following - date.resolution).day
    return date(year, month + 1, min(day.day, last))
