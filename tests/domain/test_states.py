"""The life of a case: every verb from every state, and long random walks with one owner at any time."""

import random

import pytest

from mulian.kernel.problems import Problem
from mulian.modules.cases.domain.feedback import Feedback, closes_at, consequence, falls_quiet
from mulian.modules.cases.domain.handing import above, may_return, receiver_in, returned_to
from mulian.modules.cases.domain.receivers import Receivers, Standing, hand_over, responsible
from mulian.modules.cases.domain.staffing import Level
from mulian.modules.cases.domain.states import (
    OPEN,
    TAKEABLE,
    UNSOLVED,
    Said,
    State,
    Verb,
    check_said,
    legal,
    moves_owner,
    step,
)  # fmt: skip
from tests.domain.county import V1, V3, V5, around, routed, staffing
from tests.domain.test_promises import RECEIVED

TABLE = {
    "take": {"reported": "taken", "returned": "taken"},
    "start": {"taken": "in_work", "waiting": "in_work"},
    "wait": {"taken": "waiting", "in_work": "waiting"},
    "solve": {"taken": "solved", "in_work": "solved", "waiting": "solved"},
    "answer": {"solved": "answered"},
    "return": dict.fromkeys(("reported", "taken", "in_work", "waiting", "returned"), "returned"),
    "pass-up": dict.fromkeys(("reported", "taken", "in_work", "waiting", "returned"), "reported"),
    "transfer": dict.fromkeys(("reported", "taken", "in_work", "waiting", "returned"), "reported"),
    "reopen": dict.fromkeys(("solved", "answered", "closed"), "taken"),
    "close": {"answered": "closed"},
    "dispute": dict.fromkeys(("reported", "taken", "in_work", "waiting", "returned"), "returned"),
    "assign": {},
}
DECIDED = dict.fromkeys(("reported", "taken", "in_work", "waiting", "returned"), "reported")
"""What the county's decision makes of a case; nobody else assigns."""


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("verb", Verb)
def test_every_verb_from_every_state(state: State, verb: Verb) -> None:
    expected = TABLE[verb.value].get(state.value)
    if expected:
        assert step(state, verb) == State(expected)
        return
    with pytest.raises(Problem) as refused:
        step(state, verb)
    assert (refused.value.code, refused.value.status) == ("cases.illegal_step", 409)


@pytest.mark.parametrize("state", State)
def test_what_is_called_legal_is_exactly_what_works(state: State) -> None:
    assert {verb.value for verb in legal(state)} == {v for v, rows in TABLE.items() if state.value in rows}


@pytest.mark.parametrize("state", State)
def test_the_county_assigns_and_disputes_nothing(state: State) -> None:
    verbs = {verb.value for verb in legal(state, decides=True)}
    assert verbs & {"assign", "dispute"} == ({"assign"} if state.value in DECIDED else set())
    if state.value in DECIDED:
        assert step(state, Verb.ASSIGN, decides=True) == State(DECIDED[state.value])


@pytest.mark.parametrize("state", State)
def test_what_the_county_decided_is_handed_on_by_nobody(state: State) -> None:
    moving = {verb for verb in Verb if moves_owner(verb)}
    assert set(legal(state, bound=True)) == set(legal(state)) - moving
    assert set(legal(state, bound=True, decides=True)) & moving <= {Verb.ASSIGN}


def test_thanks_close_without_any_work() -> None:
    assert step(State.REPORTED, Verb.CLOSE, kind="thanks") is State.CLOSED
    assert Verb.CLOSE not in legal(State.REPORTED, kind="problem")


def test_the_county_has_nobody_to_return_to() -> None:
    assert Verb.RETURN not in legal(State.TAKEN, returnable=False)


