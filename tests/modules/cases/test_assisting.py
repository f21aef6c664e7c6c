"""Machines draft beside the work over real HTTP; what hangs or answers junk holds nobody up; complaints never leave."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from mulian.core.access.models import Person
from mulian.modules.cases.actions import steps, translating
from mulian.modules.cases.actions.assisting import PAUSE, sweep_machines
from mulian.modules.cases.models import Case, Translation
from mulian.modules.cases.syncables import render_cases
from tests.core.providers.machine import Machine, machine
from tests.modules.cases.conftest import Line, later

DRAFT = "ཟམ་པ་བཟོས།"


@pytest.fixture
def running(settings: Any) -> Iterator[Machine]:
    with machine() as made:
        settings.MULIAN_TRANSLATION_URL = made.url
        settings.MULIAN_TRANSLATION_ALLOWED = ["127.0.0.0/8"]
        made.say(text=DRAFT, engine="synthetic")
        yield made


def answered(line: Line, by: str = "village_deputy", **said: Any) -> Case:
    Person.objects.filter(id=line.world.people["liaison"]).update(language="bo")
    case = line.report(household="near", **said)
    line.act(steps.take, case, by, at=later(minutes=1))
    line.act(steps.solve, case, by, at=later(minutes=2), text="修了")
    case = line.act(steps.answer, case, by, at=later(minutes=3), text="桥修好了")
    return case


def test_without_a_machine_nothing_is_asked(line: Line) -> None:
    answered(line)
    assert sweep_machines(later(minutes=4)) == 0
    assert Translation.objects.get().suggestion == ""


def test_a_draft_stands_beside_the_work_and_goes_nowhere_else(line: Line, running: Machine) -> None:
    case = answered(line)
    assert sweep_machines(later(minutes=4)) == 1
    row = Translation.objects.get()
    assert (row.suggestion, row.suggested_by, row.state, row.text) == (DRAFT, "synthetic", "waiting", "")
    assert json.loads(running.got[0])["text"] == "桥修好了"
    sent = render_cases([case.id], line.world.actor("liaison"), later(minutes=5))[case.id][1]
    assert "translation" not in sent["answer"]
    assert sweep_machines(later(minutes=5)) == 0
    assert len(running.got) == 1


@pytest.mark.parametrize("body", [b"<html>", b'{"text": 7}', b""])
def test_junk_is_asked_for_once_and_never_again(line: Line, running: Machine, body: bytes) -> None:
    answered(line)
    running.body = body
    assert sweep_machines(later(minutes=4)) == 0
    assert sweep_machines(later(hours=4)) == 0
    assert (len(running.got), Translation.objects.get().suggestion) == (1, "")


def test_a_machine_that_hangs_is_left_alone_for_a_while_and_the_interpreter_goes_on(
    line: Line, running: Machine, settings: Any
) -> None:
    answered(line)
    answered(line)
    settings.MULIAN_MACHINE_SECONDS = 0.1
    running.hang = True
    assert sweep_machines(later(minutes=4)) == 0
    assert len(running.got) == 1
    assert sweep_machines(later(minutes=8)) == 0
    assert len(running.got) == 1
    actor = line.world.actor("county_duty2")
    held = translating.next_text(actor=actor, at=later(minutes=8))
    assert held is not None
    translating.write(translation=held.id, text=DRAFT, actor=actor, at=later(minutes=8))
    running.hang, settings.MULIAN_MACHINE_SECONDS = False, 5
    assert sweep_machines(later(minutes=4) + PAUSE) == 1


def test_a_complaint_never_leaves(line: Line, running: Machine) -> None:
    answered(line, by="township_officer", about_person=line.world.people["village_lead"])
    assert Translation.objects.get().confidential
    assert sweep_machines(later(minutes=4)) == 0
    assert running.got == []
