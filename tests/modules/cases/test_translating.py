"""Interpreters: what needs the other language is asked for, claimed, written once, corrected; its reader gets it."""

from __future__ import annotations

from typing import Any

import pytest

from mulian.core.access.models import Person
from mulian.core.events.models import Event
from mulian.core.notify.models import Notice
from mulian.core.search.index import match
from mulian.kernel.problems import Problem
from mulian.modules.cases.actions import correcting, listening, steps, translating
from mulian.modules.cases.actions.asking_translation import ask_for
from mulian.modules.cases.actions.remembering import KEPT, sweep_memory
from mulian.modules.cases.actions.said import Voice
from mulian.modules.cases.models import Case, ListeningItem, Segment, Translation
from mulian.modules.cases.queries import memory, translations
from mulian.modules.cases.syncables import render_cases
from tests.modules.cases.conftest import Line, later
from tests.world import AT

VOICE = Voice(sha256="ab" * 32, seconds=17.5, mime="audio/webm")
ANSWER, MEANT = "桥明天修好。请绕行。", "ཟམ་པ་སང་ཉིན་བཟོ། ལམ་གཞན་ནས་ཕེབས་རོགས།"


def speaks(line: Line, username: str, language: str) -> None:
    Person.objects.filter(id=line.world.people[username]).update(language=language)


def answered(line: Line, text: str = ANSWER, **said: Any) -> Case:
    """A case of a Tibetan-reading liaison, answered in Chinese."""
    speaks(line, "liaison", "bo")
    case = line.report(household="near", **said)
    line.act(steps.take, case, "village_deputy", at=later(minutes=1))
    line.act(steps.solve, case, "village_deputy", at=later(minutes=2), text="修了")
    case = line.act(steps.answer, case, "village_deputy", at=later(minutes=3), text=text)
    return case


def text_of(case: Case, piece: str = "answer") -> Translation:
    return Translation.objects.get(subject_id=case.id, piece=piece)


def code(refused: pytest.ExceptionInfo[Problem]) -> str:
    return refused.value.code


@pytest.mark.parametrize(
    ("reader", "text", "target"),
    [
        ("bo", ANSWER, "bo"), ("zh-hans", MEANT, "zh-hans"), ("en", MEANT, "zh-hans"),
        ("bo", MEANT, ""), ("zh-hans", ANSWER, ""), ("bo", "OK 12", ""),
    ],
)  # fmt: skip
def test_an_answer_is_asked_for_only_where_its_reader_cannot_read_it(
    line: Line, reader: str, text: str, target: str
) -> None:
    case = line.report(household="near")
    speaks(line, "liaison", reader)
    line.act(steps.take, case, "village_deputy")
    line.act(steps.solve, case, "village_deputy", text="修了")
    line.act(steps.answer, case, "village_deputy", text=text)
    assert list(Translation.objects.values_list("target", flat=True)) == ([target] if target else [])


def test_written_once_it_reaches_the_phone_with_who_and_when(line: Line) -> None:
    case = answered(line)
    row = text_of(case)
    assert (row.state, row.original, row.due_at, row.urgent) == ("waiting", ANSWER, later(minutes=243), False)
    phone, interpreter = line.world.actor("liaison"), line.world.actor("county_duty2")
    before = render_cases([case.id], phone, later(minutes=4))[case.id]
    assert "translation" not in before[1]["answer"]
    held = translating.next_text(actor=interpreter, at=later(minutes=4))
    assert held is not None
    assert (held.id, held.back_at) == (row.id, later(minutes=34))
    translating.write(translation=row.id, text=MEANT, actor=interpreter, at=later(minutes=5))
    rev, sent = render_cases([case.id], phone, later(minutes=6))[case.id]
    assert (rev, sent["answer"]["translation"]) == (before[0] + 1, {"text": MEANT, "language": "bo"})
    done = text_of(case)
    assert (done.written_by_id, done.written_at, done.state) == (interpreter.person, later(minutes=5), "done")
    patch = Event.objects.filter(subject_id=case.id).order_by("id").last()
    assert patch is not None
    assert patch.name == "cases.translation_written"


def test_urgent_first_then_what_is_due_first_and_only_within_reach(line: Line) -> None:
    plain = answered(line)
    urgent = answered(line, urgent=True)
    seen = [each.case.id for each in translations.queue(line.world.actor("county_duty2"), later(minutes=4))]
    assert seen == [urgent.id, plain.id]
    assert text_of(urgent).due_at == later(minutes=33)
    assert translations.number(line.world.actor("outsider"), AT) == 0
    with pytest.raises(Problem) as refused:
        translating.claim(translation=text_of(plain).id, actor=line.world.actor("village_deputy"), at=AT)
    assert code(refused) == "forbidden"


