"""How alike two reports are (a table), and the clocks and receivers of two that are joined."""

# ruff: noqa: E501 -- a table reads best with one row a line

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mulian.kernel.geo import Point
from mulian.kernel.problems import Problem
from mulian.kernel.worktime import ROUND
from mulian.modules.cases.domain import merging
from mulian.modules.cases.domain.merging import Joinable, Sameness, Trace, likeness
from mulian.modules.cases.domain.promises import Amount, Policy, PromiseKind, Rule, keep, pause, promise
from mulian.modules.cases.domain.receivers import Reason, Standing, responsible
from mulian.modules.cases.domain.states import UNSOLVED, State
from tests.domain.county import G1, G1B, V1, V2, routed
from tests.world import AT

HOME, OTHER = uuid4(), uuid4()
HERE, NEAR, AWAY = Point(33.90, 100.10), Point(33.905, 100.10), Point(34.5, 100.9)
BRIDGE, BRIDGE_AGAIN, SNOW = "村口的桥断了，车过不去", "桥断了，摩托车过不去", "下大雪，积雪很厚"
TIBETAN, TIBETAN_AGAIN = "ཟམ་པ་ཆད་སོང་། རྟ་ཡང་འགྲོ་མི་ཐུབ", "ཟམ་པ་ཆད་ནས་འགྲོ་མི་ཐུབ"


def t(text: str = BRIDGE, area: str = V1, hours: float = 0, **more: object) -> Trace:
    return Trace(text=text, area=area, at=AT + timedelta(hours=hours), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other", "suggested", "reasons"),
    [
        (t(), t(BRIDGE_AGAIN, hours=3), True, "village words time"),
        (t(), t(BRIDGE_AGAIN, area=G1, hours=3), True, "village words time"),
        (t(area=G1), t(BRIDGE_AGAIN, area=G1B, hours=3), True, "village words time"),
        (t(TIBETAN), t(TIBETAN_AGAIN, hours=1), True, "village words time"),
        (t(point=HERE), t(BRIDGE_AGAIN, point=NEAR, hours=1), True, "near words time"),
        (t(household=HOME), t("还是那个事，桥断了", household=HOME, hours=30), True, "household words"),
        (t("", photos=frozenset({"a"})), t(SNOW, V2, 900, photos=frozenset({"a", "b"})), True, "photo"),
        (t("", topic="road.bridge", point=HERE), t("", topic="road.bridge", point=HERE, hours=1), True, "near topic time"),
        (t(), t(BRIDGE_AGAIN, area=V2, hours=1), False, ""),  # another village has its own bridge
        (t(point=HERE), t(BRIDGE_AGAIN, point=AWAY), False, ""),  # the point tells more than the village
        (t(), t(BRIDGE_AGAIN, hours=24 * 15), False, ""),  # too long ago
        (t(topic="road.bridge"), t(topic="herd.disease"), False, ""),  # known to be two matters
        (t(), t(SNOW, hours=1), False, "village time"),
        (t(""), t("", hours=1), False, "village time"),  # two voices nobody heard yet
        (t(area=V1[:9]), t(BRIDGE, area=V1[:9]), False, ""),  # only the township is known
    ],
)  # fmt: skip
def test_what_looks_like_the_same_thing(one: Trace, other: Trace, suggested: bool, reasons: str) -> None:
    found = likeness(one, other, Sameness())
    assert (found.score >= Sameness().suggest, " ".join(found.reasons)) == (suggested, reasons)
    assert likeness(other, one, Sameness()) == found


def test_a_part_of_a_topic_is_no_other_matter() -> None:
    assert likeness(t(topic="road"), t(topic="road.bridge"), Sameness()).score > 0.6


@given(st.text(max_size=40), st.text(max_size=40))
def test_words_are_compared_the_same_both_ways_and_between_nought_and_one(one: str, other: str) -> None:
    assert merging.overlap(one, other) == merging.overlap(other, one)
    assert 0 <= merging.overlap(one, other) <= 1


def clock(hours: float, kind: PromiseKind = PromiseKind.SOLVE) -> merging.Promise:
    rule = Rule(code=f"r{hours}", kind=kind, amount=Amount(days=7))
    return promise(rule, at=AT + timedelta(hours=hours), policy=POLICY, area=V1)


POLICY = Policy(rules=(), calendars={"round": ROUND})


@pytest.mark.parametrize(
    ("main", "duplicate", "wins"),
    [
        (clock(5), clock(0), 0),
        (clock(0), clock(5), None),
        (clock(0), clock(0), None),
        (None, clock(3), 3),
        (keep(clock(5), at=AT, policy=POLICY), clock(0), None),
        (clock(5), keep(clock(0), at=AT, policy=POLICY), None),
    ],
)
def test_the_earliest_clock_wins(main: object, duplicate: merging.Promise, wins: float | None) -> None:
    found = merging.earliest(main, duplicate)  # type: ignore[arg-type]
    assert (found.start if found else None) == (None if wins is None else AT + timedelta(hours=wins))


def test_a_main_case_that_waits_goes_on_waiting_under_the_earlier_time() -> None:
    found = merging.earliest(pause(clock(5), at=AT), clock(0))
    assert found is not None
    assert (found.due, found.paused_at) == (clock(0).due, AT)


def test_receivers_unite_and_one_is_responsible() -> None:
    main, duplicate = routed(V1).receivers, routed(V2).receivers
    both = merging.unite(main, duplicate)
    assert {each.key for each in both} == {each.key for each in (*main, *duplicate)}
    assert responsible(both) == responsible(main)
    joined = {each.key: each for each in both if each.reason is Reason.JOINED}
    assert joined[f"village:{V2}"].standing is Standing.INFORMED


OPEN = Joinable(state=State.TAKEN, kind="problem", complaint=False)


@pytest.mark.parametrize("state", State)
def test_only_open_cases_are_joined(state: State) -> None:
    one = Joinable(state=state, kind="problem", complaint=False)
    for pair, may in (((one, OPEN), state in UNSOLVED - {State.WAITING}), ((OPEN, one), state in UNSOLVED)):
        if may:
            merging.check_join(*pair)
        else:
            with pytest.raises(Problem):
                merging.check_join(*pair)


@pytest.mark.parametrize(
    "wrong",
    [{"complaint": True}, {"kind": "complaint"}, {"joined_to": uuid4()}],
)
def test_complaints_and_chains_are_never_joined(wrong: dict[str, object]) -> None:
    bad = Joinable(**{"state": State.TAKEN, "kind": "problem", "complaint": False, **wrong})  # type: ignore[arg-type]
    for pair in ((bad, OPEN), (OPEN, bad)):
        with pytest.raises(Problem) as refused:
            merging.check_join(*pair)
        assert refused.value.code == "cases.not_joinable"


@pytest.mark.parametrize("wrong", [{"joined": 1}, {"owed_parts": True}])
def test_nothing_hangs_on_the_one_that_is_joined(wrong: dict[str, object]) -> None:
    bad = Joinable(**{"state": State.TAKEN, "kind": "problem", "complaint": False, **wrong})  # type: ignore[arg-type]
    merging.check_join(OPEN, bad)
    with pytest.raises(Problem):
        merging.check_join(bad, OPEN)
