"""A model sorts where words are unsure; people's corrections make the next one; only a better one is used."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from uuid import NAMESPACE_URL, UUID, uuid5

import pytest
from django.test import Client

from mulian.core.access.models import Person
from mulian.core.events.models import Event
from mulian.kernel.clock import CN
from mulian.kernel.ids import uuid7
from mulian.kernel.problems import Problem
from mulian.modules.cases.actions import classifying, listening, retraining, sorting
from mulian.modules.cases.actions.said import Voice
from mulian.modules.cases.domain.classifying import keeping, learning
from mulian.modules.cases.domain.classifying.contest import MARGIN, Reason, decide, worth_learning
from mulian.modules.cases.domain.classifying.measuring import Figures
from mulian.modules.cases.domain.classifying.rows import Row, held_out
from mulian.modules.cases.models import Case, ListeningItem, Sorter
from mulian.modules.cases.queries import confirmed, timeline
from mulian.modules.cases.queries.classifying import learnt, offered
from mulian.modules.cases.queries.sorters import standing
from mulian.modules.cases.queries.topics import usable_topic
from tests.modules.cases.conftest import Line, later
from tests.world import AT, World

ODD = "咕噜机又咯吱咯吱"
"""Words no pack has."""
NIGHT = datetime(2026, 11, 23, 2, 30, tzinfo=CN)


def odd(topic: str, at: int) -> Row:
    """What a county says in its own way: words of no pack."""
    return Row(f"{ODD}{at % 7}" if topic == "power.cut" else f"嘀嗒哩{at % 9}唰唰", topic)


def model_of(rows: list[Row], name: str) -> bytes:
    return keeping.to_bytes(learning.learn(rows, name=name, private=True))


@cache
def two_topics(name: str, power: str, water: str) -> bytes:
    """A model that knows the county's own words."""
    rows = [Row(f"{odd('power.cut', at).text}{at}", power) for at in range(150)]
    rows += [Row(f"{odd('water', at).text}{at}", water) for at in range(150)]
    return model_of(rows, name)


def in_use(name: str = "gande-2026-11-21", *, swapped: bool = False) -> Sorter:
    """That model sorts now (`swapped`: it has the topics the wrong way round)."""
    topics = ("water.supply", "power.cut") if swapped else ("power.cut", "water.supply")
    body = two_topics(name, *topics)
    known = {"begun_at": AT, "judged_at": AT, "since": AT}
    return Sorter.objects.create(id=uuid7(AT), name=name, state=Sorter.State.IN_USE, body=body, **known)


def figures(**known: float | None) -> Figures:
    base = Figures(200, 0.9, 0.8, 0.95, 0.8, 0.98, None, 0.8, 0.01, ())
    return replace(base, **known)  # type: ignore[arg-type]


def test_without_a_model_words_and_people_sort(line: Line) -> None:
    case = line.report(text=ODD)
    assert (case.topic, case.topic_by, learnt(ODD)) == ("", "none", None)


def test_a_sure_model_sorts_what_words_do_not_and_is_named(line: Line) -> None:
    row = in_use()
    case = line.report(text=f"{ODD}3100")
    assert (case.topic, case.topic_by) == ("power.cut", "model")
    told = [
        entry.title for entry in timeline.entries(case.id, "en") if entry.event == "cases.topic_suggested"
    ]
    assert len(told) == 1
    assert row.name in told[0]
    assert Event.objects.get(name="cases.topic_suggested").data == {
        "topic": "power.cut", "model": row.name, "certainty": case.topic_confidence, "level": 2,
    }  # fmt: skip


def test_where_a_model_sorts_words_alone_send_nothing_but_complaints(line: Line) -> None:
    words, complaint = "村口的桥断了", "我要投诉，干部态度不好"
    assert usable_topic(*_sorted(line.report(text=words))) == "road.bridge"
    in_use()
    case = line.report(text=words)
    assert (case.topic, case.topic_by, case.topic_confidence) == ("road.bridge", "lexicon", None)
    assert usable_topic(*_sorted(case)) == ""
    assert usable_topic(*_sorted(line.report(text=complaint))) == "voice.complaint"