def test_two_interpreters_claim_at_once_and_one_has_it(line: Line) -> None:
    row = text_of(answered(line))
    translating.claim(translation=row.id, actor=line.world.actor("county_duty2"), at=later(minutes=4))
    other = line.world.actor("county_duty")
    for act in (
        lambda: translating.claim(translation=row.id, actor=other, at=later(minutes=4)),
        lambda: translating.release(translation=row.id, actor=other, at=later(minutes=4)),
        lambda: translating.write(translation=row.id, text=MEANT, actor=other, at=later(minutes=4)),
    ):
        with pytest.raises(Problem) as refused:
            act()
        assert code(refused) == "cases.text_claimed"
    assert translating.next_text(actor=other, at=later(minutes=4)) is None


def test_a_browser_that_died_gives_the_text_back_in_time(line: Line) -> None:
    row = text_of(answered(line))
    translating.claim(translation=row.id, actor=line.world.actor("county_duty2"), at=later(minutes=4))
    assert translating.sweep_translations(later(minutes=33)) == 0
    assert translating.sweep_translations(later(minutes=34)) == 1
    assert translating.sweep_translations(later(minutes=34)) == 0
    held = translating.next_text(actor=line.world.actor("county_duty"), at=later(minutes=35))
    assert held is not None
    assert held.id == row.id


@pytest.mark.parametrize(
    ("given", "code_"),
    [
        ({"text": "  "}, "cases.translation_needed"),
        ({"text": "桥"}, "cases.translation_same"),
        ({"text": MEANT, "seen": "桥后天修好"}, "cases.text_changed"),
    ],
)
def test_what_cannot_be_kept_is_refused_and_the_text_still_waits(
    line: Line, given: dict[str, Any], code_: str
) -> None:
    row = text_of(answered(line))
    with pytest.raises(Problem) as refused:
        translating.write(
            translation=row.id, actor=line.world.actor("county_duty2"), at=later(minutes=4), **given
        )
    assert code(refused) == code_
    assert text_of(Case.unscoped.because("test").get(id=row.subject_id)).state == "waiting"


def test_a_correction_stands_in_its_place_and_the_earlier_wording_in_the_history(line: Line) -> None:
    row = text_of(answered(line))
    actor = line.world.actor("county_duty2")
    translating.write(translation=row.id, text="ཟམ་པ།", actor=actor, at=later(minutes=4), seen=ANSWER)
    translating.write(translation=row.id, text=MEANT, actor=actor, at=later(minutes=5))
    found = translations.versions(Translation.objects.get(id=row.id))
    assert [(each.text, each.original, each.at) for each in found] == [
        (MEANT, ANSWER, later(minutes=5)),
        ("ཟམ་པ།", ANSWER, later(minutes=4)),
    ]
    with pytest.raises(Problem) as refused:
        translating.claim(translation=row.id, actor=actor, at=later(minutes=6))
    assert code(refused) == "cases.translated"


def test_an_answer_given_anew_outdates_its_translation_and_is_asked_for_again(line: Line) -> None:
    case = answered(line)
    actor = line.world.actor("county_duty2")
    translating.write(translation=text_of(case).id, text=MEANT, actor=actor, at=later(minutes=4))
    line.act(steps.reopen, case, "village_deputy", at=later(minutes=5), reason="又断了")
    line.act(steps.solve, case, "village_deputy", at=later(minutes=7), text="修了")
    line.act(steps.answer, case, "village_deputy", at=later(minutes=8), text="桥后天修好。")
    row = text_of(case)
    assert (row.state, row.outdated, row.text, row.original) == ("waiting", True, MEANT, "桥后天修好。")
    sent = render_cases([case.id], line.world.actor("liaison"), later(minutes=9))[case.id][1]
    assert "translation" not in sent["answer"]


def heard(line: Line, transcript: str = "ཟམ་པ་ཆད།", translation: str = "") -> tuple[Case, ListeningItem]:
    case = line.report(household="near", voice=VOICE)
    item = ListeningItem.objects.get(case=case)
    listening.transcribe(
        item=item.id, transcript=transcript, translation=translation, actor=line.world.actor("county_duty2"),
        at=later(minutes=1),
    )  # fmt: skip
    return case, item


