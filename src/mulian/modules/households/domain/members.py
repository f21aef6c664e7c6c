"""Who belongs to a household, as far as serving it needs: name, birth year, relation, phone, who speaks."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

MAX_MEMBERS = 40
OLDEST_BIRTH_YEAR = 1900
GROWN = 18
"""Years after which somebody heads a household before those who are younger."""


class Relation(StrEnum):
    """To the head of the household."""

    HEAD = "head"
    SPOUSE = "spouse"
    CHILD = "child"
    CHILD_IN_LAW = "child_in_law"
    PARENT = "parent"
    GRANDPARENT = "grandparent"
    GRANDCHILD = "grandchild"
    SIBLING = "sibling"
    RELATIVE = "relative"
    OTHER = "other"


@dataclass(frozen=True, kw_only=True)
class MemberChange:
    """One member to add (`id` unknown) or to change (None leaves a value as it is); `gone` takes them off."""

    id: UUID | None = None
    name: str | None = None
    name_bo: str | None = None
    birth_year: int | None = None
    relation: Relation | None = None
    phone: str | None = None
    speaks_for: bool | None = None
    gone: bool = False


def plausible_year(year: int | None, this_year: int) -> bool:
    return year is None or OLDEST_BIRTH_YEAR <= year <= this_year