@pytest.mark.parametrize(
    ("verb", "said", "code"),
    [
        (Verb.SOLVE, Said(), "cases.evidence_needed"),
        (Verb.SOLVE, Said(text="  "), "cases.evidence_needed"),
        (Verb.SOLVE, Said(text="bridge mended"), None),
        (Verb.SOLVE, Said(photos=1), None),
        (Verb.SOLVE, Said(voices=1), None),
        (Verb.ANSWER, Said(photos=1), "cases.answer_needed"),
        (Verb.ANSWER, Said(voices=1), None),
        (Verb.WAIT, Said(), "cases.reason_needed"),
        (Verb.WAIT, Said(reason="parts ordered"), None),
        (Verb.RETURN, Said(reason=" "), "cases.reason_needed"),
        (Verb.REOPEN, Said(voices=1), None),
        (Verb.TRANSFER, Said(), "cases.unit_needed"),
        (Verb.TRANSFER, Said(to="dept.water"), None),
        (Verb.TAKE, Said(), None),
        (Verb.PASS_UP, Said(), None),
    ],
)
def test_what_a_verb_needs(verb: Verb, said: Said, code: str | None) -> None:
    if code is None:
        check_said(verb, said)
        return
    with pytest.raises(Problem) as refused:
        check_said(verb, said)
    assert (refused.value.code, refused.value.status) == (code, 422)


def test_ten_thousand_random_steps_never_lose_the_owner() -> None:
    chance = random.Random(4)
    surroundings = around("road.bridge", staff=staffing(vacant=["dept.transport"]))
    steps = 0
    while steps < 10_000:
        area = chance.choice([V1, V3, V5])
        receivers: Receivers = routed(area, surroundings).receivers
        state, returns, senders = State.REPORTED, 0, []
        for _ in range(40):
            holder = responsible(receivers)
            verbs = legal(state, returnable=may_return(holder, returns=returns))
            if not verbs:
                break
            verb = chance.choice(verbs)
            if verb is Verb.PASS_UP and holder.level is Level.LEADER:
                with pytest.raises(Problem):
                    above(holder.level, area, surroundings)
                continue
            state, steps = step(state, verb), steps + 1
            if verb is Verb.RETURN:
                to = returned_to(
                    sender=senders[-1] if senders else None, returns=returns, area=area, around=surroundings
                )
                returns += 1
                if returns >= 2:
                    assert to.level is Level.COUNTY
            elif verb is Verb.PASS_UP:
                to = above(holder.level, area, surroundings)
            elif verb is Verb.TRANSFER:
                to = receiver_in(
                    chance.choice(["dept.water", f"village:{V5}", "county_centre"]), surroundings
                )
            if moves_owner(verb):
                assert state in TAKEABLE
                senders.append(holder.unit)
                receivers = hand_over(receivers, to)
                assert responsible(receivers).key == to.key
            assert sum(r.standing is Standing.RESPONSIBLE for r in receivers) == 1
            assert len({r.key for r in receivers}) == len(receivers)
            assert any(r.level is Level.COUNTY for r in receivers)
            assert returns <= 2
    assert steps >= 10_000


def test_states_are_sorted_into_what_is_owed() -> None:
    assert frozenset(State) - {State.CLOSED} == OPEN
    assert frozenset(OPEN) - {State.SOLVED, State.ANSWERED} == UNSOLVED


@pytest.mark.parametrize(
    ("solved", "state", "verb"),
    [
        (True, State.ANSWERED, Verb.CLOSE),
        (True, State.SOLVED, None),
        (True, State.CLOSED, None),
        (False, State.ANSWERED, Verb.REOPEN),
        (False, State.CLOSED, Verb.REOPEN),
        (False, State.IN_WORK, None),
    ],
)
def test_the_family_closes_or_reopens(solved: bool, state: State, verb: Verb | None) -> None:
    found = consequence(Feedback(solved=solved), state)
    assert found is verb
    if found:
        step(state, found)


@pytest.mark.parametrize("stars", [0, 6, -1])
def test_a_rating_has_one_to_five_stars(stars: int) -> None:
    with pytest.raises(Problem, match="bad_rating"):
        Feedback(solved=True, stars=stars)


def test_silence_closes_after_seven_days_and_not_before() -> None:
    end = closes_at(RECEIVED)
    assert (end - RECEIVED).days == 7
    assert falls_quiet(State.ANSWERED, RECEIVED, end)
    assert not falls_quiet(State.ANSWERED, RECEIVED, end.replace(microsecond=0) - (end - RECEIVED) / 7)
    assert not falls_quiet(State.SOLVED, RECEIVED, end)
    assert not falls_quiet(State.ANSWERED, None, end)
