"""Institutions as a form picks one and names it: what it is called, what kind, where. Nobody is listed under one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from mulian.core.areas.models import Area
from mulian.kernel.actor import Actor
from mulian.modules.households.domain.catalogue import Label
from mulian.modules.households.domain.premises import CAPACITY
from mulian.modules.households.models import Institution
from mulian.modules.households.queries.catalogue import catalogue
from mulian.modules.households.queries.institutions import institution, institutions


@dataclass(frozen=True, kw_only=True)
class Premises:
    """An institution within somebody's duty. `kind`: its words in zh, bo, en."""

    id: UUID
    name: str
    name_bo: str
    kind: Label
    area: Area
    closed: bool
    known: dict[str, int]

    def called(self, language: str) -> str:
        return (self.name_bo if language == "bo" else "") or self.name

    def holds(self, words: str) -> bool:
        """Whether its name, kind or place has these words in it."""
        said = [self.name, self.name_bo, *self.kind.values(), self.area.name_zh, self.area.name_bo]
        return all(any(word in each.casefold() for each in said) for word in words.casefold().split())


def premises(id: UUID, actor: Actor, at: datetime) -> Premises | None:
    """One of them, or nothing where it is beyond the actor's duty."""
    row = institution(id, actor, at)
    return next(iter(_all([row])), None) if row else None


def premises_of(actor: Actor, at: datetime, *, words: str = "") -> list[Premises]:
    """The open ones in the actor's duty by area and kind, those that the words name."""
    rows = institutions(actor, at).order_by("area", "kind", "id")
    return [each for each in _all(rows) if each.holds(words)]


def _all(rows: Iterable[Institution]) -> list[Premises]:
    held = list(rows)
    areas = Area.objects.in_bulk([row.area_id for row in held])
    return [
        Premises(
            id=row.id, name=row.name_zh, name_bo=row.name_bo, area=areas[row.area_id],
            kind=catalogue().institutions.get(row.kind, {"zh": row.kind}), closed=row.closed_at is not None,
            known={CAPACITY: row.capacity} if row.capacity is not None else {},
        )
        for row in held
    ]  # fmt: skip