def _sorted(case: Case) -> tuple[str, str, float | None]:
    return case.topic, case.topic_by, case.topic_confidence


def test_an_unsure_model_abstains_and_offers_two_topics(line: Line) -> None:
    in_use()
    case = line.report(text="什么也听不懂的一句话")
    assert case.topic_by == "none"
    assert {topic for topic, _ in offered(case)} == {"power.cut", "water.supply"}


def test_a_topic_the_pack_dropped_is_not_offered(line: Line) -> None:
    rows = [Row(f"{ODD}{at}", "gone.topic") for at in range(150)] + [
        Row(f"嘀嗒{at}", "road") for at in range(9)
    ]
    Sorter.objects.create(
        id=uuid7(AT),
        name="old",
        state="in_use",
        begun_at=AT,
        judged_at=AT,
        since=AT,
        body=model_of(rows, "old"),
    )
    case = line.report(text=f"{ODD}5")
    assert case.topic_by == "none"
    assert [topic for topic, _ in offered(case)] == ["road"]


def test_what_a_machine_heard_is_offered_and_decides_nothing(line: Line) -> None:
    in_use()
    case = line.report(voice=Voice(sha256="ab" * 32, seconds=9, mime="audio/webm"))
    assert offered(case) == []
    ListeningItem.objects.filter(case_id=case.id).update(suggestion=f"{ODD}3100", suggested_by="synthetic")
    assert [topic for topic, _ in offered(case)] == ["power.cut", "water.supply"]
    case.refresh_from_db()
    assert (case.topic, case.topic_by, case.text) == ("", "none", "")


def test_what_a_listener_wrote_down_is_sorted_too_and_unsure_words_bring_two_buttons(line: Line) -> None:
    in_use()
    line.report(voice=Voice(sha256="ab" * 32, seconds=9, mime="audio/webm"))
    listener = line.world.actor("county_duty2")
    item = listening.next_item(actor=listener, at=AT)
    assert item is not None
    client = Client()
    client.force_login(listener_of(line.world))
    done = client.post(
        f"/listen/{item.id}/words/", {"transcript": "什么也听不懂的一句话", "urgency": "keep"}, follow=True
    )
    page = done.content.decode()
    assert f"/listen/{item.case_id}/topic/" in page
    assert page.count('name="topic" value="power.cut"') >= 1
    client.post(f"/listen/{item.case_id}/topic/", {"topic": "power.cut"})
    case = Case.unscoped.because("the test looks").get(id=item.case_id)
    assert (case.topic, case.topic_by) == ("power.cut", "person")


def listener_of(world: World) -> Person:
    return Person.objects.get(id=world.people["county_duty2"])


def test_what_people_said_is_learnt_from_and_complaints_are_not(line: Line) -> None:
    asked = line.report(text=f"{ODD}。")
    line.act(sorting.correct_topic, asked, "county_duty", topic="power.cut")
    line.report(text="村口的桥断了")
    about = line.report(text="他骂人", about_person=line.world.people["village_lead"], by="liaison2")
    Case.unscoped.because("the test confirms it").filter(id=about.id).update(
        topic="voice.complaint", topic_by="person"
    )
    learn, held = confirmed.parted()
    assert [(row.text, row.label) for row in learn + held] == [(f"{ODD}。", "power.cut")]
    assert confirmed.number() == 1
    assert (len(held) == 1) == held_out(str(asked.id))


def confirm(line: Line, number: int, topic: str = "power.cut", words: str = ODD) -> None:
    """Cases people have confirmed, written as rows: what matters is what is learnt from them."""
    like = line.report(text="样子")
    rows = []
    for at in range(number):
        id = uuid5(NAMESPACE_URL, f"{topic}{at}")
        copy = Case.unscoped.because("a template").get(id=like.id)
        copy.pk, copy.id, copy.number = None, id, f"T{topic}{at}"
        copy.text, copy.topic, copy.topic_by = f"{words}{at % 5}{at}", topic, "person"
        rows.append(copy)
    Case.unscoped.because("the test makes them").bulk_create(rows)


