"""Takes down which papers a family holds, as last seen. No numbers, no pictures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from mulian.kernel.actor import Actor
from mulian.kernel.clock import CN
from mulian.kernel.ids import uuid7
from mulian.kernel.problems import Problem
from mulian.modules.households.actions.announcing import announce_change
from mulian.modules.households.actions.authority import authorise, locked
from mulian.modules.households.actions.caring import guarded
from mulian.modules.households.domain.catalogue import Of
from mulian.modules.households.models import Document, Household, Member
from mulian.modules.households.permissions import Permission
from mulian.modules.households.queries.catalogue import catalogue


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A paper as seen: held or not, valid to (None: for ever, or not known), on which day."""

    code: str
    held: bool
    member: UUID | None = None
    valid_to: date | None = None
    seen_on: date | None = None


@transaction.atomic
def note_paper(*, household: UUID, paper: Paper, actor: Actor, at: datetime) -> UUID:
    """A look at a paper; it replaces an earlier look, and a later one replaces it even when this is told after.

    Raises `not_found`, `households.item_unknown`, `households.member`, `households.guardian_needed`.
    """
    authorise(household=household, actor=actor, permission=Permission.CHANGE, at=at)
    row = locked(household)
    today = at.astimezone(CN).date()
    check_paper(row, paper, today)
    seen_on = min(paper.seen_on or today, today)
    rows = Document.unscoped.because("the household was authorised").filter(
        household=row, member=paper.member, code=paper.code, replaced_at__isnull=True
    )
    late = rows.filter(seen_on__gt=seen_on).exists()
    if not late:
        rows.update(replaced_at=at)
    document = Document.unscoped.create(
        id=uuid7(),
        household=row,
        member=paper.member,
        code=paper.code,
        held=paper.held,
        valid_to=paper.valid_to if paper.held else None,
        seen_on=seen_on,
        recorded_at=at,
        replaced_at=at if late else None,
        by=actor.person,
    )
    announce_change(row, ["documents"], actor=actor, at=at)
    return document.id


def check_paper(row: Household, paper: Paper, today: date) -> None:
    """Whether the family or the member may have this paper told; raises what `note_paper` raises."""
    kind = catalogue().documents.get(paper.code)
    if kind is None:
        raise Problem("households.item_unknown")
    if (kind.of == Of.HOUSEHOLD) != (paper.member is None):
        raise Problem("households.member")
    rows = Member.unscoped.because("the household was authorised")
    if paper.member and not rows.filter(household=row, id=paper.member, gone_at__isnull=True).exists():
        raise Problem("households.member")
    if paper.held and kind.sensitive and not guarded(paper.member, today):
        raise Problem("households.guardian_needed")
