"""Needs a family agreed to, and the help planned for them. Nothing is kept without consent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from mulian.core.events.log import append
from mulian.kernel.actor import Actor
from mulian.kernel.clock import CN
from mulian.kernel.ids import uuid7
from mulian.kernel.problems import Problem, register
from mulian.modules.households.actions.announcing import announce_change
from mulian.modules.households.actions.authority import authorise, locked
from mulian.modules.households.actions.changing import checked_language
from mulian.modules.households.domain.care import Consent
from mulian.modules.households.domain.catalogue import NeedKind, Of, months_after
from mulian.modules.households.domain.children import under_fourteen
from mulian.modules.households.events import ConsentWithdrawn
from mulian.modules.households.models import HelpPlan, Household, Member, Need
from mulian.modules.households.permissions import Permission
from mulian.modules.households.queries.catalogue import catalogue
from mulian.modules.households.queries.guarded import FOLLOWS

register(
    "households.consent_needed",
    422,
    "The family's consent is missing.",
    "Ask the family, and say who agreed.",
)
register(
    "households.guardian_needed",
    422,
    "A child under fourteen is helped only with its guardian's consent.",
    "Ask father, mother or who cares for the child, and say that they agreed for it.",
)
register("households.plan_needed", 422, "The help plan is not complete.", "Say what is done and who does it.")
register("households.plan_past", 422, "A plan begins today.", "Choose days from today on.")


@dataclass(frozen=True, kw_only=True)
class Agreed:
    """How the family agreed: which member, how, on which day, before whom, in which language (empty: its own)."""

    by: UUID
    how: Consent
    on: date
    witness: str = ""
    language: str = ""


@dataclass(frozen=True, kw_only=True)
class Help:
    """What is done, by whom (a name or an office), until when, and when it is looked at again."""

    what: str
    who: str
    due: date | None = None
    review_on: date | None = None


@transaction.atomic
def note_need(
    *,
    household: UUID,
    code: str,
    agreed: Agreed,
    plan: Help,
    actor: Actor,
    at: datetime,
    member: UUID | None = None,
    since: date | None = None,
    id: UUID | None = None,
) -> UUID:
    """Takes down a need with consent and the first help plan. Raises `households.consent_needed`, `…item_unknown`."""
    row, kind = _opened(household, code, actor, at)
    today = at.astimezone(CN).date()
    _check_member(row, kind, member)
    _check_consent(row, agreed, member, today)
    need = Need.unscoped.create(
        id=id or uuid7(),
        household=row,
        member=member,
        code=code,
        since=min(since or today, today),
        consent_on=agreed.on,
        consent_how=agreed.how,
        consent_by=agreed.by,
        consent_language=checked_language(agreed.language or row.language),
        consent_witness=agreed.witness.strip()[:60],
        recorded_at=at,
        by=actor.person,
    )
    _add_plan(need, kind, plan, actor, at)
    announce_change(row, _follows(need), actor=actor, at=at)
    return need.id


@transaction.atomic
def plan_help(*, need: UUID, plan: Help, actor: Actor, at: datetime) -> None:
    """A new plan for a need; the one before stays as it was told. Raises `households.plan_needed`."""
    found, row = _held(need, actor, at)
    _add_plan(found, catalogue().needs[found.code], plan, actor, at)
    announce_change(row, ["needs"], actor=actor, at=at)


@transaction.atomic
def help_given(*, need: UUID, actor: Actor, at: datetime) -> None:
    """The present plan was carried out today."""
    found, row = _held(need, actor, at)
    last = found.plans.last()
    if last is None or last.done_on is not None:
        return
    HelpPlan.unscoped.filter(id=last.id).update(done_on=at.astimezone(CN).date())
    announce_change(row, ["needs"], actor=actor, at=at)


@transaction.atomic
def end_need(*, need: UUID, actor: Actor, at: datetime, withdrawn: bool = False) -> None:
    """The need is over today; `withdrawn`: the family takes its consent back, and every trace of the need goes."""
    found, row = _held(need, actor, at)
    what = _follows(found)
    if withdrawn:
        found.delete()
        append(ConsentWithdrawn(subject_id=row.id, needs=[str(need)]), actor=actor, at=at)
    else:
        Need.unscoped.filter(id=need).update(until=at.astimezone(CN).date())
    announce_change(row, what, actor=actor, at=at)


def _follows(need: Need) -> list[str]:
    """Fields of a household that come and go with this consent: a guardian's opens a child's papers and facts too."""
    return [*FOLLOWS] if need.consent_how == Consent.GUARDIAN else ["needs"]


def _opened(household: UUID, code: str, actor: Actor, at: datetime) -> tuple[Household, NeedKind]:
    authorise(household=household, actor=actor, permission=Permission.CARE, at=at)
    kind = catalogue().needs.get(code)
    if kind is None:
        raise Problem("households.item_unknown")
    return locked(household), kind


def _held(need: UUID, actor: Actor, at: datetime) -> tuple[Need, Household]:
    """A need that still holds, of a household the actor helps; raises `not_found`."""
    rows = Need.unscoped.because("its household is authorised next")
    found = rows.filter(id=need, until__isnull=True).first()
    if found is None:
        raise Problem("not_found")
    authorise(household=found.household_id, actor=actor, permission=Permission.CARE, at=at)
    return found, locked(found.household_id)


def _check_member(row: Household, kind: NeedKind, member: UUID | None) -> None:
    if kind.of == Of.HOUSEHOLD and member is None:
        return
    if kind.of == Of.HOUSEHOLD or not _belongs(row, member):
        raise Problem("households.member")


def _check_consent(row: Household, agreed: Agreed, member: UUID | None, today: date) -> None:
    """A member of the household agreed, not later than today; a guardian is not the one who is helped."""
    guardian = agreed.how == Consent.GUARDIAN
    if not _belongs(row, agreed.by) or agreed.on > today or (guardian and agreed.by == member):
        raise Problem("households.consent_needed")
    if is_child(member, today) and (not guardian or is_child(agreed.by, today)):
        raise Problem("households.guardian_needed")


def is_child(member: UUID | None, today: date) -> bool:
    """Whether a member may be under fourteen."""
    if member is None:
        return False
    rows = Member.unscoped.because("the household was authorised").filter(id=member)
    return any(under_fourteen(one.birth_year, one.relation, today.year) for one in rows)


def guarded(member: UUID | None, today: date) -> bool:
    """Whether what is sensitive of this member may be kept: no child, or a guardian agreed to help for it."""
    agreed = Need.unscoped.because("the household was authorised").filter(
        member=member, consent_how=Consent.GUARDIAN, until__isnull=True
    )
    return not is_child(member, today) or agreed.exists()


def _belongs(row: Household, member: UUID | None) -> bool:
    if member is None:
        return False
    rows = Member.unscoped.because("the household was authorised")
    return rows.filter(household=row, id=member, gone_at__isnull=True).exists()


def _add_plan(need: Need, kind: NeedKind, plan: Help, actor: Actor, at: datetime) -> None:
    """Without a day of its own a plan is looked at again after the months the catalogue names, never later."""
    if not plan.what.strip() or not plan.who.strip():
        raise Problem("households.plan_needed")
    today = at.astimezone(CN).date()
    if any(day is not None and day < today for day in (plan.due, plan.review_on)):
        raise Problem("households.plan_past")
    latest = months_after(today, kind.review_months)
    HelpPlan.unscoped.create(
        need=need,
        what=plan.what.strip()[:200],
        who=plan.who.strip()[:60],
        due=plan.due,
        review_on=min(plan.review_on or latest, latest),
        recorded_at=at,
        by=actor.person,
    )