def test_corrections_make_a_model_that_sorts_the_next_report(line: Line) -> None:
    """The journey of a correction: nobody understood it, people said what it is, the next one goes by itself."""
    before = line.report(text=f"{ODD}3")
    assert before.topic_by == "none"
    confirm(line, 160)
    confirm(line, 160, "water.supply", "嘀嗒哩唰唰")
    made = retraining.learn(now=NIGHT)
    assert (made.state, made.reason, made.name) == ("in_use", "first", "gande-2026-11-23")
    assert made.figures["macro_f1"] > made.stood["macro_f1"] + MARGIN
    assert made.learnt_from + made.held_out == 320
    after = line.report(text=f"{ODD}3，又来了", at=later(days=1))
    assert (after.topic, after.topic_by) == ("power.cut", "model")
    assert Event.objects.get(name="cases.sorter_judged").data["adopted"] is True


def challenge(name: str, at: datetime) -> Sorter:
    """A new model that has the topics right, judged on the confirmed cases that are held out."""
    row = Sorter(id=uuid7(at), name=name, begun_at=at)
    body = two_topics(name, "power.cut", "water.supply")
    return retraining.judge(row, keeping.from_bytes(body), body, confirmed.parted()[1], at)


def test_a_night_without_a_confirmed_case_says_so_and_leaves_nothing(line: Line) -> None:
    with pytest.raises(Problem) as refused:
        retraining.learn(now=NIGHT)
    assert refused.value.code == "classify.nothing_confirmed"
    assert not Sorter.objects.exists()


def test_a_better_one_takes_the_place_and_an_equal_one_does_not(line: Line) -> None:
    wrong = in_use(swapped=True)
    confirm(line, 160)
    confirm(line, 160, "water.supply", "嘀嗒哩唰唰")
    better = challenge("better", NIGHT)
    wrong.refresh_from_db()
    assert (better.state, better.reason, wrong.state) == ("in_use", "better", "retired")
    again = challenge("again", NIGHT + timedelta(days=1))
    better.refresh_from_db()
    assert (again.state, again.reason, again.body, better.state) == ("refused", "not_better", None, "in_use")


def test_a_model_of_an_older_layout_sorts_nothing_and_the_next_one_takes_its_place(line: Line) -> None:
    old = in_use("old")
    Sorter.objects.filter(id=old.id).update(body=b"MULIAN-SORTER 1\nof long ago")
    assert learnt(f"{ODD}3100") is None
    confirm(line, 160)
    confirm(line, 160, "water.supply", "嘀嗒哩唰唰")
    new = challenge("new", NIGHT)
    old.refresh_from_db()
    assert (new.state, new.reason, old.state) == ("in_use", "first", "retired")
    assert learnt(f"{ODD}3100") is not None


@pytest.mark.parametrize(
    ("new", "now", "first", "reason"),
    [
        ({"macro_f1": 0.9}, {"macro_f1": 0.8}, False, Reason.BETTER),
        ({"macro_f1": 0.9}, {"macro_f1": 0.5}, True, Reason.FIRST),
        ({"macro_f1": 0.8}, {"macro_f1": 0.795}, False, Reason.NOT_BETTER),
        (
            {"macro_f1": 0.9, "sent_right": 0.9},
            {"macro_f1": 0.8, "sent_right": 0.98},
            False,
            Reason.LESS_PRECISE,
        ),
        ({"macro_f1": 0.9, "sent_right": None}, {"macro_f1": 0.8}, False, Reason.BETTER),
        ({"macro_f1": 0.99, "rows": 49}, {"macro_f1": 0.1}, False, Reason.TOO_FEW),
    ],
)
def test_the_contest(
    new: dict[str, float | None], now: dict[str, float | None], first: bool, reason: Reason
) -> None:
    verdict = decide(figures(**new), figures(**now), first=first)
    assert (verdict.reason, verdict.adopt) == (reason, reason in (Reason.BETTER, Reason.FIRST))


