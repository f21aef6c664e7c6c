"""The life of a case: its states, the verbs that move it, and what each verb needs.

reported → taken → in_work (→ waiting) → solved → answered → closed; returned when a unit sends it back.
Whoever becomes responsible finds the case takeable: after passing up or transferring it is reported again,
after a return it is returned. Times and clocks live on: a reopened case keeps its clock history.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from mulian.kernel.problems import Problem
from mulian.modules.cases.domain import refusals


class State(StrEnum):
    REPORTED = "reported"
    TAKEN = "taken"
    IN_WORK = "in_work"
    WAITING = "waiting"
    SOLVED = "solved"
    ANSWERED = "answered"
    CLOSED = "closed"
    RETURNED = "returned"


class Verb(StrEnum):
    TAKE = "take"
    START = "start"
    WAIT = "wait"
    SOLVE = "solve"
    ANSWER = "answer"
    RETURN = "return"
    PASS_UP = "pass-up"
    TRANSFER = "transfer"
    REOPEN = "reopen"
    CLOSE = "close"
    DISPUTE = "dispute"
    ASSIGN = "assign"


UNSOLVED = frozenset({State.REPORTED, State.TAKEN, State.IN_WORK, State.WAITING, State.RETURNED})
"""Somebody still owes the work itself."""
OPEN = UNSOLVED | {State.SOLVED, State.ANSWERED}
"""Everything but closed: counts as load, may own running promises."""
TAKEABLE = frozenset({State.REPORTED, State.RETURNED})
_HELD = frozenset({State.TAKEN, State.IN_WORK, State.WAITING})

_STEPS: dict[Verb, tuple[frozenset[State], State]] = {
    Verb.TAKE: (TAKEABLE, State.TAKEN),
    Verb.START: (frozenset({State.TAKEN, State.WAITING}), State.IN_WORK),
    Verb.WAIT: (frozenset({State.TAKEN, State.IN_WORK}), State.WAITING),
    Verb.SOLVE: (_HELD, State.SOLVED),
    Verb.ANSWER: (frozenset({State.SOLVED}), State.ANSWERED),
    Verb.RETURN: (UNSOLVED, State.RETURNED),
    Verb.PASS_UP: (UNSOLVED, State.REPORTED),
    Verb.TRANSFER: (UNSOLVED, State.REPORTED),
    Verb.REOPEN: (frozenset({State.SOLVED, State.ANSWERED, State.CLOSED}), State.TAKEN),
    Verb.CLOSE: (frozenset({State.ANSWERED}), State.CLOSED),
    Verb.DISPUTE: (UNSOLVED, State.RETURNED),
    Verb.ASSIGN: (UNSOLVED, State.REPORTED),
}
_NEEDS_REASON = frozenset({Verb.WAIT, Verb.RETURN, Verb.REOPEN, Verb.DISPUTE, Verb.ASSIGN})
_MOVES_OWNER = frozenset({Verb.RETURN, Verb.PASS_UP, Verb.TRANSFER, Verb.DISPUTE, Verb.ASSIGN})
_BOUND = frozenset({Verb.RETURN, Verb.PASS_UP, Verb.TRANSFER, Verb.DISPUTE})
"""Who the county has made responsible by its decision hands the case to nobody, and who must decide does so."""
REPLIED = frozenset({"question", "suggestion", "wish"})
"""Kinds to which a reply is owed, not work: who replies has done what was asked."""
_NO_WORK_OWED = frozenset({"thanks", "test", "cancelled"})
_CLOSED_AT_ONCE = frozenset({State.REPORTED, State.TAKEN, State.RETURNED})


@dataclass(frozen=True, kw_only=True)
class Said:
    """What came with a verb: words, and how many voices and photos."""

    text: str = ""
    voices: int = 0
    photos: int = 0
    reason: str = ""
    to: str | None = None


def legal(
    state: State, *, kind: str = "problem", returnable: bool = True, decides: bool = False, bound: bool = False
) -> tuple[Verb, ...]:  # fmt: skip
    """The verbs possible now, in the order of a case's life.

    `kind` is the topic's kind; thanks, tests and cancelled reports may be closed without any work.
    `returnable` is false where nobody handed the case over: the first receiver has nobody to return it to.
    `decides` is true for the county centre and leaders: they assign, and dispute nothing. `bound` where the
    county has decided, or must: the case is handed on only by `assign`.
    """
    verbs = [verb for verb, (sources, _) in _STEPS.items() if state in sources]
    if kind in _NO_WORK_OWED and state in _CLOSED_AT_ONCE:
        verbs.append(Verb.CLOSE)
    barred = {Verb.DISPUTE} if decides else {Verb.ASSIGN}
    barred |= _BOUND if bound else set()
    barred |= set() if returnable else {Verb.RETURN}
    return tuple(verb for verb in verbs if verb not in barred)


def reply_owed(state: State, *, kind: str) -> bool:
    """Whether answering now is the whole of what is owed: no evidence of work stands between."""
    return kind in REPLIED and state in (State.TAKEN, State.IN_WORK)


def step(
    state: State, verb: Verb, *, kind: str = "problem", returnable: bool = True, decides: bool = False,
    bound: bool = False,
) -> State:  # fmt: skip
    """The state after `verb`. Raises `cases.illegal_step` when the verb is not legal now."""
    if verb not in legal(state, kind=kind, returnable=returnable, decides=decides, bound=bound):
        raise Problem(refusals.ILLEGAL_STEP, state=state.value, verb=verb.value)
    return _STEPS[verb][1]


def moves_owner(verb: Verb) -> bool:
    """Whether the verb makes another unit responsible."""
    return verb in _MOVES_OWNER


def check_said(verb: Verb, said: Said) -> None:
    """Raises the Problem that names what is missing: evidence, an answer, a reason, a unit."""
    words = said.text.strip()
    if verb is Verb.SOLVE and not (words or said.voices or said.photos):
        raise Problem(refusals.EVIDENCE_NEEDED)
    if verb is Verb.ANSWER and not (words or said.voices):
        raise Problem(refusals.ANSWER_NEEDED)
    if verb in _NEEDS_REASON and not (said.reason.strip() or words or said.voices):
        raise Problem(refusals.REASON_NEEDED)
    if verb in (Verb.TRANSFER, Verb.ASSIGN) and not said.to:
        raise Problem(refusals.UNIT_NEEDED)
