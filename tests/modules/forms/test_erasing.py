"""Deleted with the family's record: what was answered of it, its files and its personal words in the log."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from mulian.core.events import deliveries
from mulian.core.events.log import append
from mulian.core.events.models import Event, EventPrivate
from mulian.core.events.stamper import stamp
from mulian.core.files.models import BlobUse
from mulian.core.registry import handlers_of
from mulian.kernel.actor import SYSTEM
from mulian.modules.forms.models import Submission
from mulian.modules.households.events import RecordErased
from mulian.modules.households.models import Member
from tests.modules.forms.conftest import Desk
from tests.world import AT

pytestmark = pytest.mark.django_db(databases="__all__")


def erased(desk: Desk, **more: Any) -> None:
    given = {
        "subject_id": desk.world.households["near"],
        "request": str(uuid4()),
        "extent": "whole",
        "member": None,
    }
    append(RecordErased(**{**given, **more}), actor=SYSTEM, at=AT)
    while stamp(AT) or deliveries.run_due(AT):
        pass


def left(desk: Desk) -> list[Any]:
    rows = Submission.unscoped.because("a test looks").order_by("household")
    return [(row.household, row.answers, row.refused, row.files, row.lat) for row in rows]


def test_it_hears_of_it() -> None:
    assert "forms.erase" in {handler.name for handler in handlers_of("households.record_erased")}


def test_answers_files_and_the_logs_words_go_and_nobody_elses(desk: Desk) -> None:
    near, other = desk.world.households["near"], desk.world.households["near2"]
    mine, held = desk.fill(answers={"rooms": 3}), desk.fill(answers={"rooms": 99, "more": "x"})
    theirs = desk.fill(answers={"rooms": 4}, family="near2")
    kept = desk.row(theirs.id).answers
    BlobUse.objects.create(
        blob_id="ab" * 32, subject_kind="submission", subject_id=mine.id, role="answer", attached_at=AT
    )

    erased(desk)
    assert sorted(left(desk), key=str) == sorted(
        [(near, {}, {}, {}, None), (near, {}, {}, {}, None), (other, kept, {}, {}, None)], key=str
    )
    assert not BlobUse.objects.filter(subject_id=mine.id).exists()
    spoken = Event.objects.filter(subject_id__in=[mine.id, held.id])
    assert not EventPrivate.objects.filter(event__in=spoken).exists()
    assert EventPrivate.objects.filter(event__in=Event.objects.filter(subject_id=theirs.id)).exists()


def test_what_was_deleted_is_not_brought_back_by_sending_it_again(desk: Desk) -> None:
    sent = uuid4()
    desk.fill(answers={"rooms": 3}, id=sent)
    erased(desk)
    desk.fill(answers={"rooms": 3}, id=sent)
    assert desk.row(sent).answers == {}


def test_of_one_member_only_what_was_asked_of_them(desk: Desk) -> None:
    member = Member.unscoped.because("a test looks").filter(household=desk.world.households["near"]).first()
    assert member is not None
    desk.fill(answers={"rooms": 3})
    erased(desk, member=str(member.id))
    [row] = left(desk)
    assert row[1] != {}