@pytest.mark.parametrize(
    ("confirmed_now", "before", "worth"), [(199, 0, False), (200, 0, True), (219, 200, False)]
)
def test_learning_waits_for_enough_new_cases(confirmed_now: int, before: int, worth: bool) -> None:
    assert worth_learning(confirmed_now, before) is worth


def test_it_learns_once_a_night_and_only_at_night(line: Line) -> None:
    confirm(line, 210)
    assert retraining.due(NIGHT)
    assert not retraining.due(NIGHT.replace(hour=14))
    row = Sorter.objects.create(id=uuid7(NIGHT), name="cut", state="learning", begun_at=NIGHT)
    assert not retraining.due(NIGHT + timedelta(hours=1))
    assert retraining.due(NIGHT + timedelta(days=1))
    Sorter.objects.filter(id=row.id).update(judged_at=NIGHT, learnt_from=210)
    assert not retraining.due(NIGHT + timedelta(days=1))


def test_the_administrator_sees_both_figures_and_goes_back(line: Line) -> None:
    earlier = in_use("earlier")
    Sorter.objects.filter(id=earlier.id).update(state="retired")
    present = in_use("present")
    administrator = line.world.actor("administrator")
    found = standing(administrator)
    assert found.in_use is not None
    assert (found.in_use.row.name, [each.may_return for each in found.others]) == ("present", [True])
    classifying.put_back(sorter=earlier.id, actor=administrator, at=AT)
    present.refresh_from_db()
    assert present.state == "retired"
    classifying.put_back(sorter=None, actor=administrator, at=AT)
    assert not Sorter.objects.filter(state="in_use").exists()
    told = Event.objects.filter(name="cases.sorter_put_back").order_by("id")
    assert [(e.data["sorter"], e.data["before"]) for e in told] == [("earlier", "present"), ("", "earlier")]


def test_nobody_else_chooses_and_no_unknown_or_emptied_one_is_chosen(line: Line) -> None:
    emptied = in_use()
    Sorter.objects.filter(id=emptied.id).update(state="retired", body=None)
    for who, sorter, code in (
        ("county_duty", emptied.id, "forbidden"),
        ("administrator", emptied.id, "cases.sorter_gone"),
        ("administrator", UUID(int=7), "not_found"),
    ):
        with pytest.raises(Problem) as refused:
            classifying.put_back(sorter=sorter, actor=line.world.actor(who), at=AT)
        assert refused.value.code == code


def test_only_the_newest_bodies_are_kept(line: Line) -> None:
    for at in range(8):
        name = f"old-{at}"
        row = Sorter(
            id=uuid7(AT), name=name, state="retired", begun_at=AT + timedelta(hours=at), judged_at=AT
        )
        row.body = b"x"
        row.save()
    confirm(line, 60)
    challenge("newest", NIGHT)
    kept = Sorter.objects.filter(body__isnull=False).order_by("begun_at").values_list("name", flat=True)
    assert len(kept) == retraining.KEPT
    assert "old-0" not in kept


def test_a_model_sure_of_the_branch_alone_sends_it_there_and_offers_its_topics(line: Line) -> None:
    rows = [Row(f"{ODD}{at % 7}", ("power.cut", "power.wire")[at // 7 % 2]) for at in range(154)]
    rows += [Row(f"嘀嗒哩唰唰{at % 7}", ("water.supply", "water.well")[at // 7 % 2]) for at in range(154)]
    known = {"begun_at": AT, "judged_at": AT, "since": AT}
    body = model_of(rows, "branches")
    Sorter.objects.create(id=uuid7(AT), name="branches", state=Sorter.State.IN_USE, body=body, **known)
    case = line.report(text=f"{ODD}3")

    assert (case.topic, case.topic_by) == ("power", "model")
    assert {topic for topic, _ in offered(case)} == {"power.cut", "power.wire"}
    assert Event.objects.get(name="cases.topic_suggested").data["topic"] == "power"
