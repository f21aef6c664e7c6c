"""Does what a family asked and a person allowed: corrects through a telling, deletes, restricts, ends consent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from mulian.core.events.log import append
from mulian.kernel.actor import Actor
from mulian.kernel.clock import CN
from mulian.kernel.problems import Problem, register
from mulian.modules.households.actions.authority import locked
from mulian.modules.households.actions.caring import end_need
from mulian.modules.households.actions.changing import Details, update_household
from mulian.modules.households.actions.erasing import end_downloads, erase
from mulian.modules.households.actions.reading import give_slip
from mulian.modules.households.actions.telling import Fact
from mulian.modules.households.domain.catalogue import Of, Side
from mulian.modules.households.domain.members import MemberChange, plausible_year
from mulian.modules.households.domain.requests import Extent, Kind, State, Target, answering_side, target
from mulian.modules.households.domain.values import NotAValue, kept
from mulian.modules.households.events import ConsentWithdrawn, RestrictionBegun
from mulian.modules.households.models import Household, Member, Need, Request, Restriction
from mulian.modules.households.queries.catalogue import catalogue
from mulian.modules.households.queries.register import tellings
from mulian.modules.households.queries.requests import restricted

WHY = "the household was authorised"
register(
    "households.request_what",
    422,
    "It is not said what this is about.",
    "Choose it from the list, or write it.",
)
register(
    "households.request_still_served",
    422,
    "The family is still served: everything cannot be deleted.",
    "Delete all that no duty keeps, or close the household first.",
)


def owner(kind: Kind, what: str) -> Side:
    """Which side answers."""
    about = target(what) if kind == Kind.CORRECT else None
    return answering_side(catalogue().items.get(about.code) if about else None)


def check_asked(
    row: Household, kind: Kind, what: str, wanted: str, member: UUID | None, asked_by: UUID
) -> None:
    """Raises `households.request_what`, `…item_value`, `…member`, `…request_for_nobody` for what cannot be done."""
    people = set(Member.unscoped.because(WHY).filter(household=row).values_list("id", flat=True))
    if member is not None and member not in people:
        raise Problem("households.member")
    if asked_by not in people:
        raise Problem("households.request_for_nobody")
    if kind == Kind.CORRECT:
        _check_correction(row, what, wanted, people)
    elif kind == Kind.DELETE:
        if what not in set(Extent):
            raise Problem("households.request_what")
        if what == Extent.WHOLE and row.closed_at is None:
            raise Problem("households.request_still_served")
    elif kind == Kind.WITHDRAW and what and not _needs(row, what, member).exists():
        raise Problem("households.request_what")


def _check_correction(row: Household, what: str, wanted: str, people: set[UUID]) -> None:
    about = target(what)
    if about is None or (about.what == "member" and about.subject not in people):
        raise Problem("households.request_what")
    if about.what == "item":
        entry = catalogue().items.get(about.code)
        if entry is None:
            raise Problem("households.request_what")
        try:
            kept(entry, wanted.strip() or None)
        except NotAValue:
            raise Problem("households.item_value") from None
    if about.code == "name" and not wanted.strip():
        raise Problem("households.item_value")
    if about.code == "birth_year" and not (wanted.strip().isdigit() and plausible_year(int(wanted), 2100)):
        raise Problem("households.item_value")


def grant(row: Request, actor: Actor, at: datetime) -> dict[str, Any]:
    """Does it inside the caller's transaction; answers what was done, in numbers and codes."""
    return _DOING[Kind(row.kind)](row, actor, at)


def _see(row: Request, actor: Actor, at: datetime) -> dict[str, Any]:
    give_slip(household=row.household_id, asked_by=row.asked_by, known_by=row.known_by, actor=actor, at=at)
    return {"shown": 1}


def _correct(row: Request, actor: Actor, at: datetime) -> dict[str, Any]:
    about = target(row.target)
    if about is None or about.what == "other":
        return {"by_hand": 1}
    if about.what == "item":
        told: dict[str, Any] = {"facts": [_fact(row, about, at)]}
    elif about.what == "field":
        told = {"details": Details(**{about.code: row.wanted})}
    else:
        value: Any = int(row.wanted) if about.code == "birth_year" else row.wanted
        told = {"members": [MemberChange(id=about.subject, **{about.code: value})]}
    update_household(household=row.household_id, actor=actor, at=at, **told)
    return {"corrected": about.code}


def _fact(row: Request, about: Target, at: datetime) -> Fact:
    """Since when the wrong one was told to hold, it was so: the wrong one stays in history with an empty period."""
    entry = catalogue().items[about.code]
    told = tellings(row.household_id, about.code, about.subject, at.astimezone(CN).date())
    holding = next((one for one in told if one.valid_to is None), None)
    today = at.astimezone(CN).date()
    return Fact(
        code=about.code,
        value=row.wanted or None,
        member=about.subject if entry.of == Of.MEMBER else None,
        camp=about.subject if entry.of == Of.CAMP else None,
        as_of=today,
        since=holding.valid_from if holding else today,
    )


def _delete(row: Request, actor: Actor, at: datetime) -> dict[str, Any]:
    home = locked(row.household_id, closed_too=True)
    gone = erase(home, Extent(row.target), row.member, request=row.id, actor=actor, at=at)
    others = Request.unscoped.because(WHY).filter(household=home).exclude(id=row.id)
    others.update(wanted="", words="")
    if row.target == Extent.WHOLE:
        over = {"state": State.DONE, "decided_by": actor.person, "decided_at": at, "next_at": None}
        others.filter(state=State.OPEN).update(**over, done={"extent": row.target})
    row.wanted = row.words = ""
    return gone


def _restrict(row: Request, actor: Actor, at: datetime) -> dict[str, Any]:
    if not restricted([row.household_id], at).exists():
        Restriction.unscoped.create(household_id=row.household_id, request=row, since=at)
        append(RestrictionBegun(subject_id=row.household_id, request=str(row.id)), actor=actor, at=at)
    ended = end_downloads(row.household, at)
    return {"restricted": 1} | ({"exports": ended} if ended else {})


def _withdraw(row: Request, actor: Actor, at: datetime) -> dict[str, Any]:
    needs = list(_needs(row.household, row.target, row.member).values_list("id", flat=True))
    for need in needs:
        end_need(need=need, withdrawn=True, actor=actor, at=at)
    over = Need.unscoped.because(WHY).filter(household=row.household_id, until__isnull=False)
    if row.member:
        over = over.filter(member=row.member)
    past = [] if row.target else list(over.values_list("id", flat=True))
    if past:
        Need.unscoped.because(WHY).filter(id__in=past).delete()
        gone = ConsentWithdrawn(subject_id=row.household_id, needs=[str(id) for id in past])
        append(gone, actor=actor, at=at)
    return {"needs": len(needs) + (1 if past else 0)}


def _needs(row: Household, what: str, member: UUID | None) -> Any:
    """The needs that hold: one, those of a member, or all."""
    rows = Need.unscoped.because(WHY).filter(household=row, until__isnull=True)
    if member is not None:
        rows = rows.filter(member=member)
    if not what:
        return rows
    try:
        return rows.filter(id=UUID(what.removeprefix("need:")))
    except ValueError:
        return rows.none()


_DOING: dict[Kind, Callable[[Request, Actor, datetime], dict[str, Any]]] = {
    Kind.SEE: _see,
    Kind.CORRECT: _correct,
    Kind.DELETE: _delete,
    Kind.RESTRICT: _restrict,
    Kind.WITHDRAW: _withdraw,
}
