"""Who spoke for a household on a day, and in which language it was spoken to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from mulian.modules.households.domain.lives import from_day
from mulian.modules.households.models import Formerly, Household, Member

WHY = "inside a household the caller has in scope"


@dataclass(frozen=True)
class Spoken:
    """As it was on a day, and what was so before, the latest first."""

    language: str
    speakers: frozenset[UUID]
    before: tuple[Formerly, ...]


def spoken(row: Household, people: Iterable[Member], day: date) -> Spoken:
    """As it was at the end of a day, with those who belonged to it then; one query."""
    belonged = list(people)
    rows = Formerly.unscoped.because(WHY).filter(household=row).select_related("member")
    theirs = Formerly.unscoped.because(WHY).filter(member__in=belonged).select_related("member")
    told = {one.id: one for one in (*rows, *theirs)}
    after = from_day(day + timedelta(days=1))
    then: dict[UUID | None, str] = {}
    for one in sorted(told.values(), key=lambda each: (each.until, each.id), reverse=True):
        if one.until > after:
            then[one.member_id] = one.value
    now = {member.id: "yes" if member.speaks_for else "no" for member in belonged}
    speakers = frozenset(id for id, value in now.items() if then.get(id, value) == "yes")
    before = sorted(told.values(), key=lambda each: (each.until, each.id), reverse=True)
    return Spoken(then.get(None, row.language), speakers, tuple(before))