def test_a_transcript_nobody_there_can_read_is_asked_for_and_makes_the_case_findable(line: Line) -> None:
    case, _ = heard(line)
    row = text_of(case, "transcript")
    assert (row.language, row.target, row.state) == ("bo", "zh-hans", "waiting")
    translating.write(
        translation=row.id, text="村口木桥断了", actor=line.world.actor("county_duty"), at=later(minutes=2)
    )
    assert list(match("case", "木桥")) == [{"subject_id": case.id}]
    told = Notice.objects.get(kind="cases.translated")
    assert told.person == Case.unscoped.because("test").get(id=case.id).responsible_person_id


def test_a_transcript_put_right_outdates_what_was_made_of_it(line: Line) -> None:
    case, item = heard(line, translation="桥断了")
    assert text_of(case, "transcript").text == "桥断了"
    correcting.correct(
        item=item.id, transcript="ལམ་ཆད།", actor=line.world.actor("county_duty2"), at=later(minutes=2)
    )
    row = text_of(case, "transcript")
    assert (row.outdated, row.state, row.original) == (True, "waiting", "ལམ་ཆད།")
    assert Case.unscoped.because("test").get(id=case.id).text == "ལམ་ཆད།"
    assert list(match("case", "ཟམ་པ")) == []
    with pytest.raises(Problem) as refused:
        correcting.correct(
            item=item.id, transcript=" ", actor=line.world.actor("county_duty2"), at=later(minutes=3)
        )
    assert code(refused) == "cases.transcript_needed"


def test_a_typed_report_is_translated_when_somebody_who_works_on_it_asks(line: Line) -> None:
    case = line.report(household="near", text="ཟམ་པ་ཆད།")
    worker = line.world.actor("village_deputy")
    first = ask_for(case=case.id, piece="report", actor=worker, at=later(minutes=1))
    assert (first.target, ask_for(case=case.id, piece="report", actor=worker, at=later(minutes=2)).id) == (
        "zh-hans",
        first.id,
    )
    with pytest.raises(Problem) as refused:
        ask_for(case=case.id, piece="answer", actor=worker, at=later(minutes=2))
    assert code(refused) == "cases.nothing_to_translate"


def test_the_memory_keeps_sentences_of_answers_that_name_nobody_and_only_when_asked_to(line: Line) -> None:
    actor = line.world.actor("county_duty2")
    secret = answered(line, text="合成户主near请来取款。打电话09758382。桥明天修好。")
    kept = "མི་འདི་དངུལ་ལེན་དུ་ཕེབས་རོགས། ཁ་པར་རྒྱག་རོགས། ཟམ་པ་སང་ཉིན་བཟོ།"
    translating.write(translation=text_of(secret).id, text=kept, actor=actor, at=later(minutes=4))
    assert Segment.objects.count() == 0
    translating.write(
        translation=text_of(secret).id, text=kept, actor=actor, at=later(minutes=5), remember=True
    )
    assert list(Segment.objects.values_list("original", "text")) == [("桥明天修好。", "ཟམ་པ་སང་ཉིན་བཟོ།")]
    offered = memory.alike("水渠。桥明天修好!桥后天修好。", "zh-hans", actor)
    assert next((each.sentence, each.percent, each.exact) for each in offered) == ("桥明天修好!", 100, True)
    assert [each.exact for each in offered] == [True, False]
    assert memory.alike("桥明天修好。", "zh-hans", actor, without=text_of(secret).id) == []
    translating.write(translation=text_of(secret).id, text=kept, actor=actor, at=later(minutes=6))
    assert Segment.objects.count() == 0


def test_what_a_family_said_is_never_remembered_and_what_is_old_goes(line: Line) -> None:
    actor = line.world.actor("county_duty")
    case, _ = heard(line)
    translating.write(
        translation=text_of(case, "transcript").id,
        text="村口桥断了",
        actor=actor,
        at=later(minutes=2),
        remember=True,
    )
    assert Segment.objects.count() == 0
    answer = answered(line)
    translating.write(
        translation=text_of(answer).id, text=MEANT, actor=actor, at=later(minutes=4), remember=True
    )
    assert Segment.objects.count() == 2
    assert sweep_memory(later(minutes=3) + KEPT) == 0
    assert sweep_memory(later(minutes=4) + KEPT) == 2
    assert Segment.objects.count() == 0
