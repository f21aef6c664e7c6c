"""A task sent down in one language gets the other by the interpreters' queue, and reaches phones in both."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from mulian.core.access.models import Person
from mulian.core.events import deliveries, feeds, stamper
from mulian.core.events.models import Event
from mulian.core.notify.models import Notice
from mulian.kernel.ids import uuid7
from mulian.kernel.problems import Problem
from mulian.modules.cases.actions import translating
from mulian.modules.cases.models import Segment, Translation
from mulian.modules.cases.queries import memory, translations
from mulian.modules.tasks import public as tasks
from mulian.modules.tasks.actions.withdrawing import withdraw
from mulian.modules.tasks.models import Task
from mulian.modules.tasks.syncables import render_tasks
from tests.modules.cases.conftest import Line, later
from tests.world import AT, VILLAGE

TITLE, TEXT = "雪灾前备好饲草", "每户至少备好二十捆。"
TITLE_BO, TEXT_BO = "ཁ་བ་མ་བབས་གོང་རྩྭ་ཆག་གྲ་སྒྲིག་བྱེད་རོགས།", "ཁྱིམ་ཚང་རེ་རེས་ཆུན་པོ་ཉི་ཤུ་གྲ་སྒྲིག་བྱེད་རོགས།"
WRITTEN = f"{TITLE_BO}\n{TEXT_BO}"


def speak(line: Line, language: str) -> None:
    names = ("liaison", "liaison2", "village_deputy")
    Person.objects.filter(id__in=[line.world.people[each] for each in names]).update(language=language)


def react(at: Any = AT) -> None:
    """What the worker does."""
    while stamper.stamp(at) or deliveries.run_due(at, 100):
        pass


def issued(line: Line, **said: Any) -> Task:
    given = {"title": TITLE, "text": TEXT, "area": VILLAGE, "asks": tasks.Asks.DONE} | said
    task = tasks.issue(
        id=uuid7(AT), due=AT + timedelta(days=3), actor=line.world.actor("village_lead"), at=AT, **given
    )
    react()
    return task


def waiting() -> list[tuple[str, str, str, str, bool]]:
    rows = Translation.objects.order_by("id")
    return [(row.subject_kind, row.piece, row.original, row.target, row.urgent) for row in rows]


def on_phone(line: Line, task: Task) -> tuple[int, dict[str, Any]]:
    return render_tasks([task.id], line.world.actor("liaison"), AT)[task.id]


@pytest.mark.parametrize(
    ("reader", "said", "asked"),
    [
        ("bo", {}, [("task", "notice", f"{TITLE}\n{TEXT}", "bo", False)]),
        ("bo", {"text": "", "urgent": True}, [("task", "notice", TITLE, "bo", True)]),
        ("zh-hans", {"title": TITLE_BO, "text": ""}, [("task", "notice", TITLE_BO, "zh-hans", False)]),
        ("zh-hans", {}, []),
        ("bo", {"title": TITLE_BO, "text": ""}, []),
        ("bo", {"other_title": TITLE_BO, "other_text": TEXT_BO}, []),
        ("bo", {"title": "OK 12", "text": ""}, []),
    ],
)
def test_a_task_is_asked_for_only_where_somebody_who_has_it_cannot_read_it(
    line: Line, reader: str, said: dict[str, Any], asked: list[tuple[str, str, str, str, bool]]
) -> None:
    speak(line, reader)
    issued(line, **said)
    assert waiting() == asked
    react(later(minutes=1))
    assert waiting() == asked


def test_the_family_a_task_is_about_counts_as_a_reader(line: Line) -> None:
    speak(line, "zh-hans")
    family = line.world.households["near"]
    issued(line, households=[family], aim=tasks.Aim.HOUSEHOLDS)
    spoken = tasks.readers(Task.unscoped.because("test").get().id, AT)
    assert (waiting() != []) == ("bo" in spoken)


def test_written_once_it_is_on_the_phone_in_both_and_a_correction_follows(line: Line) -> None:
    speak(line, "bo")
    task = issued(line)
    rev, before = on_phone(line, task)
    interpreter = line.world.actor("county_duty2")
    row = translating.next_text(actor=interpreter, at=later(minutes=1))
    assert row is not None
    assert [(each.case, each.row.id, each.mine) for each in translations.queue(interpreter, later(minutes=1))] == [
        (None, row.id, True)
    ]  # fmt: skip
    translating.write(translation=row.id, text=WRITTEN, actor=interpreter, at=later(minutes=2))
    there = {"language": "bo", "title": TITLE_BO, "text": TEXT_BO}
    assert on_phone(line, task) == (rev + 1, before | {"translation": there})
    translating.write(
        translation=row.id, text=f"{TITLE_BO}\nཆུན་པོ་ཉི་ཤུ།", actor=interpreter, at=later(minutes=3)
    )
    assert on_phone(line, task)[1]["translation"] == there | {"text": "ཆུན་པོ་ཉི་ཤུ།"}
    wordings = translations.versions(Translation.objects.get(id=row.id))
    assert [each.text for each in wordings] == [f"{TITLE_BO}\nཆུན་པོ་ཉི་ཤུ།", WRITTEN]
    assert translations.queue(interpreter, later(minutes=4)) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (TITLE_BO, "tasks.other_text"),
        (f"{'ཀ' * 361}\n{TEXT_BO}", "tasks.other_title"),
        (f"{TITLE}\n{TEXT_BO}", "tasks.same_language"),
        ("饲草", "cases.translation_same"),
    ],
)
def test_what_the_task_cannot_take_is_refused_and_it_still_waits(line: Line, text: str, code: str) -> None:
    speak(line, "bo")
    task = issued(line)
    row = Translation.objects.get()
    with pytest.raises(Problem) as refused:
        translating.write(
            translation=row.id, text=text, actor=line.world.actor("county_duty2"), at=later(minutes=2)
        )
    assert refused.value.code == code
    assert (Translation.objects.get().state, on_phone(line, task)[1].get("translation")) == ("waiting", None)


def test_only_who_interprets_where_the_task_went_sees_it(line: Line) -> None:
    speak(line, "bo")
    issued(line)
    row = Translation.objects.get()
    assert translations.number(line.world.actor("outsider"), AT) == 0
    with pytest.raises(Problem) as refused:
        translating.claim(translation=row.id, actor=line.world.actor("village_deputy"), at=AT)
    assert refused.value.code == "forbidden"


def test_a_withdrawn_task_leaves_the_queue_and_its_reason_comes(line: Line) -> None:
    speak(line, "bo")
    task = issued(line)
    withdraw(task=task.id, reason="雪停了", actor=line.world.actor("village_lead"), at=later(minutes=1))
    react(later(minutes=1))
    queue = translations.queue(line.world.actor("county_duty2"), later(minutes=2))
    assert [(each.row.piece, each.row.original) for each in queue] == [("reason", "雪停了")]


REASON, REASON_BO = "雪停了", "ཁ་བ་ཆད་སོང་།"


def taken_back(line: Line, reader: str = "bo", reason: str = REASON) -> Task:
    speak(line, reader)
    task = issued(line, other_title=TITLE_BO, other_text=TEXT_BO)
    withdraw(task=task.id, reason=reason, actor=line.world.actor("village_lead"), at=later(minutes=1))
    react(later(minutes=1))
    return task


@pytest.mark.parametrize(
    ("reader", "reason", "asked"),
    [
        ("bo", REASON, [("task", "reason", REASON, "bo", False)]),
        ("zh-hans", REASON_BO, [("task", "reason", REASON_BO, "zh-hans", False)]),
        ("zh-hans", REASON, []),
        ("bo", REASON_BO, []),
    ],
)
def test_why_a_task_was_taken_back_is_asked_for_where_who_had_it_cannot_read_it(
    line: Line, reader: str, reason: str, asked: list[tuple[str, str, str, str, bool]]
) -> None:
    taken_back(line, reader, reason)
    assert waiting() == asked


def test_why_a_task_was_taken_back_reaches_the_phone_in_both_languages(line: Line) -> None:
    task = taken_back(line)
    rev, before = on_phone(line, task)
    interpreter = line.world.actor("county_duty2")
    row = translating.next_text(actor=interpreter, at=later(minutes=2))
    assert row is not None
    for wrong, code in (("ཀ" * 901, "tasks.too_long"), ("不用了", "cases.translation_same")):
        with pytest.raises(Problem) as refused:
            translating.write(translation=row.id, text=wrong, actor=interpreter, at=later(minutes=2))
        assert refused.value.code == code
    translating.write(translation=row.id, text=REASON_BO, actor=interpreter, at=later(minutes=3))
    there = before["withdrawn"] | {"translation": {"language": "bo", "reason": REASON_BO}}
    assert on_phone(line, task) == (rev + 1, before | {"withdrawn": there})
    told = Event.objects.get(name="tasks.reason_reworded")
    assert told.feeds == [feeds.of_person(line.world.people[each]) for each in sorted(
        ("liaison", "liaison2"), key=lambda name: str(line.world.people[name])
    )]  # fmt: skip


def test_its_sentences_may_be_remembered_and_names_are_not(line: Line) -> None:
    speak(line, "bo")
    name = Person.objects.get(id=line.world.people["liaison"]).name
    issued(line, text=f"每户至少备好二十捆。\n{name}来收数。")
    actor = line.world.actor("county_duty2")
    translating.write(
        translation=Translation.objects.get().id, text=f"{WRITTEN}\nཁོང་གིས་བསྡུ།", actor=actor, at=later(minutes=2),
        remember=True,
    )  # fmt: skip
    kept = Segment.objects.order_by("id").values_list("original", flat=True)
    assert list(kept) == [TITLE, "每户至少备好二十捆。"]
    assert [each.text for each in memory.alike(TITLE, "zh-hans", actor)] == [TITLE_BO]


def test_each_is_told_by_the_title_in_their_language(line: Line) -> None:
    speak(line, "zh-hans")
    Person.objects.filter(id=line.world.people["liaison"]).update(language="bo")
    issued(line, other_title=TITLE_BO, other_text=TEXT_BO)
    told = dict(Notice.objects.filter(kind="tasks.issued").values_list("person", "params"))
    assert told[line.world.people["liaison"]] == {"title": TITLE_BO}
    assert {each["title"] for person, each in told.items() if person != line.world.people["liaison"]} <= {
        TITLE
    }
