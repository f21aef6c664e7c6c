"""Rules of tasks and visits as tables and properties."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mulian.modules.tasks.domain.asking import Answer, Asks, fault
from mulian.modules.tasks.domain.following import (
    AT_LEAST,
    Aim,
    Changes,
    Held,
    Release,
    State,
    due_for,
    follow,
)
from mulian.modules.tasks.domain.reminding import Fired, near_at, next_look, step_due
from mulian.modules.tasks.domain.standing import Word, grouped, standing
from mulian.modules.tasks.domain.visiting import Due, Duty, Family, Whom, next_visit

AT = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def person(n: int) -> UUID:
    return UUID(int=n)


@pytest.mark.parametrize(
    ("asks", "answer", "code"),
    [
        (Asks.DONE, Answer(), None),
        (Asks.DONE, Answer(done=False), "tasks.words_needed"),
        (Asks.DONE, Answer(done=False, words=True), None),
        (Asks.YES_NO, Answer(), "tasks.yes_no_needed"),
        (Asks.YES_NO, Answer(value=1.0), "tasks.yes_no_needed"),
        (Asks.YES_NO, Answer(value=False), None),
        (Asks.NUMBER, Answer(value=True), "tasks.number_needed"),
        (Asks.NUMBER, Answer(value=-1), "tasks.number_needed"),
        (Asks.NUMBER, Answer(value=float("nan")), "tasks.number_needed"),
        (Asks.NUMBER, Answer(value=float("inf")), "tasks.number_needed"),
        (Asks.NUMBER, Answer(value=0), None),
        (Asks.NUMBER, Answer(done=False, words=True), None),
        (Asks.NUMBER, Answer(words=True, spoken=True), None),
        (Asks.NUMBER, Answer(words=True), "tasks.number_needed"),
        (Asks.NUMBER, Answer(value=-1, words=True, spoken=True), "tasks.number_needed"),
        (Asks.YES_NO, Answer(words=True, spoken=True), None),
        (Asks.PHOTO, Answer(words=True), "tasks.photo_needed"),
        (Asks.PHOTO, Answer(photos=1), None),
        (Asks.VOICE, Answer(photos=1), "tasks.words_needed"),
        (Asks.VOICE, Answer(words=True), None),
    ],
)
def test_an_answer_gives_what_is_asked(asks: Asks, answer: Answer, code: str | None) -> None:
    assert fault(asks, answer) == code


def held(n: int, about: str, who: int, state: State = State.OPEN, later: bool = False) -> Held:
    return Held(UUID(int=1000 + n), about, person(who), state, later)


def row(n: int) -> UUID:
    return UUID(int=1000 + n)


OPEN, ANSWERED, RELEASED = State.OPEN, State.ANSWERED, State.RELEASED


@pytest.mark.parametrize(
    ("aim", "rows", "serving", "changes"),
    [
        pytest.param(Aim.AREA, [held(1, "a", 1)], {"a": {1}}, Changes(), id="nothing happened"),
        pytest.param(
            Aim.AREA,
            [held(1, "a", 1)],
            {"a": {2}},
            Changes((("a", person(2)),), (), ((row(1), Release.LEFT),)),
            id="the successor has it, the leaver no longer",
        ),
        pytest.param(
            Aim.AREA,
            [held(1, "a", 1)],
            {"a": {1}, "b": {2}},
            Changes((("b", person(2)),)),
            id="a new area joins",
        ),
        pytest.param(
            Aim.AREA, [held(1, "a", 1, ANSWERED)], {"a": {2}}, Changes(), id="what the leaver answered counts"
        ),
        pytest.param(
            Aim.AREA,
            [held(1, "a", 1, ANSWERED), held(2, "a", 2)],
            {"a": {1, 2, 3}},
            Changes(),
            id="colleagues asked at first still answer, a newcomer is not asked",
        ),
        pytest.param(
            Aim.AREA,
            [held(1, "a", 1, ANSWERED), held(2, "a", 2, OPEN, later=True)],
            {"a": {2}},
            Changes(release=((row(2), Release.ANSWERED),)),
            id="the leaver's word came late: the successor is not asked again",
        ),
        pytest.param(
            Aim.AREA,
            [held(1, "a", 1, RELEASED)],
            {"a": {1}},
            Changes(reopen=(row(1),)),
            id="who comes back has it again",
        ),
        pytest.param(
            Aim.AREA,
            [held(1, "a", 1)],
            {"a": set()},
            Changes(release=((row(1), Release.LEFT),)),
            id="nobody serves",
        ),
        pytest.param(
            Aim.PEOPLE, [held(1, "a", 1)], {"a": {1, 2}}, Changes(), id="who was not named is not asked"
        ),
        pytest.param(
            Aim.PEOPLE,
            [held(1, "a", 1), held(2, "a", 2)],
            {"a": {2, 3}},
            Changes(release=((row(1), Release.LEFT),)),
            id="another named one is still there",
        ),
        pytest.param(
            Aim.PEOPLE,
            [held(1, "a", 1)],
            {"a": {3}},
            Changes((("a", person(3)),), (), ((row(1), Release.LEFT),)),
            id="nobody named is left: the successor",
        ),
        pytest.param(
            Aim.HOUSEHOLDS,
            [held(1, "h", 1), held(2, "h", 2, ANSWERED)],
            {"h": {1, 2}},
            Changes(release=((row(1), Release.ANSWERED),)),
            id="one word is enough for a family",
        ),
        pytest.param(
            Aim.HOUSEHOLDS,
            [held(1, "h", 1)],
            {"h": {2}},
            Changes((("h", person(2)),), (), ((row(1), Release.LEFT),)),
            id="the family moved",
        ),
    ],
)
def test_who_has_a_task_when_liaisons_come_and_go(
    aim: Aim, rows: list[Held], serving: dict[str, set[int]], changes: Changes
) -> None:
    now = {about: frozenset(map(person, people)) for about, people in serving.items()}
    assert follow(aim, rows, now) == changes


def applied(rows: list[Held], changes: Changes) -> list[Held]:
    released, reopened = dict(changes.release), set(changes.reopen)
    after = [
        Held(r.id, r.about, r.person, State.RELEASED, r.came_later) if r.id in released
        else Held(r.id, r.about, r.person, State.OPEN, True) if r.id in reopened else r
        for r in rows
    ]  # fmt: skip
    fresh = [Held(UUID(int=9000 + n), a, p, State.OPEN, True) for n, (a, p) in enumerate(changes.assign)]
    return after + fresh


places = st.sampled_from("abc")
people = st.integers(1, 4)


@st.composite
def situations(draw: st.DrawFn) -> tuple[Aim, list[Held], dict[str, frozenset[UUID]]]:
    pairs = draw(st.lists(st.tuples(places, people), unique=True, max_size=8))
    rows = [
        held(n, about, who, draw(st.sampled_from(State)), draw(st.booleans()))
        for n, (about, who) in enumerate(pairs)
    ]
    serving = draw(st.dictionaries(places, st.frozensets(people.map(person), max_size=3), max_size=3))
    return draw(st.sampled_from(Aim)), rows, serving


@given(situations())
def test_following_settles_at_once_and_takes_no_answer_away(
    situation: tuple[Aim, list[Held], dict[str, frozenset[UUID]]],
) -> None:
    aim, rows, serving = situation
    after = applied(rows, follow(aim, rows, serving))

    assert not follow(aim, after, serving), "the second look changes nothing"
    assert [r for r in rows if r.state is ANSWERED] == [r for r in after if r.state is ANSWERED]
    for r in after:
        assert r.state is not OPEN or r.person in serving.get(r.about, frozenset()), "nobody who left has it"
    for about, here in serving.items():
        mine = [r for r in after if r.about == about and r.state is not RELEASED]
        assert mine or not here, "where somebody serves, somebody has it or has answered"
    assert len({(r.about, r.person) for r in after}) == len(after), "nobody has it twice"


@pytest.mark.parametrize(
    ("fired", "now", "step"),
    [
        (Fired.NONE, 7.9, None),
        (Fired.NONE, 8, Fired.NEAR),
        (Fired.NEAR, 9.9, None),
        (Fired.NEAR, 10, Fired.OVERDUE),
        (Fired.NONE, 12, Fired.OVERDUE),
        (Fired.OVERDUE, 99, None),
    ],
)
def test_two_reminders(fired: Fired, now: float, step: Fired | None) -> None:
    near, due = near_at(AT, AT + 10 * DAY, 0.8), AT + 10 * DAY
    assert step_due(fired, near, due, AT + now * DAY) == step
    assert (near, next_look(Fired.NONE, near, due), next_look(Fired.NEAR, near, due)) == (
        AT + 8 * DAY,
        near,
        due,
    )
    assert next_look(Fired.OVERDUE, near, due) is None


def test_who_comes_late_has_a_day() -> None:
    assert due_for(AT + 3 * DAY, AT) == AT + 3 * DAY
    assert due_for(AT - DAY, AT) == AT + AT_LEAST


def word(area: str, state: State, *, due: float = 1, **said: object) -> Word:
    return Word(area=area, about=area, state=state, due=AT + due * DAY, **said)  # type: ignore[arg-type]


def test_how_a_task_stands() -> None:
    words = [
        word("a1", ANSWERED, done=True, number=3),
        word("a2", ANSWERED, done=False),
        word("a3", OPEN),
        word("b1", OPEN, due=-1),
        word("b2", RELEASED),
        word("b1", RELEASED),
    ]
    found = standing(words, AT)
    assert (found.asked, found.answered, found.not_done, found.open, found.late) == (4, 2, 1, 1, 1)
    assert (found.numbers, found.total, found.vacant, found.share) == (1, 3, 1, 50)
    parts = grouped(words, lambda area: area[0], AT)
    assert {code: (each.answered, each.open, each.late) for code, each in parts.items()} == {
        "a": (2, 1, 0),
        "b": (0, 0, 1),
    }


@given(
    st.lists(
        st.builds(
            word,
            st.sampled_from(["a1", "a2", "b1"]),
            st.sampled_from(State),
            due=st.floats(-3, 3, allow_nan=False),
            number=st.none() | st.integers(0, 9).map(float),
        )
    )
)
def test_parts_add_up_to_the_whole(words: list[Word]) -> None:
    whole, parts = standing(words, AT), grouped(words, lambda area: area[0], AT).values()
    for name in ("asked", "answered", "open", "late", "total", "numbers"):
        assert getattr(whole, name) == sum(getattr(part, name) for part in parts)
    assert 0 <= whole.share <= 100


BEGAN = AT - 1000 * DAY
ALL = Duty(code="all", name={}, whom=Whom.ALL, days=90, since=BEGAN)
NEW = Duty(code="new", name={}, whom=Whom.MOVED_IN, days=7, since=BEGAN)
CAMP = Duty(code="camp", name={}, whom=Whom.AT_CAMP, days=30, since=BEGAN)
TOWN = Duty(code="town", name={}, whom=Whom.ALL, days=30, since=BEGAN, areas=("632724100",))

YOUNG = Duty(code="young", name={}, whom=Whom.ALL, days=90, since=AT - 5 * DAY)


def family(
    living: float,
    *,
    registered: float = -400,
    camp: float | None = None,
    visited: float | None = None,
    area: str = "x",
) -> Family:
    return Family(
        area=area,
        registered=AT + registered * DAY,
        living=AT + living * DAY,
        camp=None if camp is None else AT + camp * DAY,
        visited=None if visited is None else AT + visited * DAY,
    )


@pytest.mark.parametrize(
    ("duties", "who", "due"),
    [
        ([ALL], family(-400), (-310, "all")),
        ([ALL], family(-400, visited=-10), (80, "all")),
        ([ALL], family(0, registered=0), (90, "all")),
        ([NEW], family(-3), (4, "new")),
        ([NEW], family(-3, visited=-5), (4, "new")),
        ([NEW], family(-3, visited=-1), None),
        ([NEW], family(-400), None),
        ([CAMP], family(-400), None),
        ([CAMP], family(-400, camp=-5, visited=-9), (25, "camp")),
        ([CAMP], family(-400, camp=-5, visited=-2), (28, "camp")),
        ([ALL, NEW, CAMP], family(-3, camp=-2), (4, "new")),
        ([TOWN], family(-400), None),
        ([TOWN], family(-20, area="632724100001G001"), (10, "town")),
        ([], family(-400), None),
        ([YOUNG], family(-400), (85, "young")),
        ([YOUNG], family(-2), (88, "young")),
        ([YOUNG], family(-400, visited=-9), (81, "young")),
    ],
)
def test_when_a_family_is_visited_next(
    duties: list[Duty], who: Family, due: tuple[float, str] | None
) -> None:
    assert next_visit(duties, who) == (Due(AT + due[0] * DAY, due[1]) if due else None)
