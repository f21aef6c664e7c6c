"""Changes what is written about a household: details, members, closing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from mulian.core.files.actions import attach, detach
from mulian.core.search import index as search
from mulian.kernel.actor import Actor
from mulian.kernel.clock import CN
from mulian.kernel.ids import uuid7
from mulian.kernel.problems import Problem, register
from mulian.modules.households.actions.announcing import announce_change
from mulian.modules.households.actions.authority import authorise, locked
from mulian.modules.households.actions.belonging import (
    GOES_ALONG,
    next_position,
    seat,
    settle_member,
    tell_life,
)
from mulian.modules.households.actions.heading import one_head, succeed
from mulian.modules.households.actions.speaking import keep_language, keep_speaker
from mulian.modules.households.actions.telling import Fact, tell
from mulian.modules.households.domain.catalogue import Source
from mulian.modules.households.domain.lives import Life, Why
from mulian.modules.households.domain.members import MAX_MEMBERS, MemberChange, Relation, plausible_year
from mulian.modules.households.models import Belonging, Household, LifeEvent, Member
from mulian.modules.households.permissions import Permission
from mulian.modules.households.queries import KIND

LANGUAGES = frozenset({"bo", "zh-hans", "en"})
SEARCHED = frozenset({"name", "name_bo", "members"})
"""What a household is found by."""

register("households.language", 422, "This language is not offered.", "Choose one of the languages.")
register("households.member", 422, "A member is not right.", "Check name, year of birth and relation.")
register("households.too_many_members", 422, "A household has at most 40 members.", "Register a second one.")


@dataclass(frozen=True, kw_only=True)
class Details:
    """New values; None leaves one as it is, an empty text clears it."""

    name: str | None = None
    name_bo: str | None = None
    phone: str | None = None
    language: str | None = None
    picture: str | None = None

    def given(self) -> dict[str, str]:
        values = {f.name: getattr(self, f.name) for f in fields(self)}
        return {name: value.strip() for name, value in values.items() if value is not None}


@transaction.atomic
def update_household(
    *,
    household: UUID,
    actor: Actor,
    at: datetime,
    details: Details = Details(),
    members: Sequence[MemberChange] = (),
    facts: Sequence[Fact] = (),
    source: Source = Source.TOLD,
    written: datetime | None = None,
) -> int:
    """Changes details and members, takes down facts; returns the new revision (the old one when nothing changed).

    `written` is when a phone wrote it: what a former liaison wrote while in charge is taken.
    """
    authorise(household=household, actor=actor, permission=Permission.CHANGE, at=at, written=written)
    row = locked(household)
    language = row.language
    changed = _details(row, details)
    if "language" in changed:
        keep_language(row, language, actor, written or at)
    changed += _members(row, members, actor, at, written) if members else []
    if tell(row, facts, actor=actor, at=at, written=written, source=source):
        changed += ["items", *(["camps"] if any(fact.camp for fact in facts) else [])]
    if not changed:
        return row.rev
    if "picture" in changed:
        _keep_picture(row, actor, at)
    rev = announce_change(row, changed, actor=actor, at=at, written=written)
    if SEARCHED & set(changed):
        index_household(row, at)
    return rev


def _keep_picture(row: Household, actor: Actor, at: datetime) -> None:
    """The picture it is found by (its tent, its door) replaces the one before; who sees the household sees it."""
    detach(subject_kind=KIND, subject_id=row.id)
    if row.picture:
        attach(
            sha256s=[row.picture],
            subject_kind=KIND,
            subject_id=row.id,
            role="picture",
            at=at,
            by=actor,
            permission=Permission.VIEW,
        )


def _details(row: Household, details: Details) -> list[str]:
    given = details.given()
    if given.get("name") == "":
        raise Problem("households.name_needed")
    if "language" in given:
        checked_language(given["language"])
    changed = [name for name, value in given.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, given[name])
    return changed


def checked_language(language: str) -> str:
    if language not in LANGUAGES:
        raise Problem("households.language")
    return language


def _members(
    row: Household, changes: Sequence[MemberChange], actor: Actor, at: datetime, written: datetime | None
) -> list[str]:
    """Corrects members; who is new came, who is gone left, on the day it was written. Returns the fields that changed:
    what was told of who left goes along, and so may what is told of a child only with its guardian's consent.
    """
    held = {m.id: m for m in present_members(row)}
    day = (written or at).astimezone(CN).date()

    def happened(kind: Life, why: Why) -> LifeEvent:
        return tell_life(row, kind, why=why, on=min(day, at.astimezone(CN).date()), actor=actor, at=at)

    known = [change for change in changes if change.id in held and not change.gone]
    fresh = [change for change in changes if change.id not in held and not change.gone]
    altered = {
        name for change in known if change.id for name in _alter(held[change.id], change, actor, at, written)
    }
    gone = [held[change.id] for change in changes if change.id in held and change.gone and change.id]
    renamed: list[str] = []
    if gone:
        left = happened(Life.WENT, Why.LEFT)
        for member in gone:
            seat(member, left, None, 0, "")
            settle_member(member, at)
        renamed = succeed(row, left, at)
    added = add_members(row, fresh, at)
    if added:
        came = happened(Life.CAME, Why.JOINED)
        for member in added:
            seat(member, came, row, member.position, member.relation)
    if any(change.relation == Relation.HEAD for change in changes):
        one_head(row)
    if gone or altered & {"birth_year", "relation"}:
        return [*GOES_ALONG, *renamed]
    return ["members"] if altered or added else []


def _alter(
    member: Member, change: MemberChange, actor: Actor, at: datetime, written: datetime | None
) -> list[str]:
    """A correction: the relation to the head is corrected for the whole stay in this household."""
    _check(change, at)
    names = ("name", "name_bo", "birth_year", "relation", "phone", "speaks_for")
    given = {name: getattr(change, name) for name in names if getattr(change, name) is not None}
    changed = [name for name, value in given.items() if getattr(member, name) != value]
    for name in changed:
        setattr(member, name, given[name])
    if changed:
        member.save()
    if "speaks_for" in changed:
        keep_speaker(member, not member.speaks_for, actor, written or at)
    if "relation" in changed:
        told = Belonging.unscoped.because("the household was authorised").filter(member=member)
        told.filter(household=member.household_id).update(relation=member.relation)
    return changed


def add_members(row: Household, members: Iterable[MemberChange], at: datetime) -> list[Member]:
    """Writes new members behind those already there."""
    wanted = list(members)
    held = present_members(row)
    if held.count() + len(wanted) > MAX_MEMBERS:
        raise Problem("households.too_many_members")
    for change in wanted:
        _check(change, at)
        if not change.name:
            raise Problem("households.member")
    taken = Member.unscoped.because("ids are unique everywhere").filter(id__in=[c.id for c in wanted if c.id])
    if taken.exists():
        raise Problem("households.member")
    first = next_position(row) if wanted else 0
    return Member.unscoped.bulk_create([_member(row, c, first + turn) for turn, c in enumerate(wanted)])


def present_members(row: Household) -> QuerySet[Member]:
    """Those who belong to it now."""
    rows = Member.unscoped.because("the household was authorised")
    return rows.filter(household=row, gone_at__isnull=True)


def _check(change: MemberChange, at: datetime) -> None:
    if change.name == "" or not plausible_year(change.birth_year, at.astimezone(CN).year):
        raise Problem("households.member")


def _member(row: Household, change: MemberChange, position: int) -> Member:
    return Member(
        id=change.id or uuid7(),
        household=row,
        position=position,
        name=change.name or "",
        name_bo=change.name_bo or "",
        birth_year=change.birth_year,
        relation=change.relation or Relation.OTHER,
        phone=change.phone or "",
        speaks_for=bool(change.speaks_for),
    )


def index_household(row: Household, at: datetime) -> None:
    """Findable by number, the head's name and the members' names."""
    names = [part for pair in present_members(row).values_list("name", "name_bo") for part in pair]
    search.index(kind=KIND, id=row.id, text=" ".join([row.number, row.name, row.name_bo, *names]), at=at)
