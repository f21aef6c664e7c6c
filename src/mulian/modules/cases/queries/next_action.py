"""What this person can do with a case now, and the one thing they should."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mulian.core.access import scope
from mulian.core.areas.codes import within
from mulian.kernel.actor import Actor, Posting, Role
from mulian.modules.cases.domain.handing import RETURNS, levels_above
from mulian.modules.cases.domain.parts import WHISTLERS
from mulian.modules.cases.domain.staffing import Level
from mulian.modules.cases.domain.states import UNSOLVED, State, Verb, legal, reply_owed
from mulian.modules.cases.models import Case, Part
from mulian.modules.cases.permissions import Permission
from mulian.modules.cases.queries.holding import level_of
from mulian.modules.cases.queries.rules import rules

LEVEL_OF_ROLE = {
    Role.VILLAGE_LEAD: Level.VILLAGE,
    Role.TOWNSHIP_OFFICER: Level.TOWNSHIP,
    Role.COUNTY_DUTY: Level.COUNTY,
    Role.DEPARTMENT_OFFICER: Level.DEPARTMENT,
    Role.LEADER: Level.LEADER,
}
_FIRST = {
    State.REPORTED: "take",
    State.RETURNED: "take",
    State.TAKEN: "solve",
    State.IN_WORK: "solve",
    State.WAITING: "start",
    State.SOLVED: "answer",
}


@dataclass(frozen=True, kw_only=True)
class Next:
    """`verb`: the one next action (None: nothing to do but read). `verbs`: all that are possible, in order.

    `urge`: the actor stands above and may urge. `sort`: may set topic, place, urgency. `feedback`: may bring the
    family's word. `cancel`: may take it back as a test or mistake. `whistle`: may call departments in. `join`: may
    join it to a case of the same thing; `part`: may take it apart again.
    """

    verb: str | None
    verbs: tuple[str, ...]
    responsible: bool
    urge: bool
    sort: bool
    feedback: bool
    cancel: bool
    whistle: bool
    join: bool
    part: bool


def next_action(case: Case, actor: Actor, at: datetime) -> Next:
    """From the state machine and the actor's duties; no further reads."""
    hand = acting_posting(actor, case)
    higher = above_posting(actor, case)
    works = scope.permitted(actor, Permission.WORK) and case.same_as_id is None
    may = works and (hand is not None or higher is not None)
    county = case.responsible_level in (Level.COUNTY, Level.LEADER)
    returnable = case.returns < RETURNS and not county
    found = legal(
        State(case.state),
        kind=case.kind,
        returnable=returnable,
        decides=decides(actor, case),
        bound=bound(case, actor),
    )
    verbs = tuple(v.value for v in found if may or (v is Verb.ASSIGN and works))
    first = _FIRST.get(State(case.state))
    if may and reply_owed(State(case.state), kind=case.kind):
        first, verbs = "answer", ("answer", *verbs)
    wanted = "assign" if case.disputed_at and "assign" in verbs else first
    return Next(
        verb=wanted if hand is not None and wanted in verbs else None,
        verbs=verbs,
        responsible=hand is not None,
        urge=higher is not None and scope.permitted(actor, Permission.URGE) and case.state != State.CLOSED,
        sort=scope.permitted(actor, Permission.SORT) and case.same_as_id is None,
        join=scope.permitted(actor, Permission.SORT) and State(case.state) in UNSOLVED,
        part=scope.permitted(actor, Permission.SORT) and case.same_as_id is not None,
        feedback=scope.permitted(actor, Permission.FEEDBACK) and case.answered_at is not None,
        cancel=may and scope.permitted(actor, Permission.SORT) and State(case.state) in UNSOLVED,
        whistle=may and State(case.state) in UNSOLVED and _whistles(hand or higher),
    )


def decides(actor: Actor, case: Case) -> bool:
    """Whether the actor stands where it is decided whose a case is: the county centre or a leader, whoever has it."""
    return any(
        each.role in (Role.COUNTY_DUTY, Role.LEADER) and within(case.area_id, each.area)
        for each in actor.postings
    )


def bound(case: Case, actor: Actor) -> bool:
    """Whether the actor may hand the case on only by a decision: nobody while one is due, below none after it."""
    return case.disputed_at is not None or (case.bound and not decides(actor, case))


def _whistles(posting: Posting | None) -> bool:
    return posting is not None and LEVEL_OF_ROLE.get(posting.role) in WHISTLERS


def acting_posting(actor: Actor, case: Case) -> Posting | None:
    """The posting by which the actor belongs to the responsible unit, or is the responsible person."""
    for posting in actor.postings:
        if (
            case.responsible_unit_id
            and posting.unit == case.responsible_unit_id
            and posting.role != Role.LEADER
        ):
            return posting
    if case.responsible_person_id == actor.person and actor.postings:
        return actor.postings[0]
    return None


def above_posting(actor: Actor, case: Case) -> Posting | None:
    """The posting by which the actor stands above whoever is responsible, in the pack's order.

    An office called in stands beside the lead, not above: it answers its part and takes no step of the case.
    """
    orders = rules().ladders.rules_for(case.area_id).orders
    higher = levels_above(level_of(case), orders)
    for posting in actor.postings:
        level = LEVEL_OF_ROLE.get(posting.role)
        if level in higher and (
            not _called_in(case, posting)
            if posting.role == Role.DEPARTMENT_OFFICER
            else within(case.area_id, posting.area)
        ):
            return posting
    return None


def _called_in(case: Case, posting: Posting) -> bool:
    """Asked only of cases somebody handed on or whistled for."""
    return case.handed_over and Part.objects.filter(case=case, unit=posting.unit).exists()
