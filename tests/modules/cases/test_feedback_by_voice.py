"""The family's word by voice: a listener hears it, and nothing is closed over a voice nobody has heard."""

from __future__ import annotations

from typing import Any

import pytest

from mulian.core.files.models import BlobUse
from mulian.kernel.problems import Problem
from mulian.modules.cases.actions import feedback, listening, steps
from mulian.modules.cases.actions.said import Voice
from mulian.modules.cases.domain.feedback import Feedback, consequence
from mulian.modules.cases.domain.states import State, Verb
from mulian.modules.cases.handlers import sweep_answered
from mulian.modules.cases.models import Case, ListeningItem, Promise
from mulian.modules.cases.queries import desk
from tests.modules.cases.conftest import Line, later

WORD = Voice(sha256="cd" * 32, seconds=6.0, mime="audio/webm")


def answered(line: Line) -> Case:
    case: Case = line.report(household="near", text="桥断了")
    line.act(steps.take, case, "village_deputy", at=later(hours=1))
    line.act(steps.solve, case, "village_deputy", at=later(days=1), text="修好了")
    return line.act(steps.answer, case, "village_deputy", at=later(days=1, hours=1), text="修好了")


def word(line: Line, case: Case, solved: bool | None = None, **more: object) -> Case:
    said: dict[str, Any] = {"solved": solved, "voice": WORD, **more}
    return line.act(feedback.feedback, case, "liaison", at=later(days=2), **said)


def hear(line: Line, case: Case, solved: bool | None, **when: int) -> Case:
    item = ListeningItem.objects.get(case=case, about="feedback")
    return feedback.heard(
        item=item.id, transcript="还是过不去", solved=solved, actor=line.world.actor("county_duty2"),
        at=later(**(when or {"days": 2, "hours": 1})),
    )  # fmt: skip


def test_a_voice_alone_waits_for_a_listener_and_is_kept_with_the_case(line: Line) -> None:
    row = word(line, answered(line))
    item = ListeningItem.objects.get(case=row)
    assert (row.state, row.family_solved) == ("answered", None)
    assert (item.about, item.state) == ("feedback", "waiting")
    use = BlobUse.objects.get(subject_id=row.id)
    assert (use.blob_id, use.role, use.permission) == (WORD.sha256, "feedback_voice", "cases.view")
    assert [each.item.id for each in desk.queue(line.world.actor("county_duty2"), later(days=2))] == [item.id]


@pytest.mark.parametrize(
    ("tapped", "said", "state", "solved"),
    [
        (None, True, "closed", True),
        (None, False, "taken", False),
        (None, None, "answered", None),
        (True, True, "closed", True),
        (True, None, "closed", True),
        (True, False, "taken", False),
        (False, None, "taken", False),
        (False, True, "taken", True),
    ],
)
def test_what_the_voice_says_decides_and_where_it_says_nothing_the_tap_does(
    line: Line, tapped: bool | None, said: bool | None, state: str, solved: bool | None
) -> None:
    case = word(line, answered(line), tapped)
    assert case.state == ("taken" if tapped is False else "answered")
    row = hear(line, case, said)
    assert (row.state, row.family_solved) == (state, solved)


def test_a_veto_that_was_heard_opens_the_case_with_the_clocks_it_had(line: Line) -> None:
    case = answered(line)
    before = Promise.objects.get(case=case, kind="solve")
    hear(line, word(line, case), False)
    after = Promise.objects.get(case=case, kind="solve")
    assert (after.start, after.due) == (before.start, before.due)
    assert after.state == "running"


def test_seven_quiet_days_do_not_close_over_an_unheard_voice_nor_right_after_it_was_heard(line: Line) -> None:
    case = word(line, answered(line))
    assert sweep_answered(later(days=30)) == 0
    hear(line, case, None, days=30)
    assert sweep_answered(later(days=36)) == 0
    assert sweep_answered(later(days=38)) == 1
    case.refresh_from_db()
    assert case.state == "closed"


def test_a_word_about_an_earlier_answer_is_kept_and_moves_nothing(line: Line) -> None:
    """The family had tapped a veto already; its voice is heard after the second answer."""
    case = word(line, answered(line), False)
    line.act(steps.solve, case, "village_deputy", at=later(days=4), text="又修了")
    line.act(steps.answer, case, "village_deputy", at=later(days=4), text="又修了")
    assert hear(line, case, False, days=5).state == "answered"


def test_words_with_the_voice_need_no_listener_when_they_say_which(line: Line) -> None:
    row = word(line, answered(line), True, text="好了")
    assert (row.state, ListeningItem.objects.filter(case=row).count()) == ("closed", 0)


def test_a_second_voice_joins_the_first_on_the_queue(line: Line) -> None:
    case = word(line, answered(line))
    word(line, case, voice=Voice(sha256="ef" * 32))
    assert ListeningItem.objects.filter(case=case).count() == 1


def test_neither_a_tap_nor_a_voice_is_no_word(line: Line) -> None:
    with pytest.raises(Problem) as refused:
        word(line, answered(line), voice=None)
    assert (refused.value.code, refused.value.status) == ("cases.word_needed", 422)


def test_a_report_is_not_written_down_as_a_word_nor_a_word_as_a_report(line: Line) -> None:
    case = word(line, answered(line))
    item = ListeningItem.objects.get(case=case)
    with pytest.raises(Problem) as refused:
        listening.transcribe(
            item=item.id, transcript="还是过不去", actor=line.world.actor("county_duty2"), at=later(days=2)
        )
    assert refused.value.code == "cases.other_voice"


@pytest.mark.parametrize("unheard", [True, False])
@pytest.mark.parametrize("state", list(State))
def test_a_veto_never_waits_and_content_does(state: State, unheard: bool) -> None:
    closes = state is State.ANSWERED and not unheard
    assert consequence(Feedback(solved=True), state, unheard=unheard) == (Verb.CLOSE if closes else None)
    reopens = state in (State.SOLVED, State.ANSWERED, State.CLOSED)
    assert consequence(Feedback(solved=False), state, unheard=unheard) == (Verb.REOPEN if reopens else None)
    assert consequence(Feedback(solved=None), state, unheard=unheard) is None


def test_each_answer_asks_the_family_anew_and_a_word_about_the_one_before_says_nothing_of_it(
    line: Line,
) -> None:
    case = answered(line)
    word(line, case, solved=False, stars=1)
    assert (case_of(case).state, case_of(case).family_solved) == ("taken", False)
    line.act(steps.solve, case, "village_deputy", at=later(days=3), text="又修了")
    line.act(steps.answer, case, "village_deputy", at=later(days=3, hours=1), text="现在能走了")
    assert (case_of(case).family_solved, case_of(case).stars) == (None, None)
    hear(line, case, False, days=4)
    assert (case_of(case).state, case_of(case).family_solved) == ("answered", None)


def case_of(case: Case) -> Case:
    return Case.unscoped.because("what the test made").get(id=case.id)
