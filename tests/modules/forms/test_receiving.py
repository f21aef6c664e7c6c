"""Taking in what was filled in: once, checked, told to the register, kept where it counts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from mulian.core.access import scope
from mulian.core.events.models import Event
from mulian.core.files.models import BlobUse
from mulian.kernel.ids import uuid7
from mulian.kernel.problems import Problem
from mulian.modules.forms import public as forms
from mulian.modules.forms.models import Submission
from mulian.modules.forms.permissions import Permission
from mulian.modules.households.models import Item
from tests.modules.forms.conftest import SMALL, Desk, markdown
from tests.world import AT
from tests.world.phone import Phone

pytestmark = pytest.mark.django_db(databases="__all__")
SHA = "ab" * 32


def told(desk: Desk, family: str = "near") -> dict[str, Any]:
    rows = Item.unscoped.because("a test looks").filter(
        household=desk.world.households[family], valid_to=None
    )
    return {row.code: row.word or row.amount for row in rows}


def test_answers_are_kept_and_the_register_learns_the_facts(desk: Desk) -> None:
    receipt = desk.fill(answers={"rooms": 3, "kind": "brick", "damage": "old.jpg"})
    row = desk.row(receipt.id)
    assert (receipt.state, receipt.created, receipt.facts, receipt.missing) == ("kept", True, 2, ())
    assert row.answers == {"rooms": 3, "kind": "brick"}
    assert told(desk) == {"dwelling.rooms": 3, "dwelling.kind": "brick"}
    event = Event.objects.get(name="forms.answered")
    assert event.data == {
        "form": "small", "version_of_form": "1", "via": "phone", "held": False, "facts": 2, "replaces": None
    }  # fmt: skip


def test_what_does_not_fit_is_held_as_sent_and_tells_nothing(desk: Desk) -> None:
    answers = {"rooms": 51, "kind": "palace", "more": 1}
    receipt = desk.fill(answers=answers)
    assert (receipt.state, receipt.facts) == ("held", 0)
    assert receipt.refused == {"rooms": "constraint", "kind": "choice", "more": "unknown"}
    assert (desk.row(receipt.id).answers, told(desk)) == (answers, {})


def test_the_same_again_answers_the_same_and_another_body_is_refused(desk: Desk) -> None:
    id = uuid7(AT)
    first = desk.fill(id=id, answers={"rooms": 3})
    again = desk.fill(id=id, answers={"rooms": 3}, at=AT + timedelta(days=2))
    assert (first.created, again.created, again.id, again.facts) == (True, False, id, 1)
    with pytest.raises(Problem, match="other_body"):
        desk.fill(id=id, answers={"rooms": 4})
    with pytest.raises(Problem, match="other_body"):
        desk.fill(id=id, by="liaison2", answers={"rooms": 3})
    assert Submission.unscoped.because("a test looks").count() == 1


def test_a_family_out_of_reach_does_not_exist(desk: Desk) -> None:
    with pytest.raises(Problem, match="not_found"):
        desk.fill(family="beyond", answers={"rooms": 3})
    with pytest.raises(Problem, match="not_found"):
        desk.fill(subject=forms.Subject(kind=forms.About.HOUSEHOLD, id=uuid7(AT)))
    with pytest.raises(Problem, match="forbidden"):
        desk.fill(by="leader", answers={})


def test_another_app_names_the_family_by_its_number_or_is_held(desk: Desk) -> None:
    from mulian.modules.households.models import Household

    number = Household.unscoped.because("a test looks").get(id=desk.world.households["near"]).number
    named = desk.fill(family="", answers={"number": number, "rooms": 2})
    assert (named.state, desk.row(named.id).household) == ("kept", desk.world.households["near"])
    lost = desk.fill(family="", answers={"number": "0000", "rooms": 2})
    assert (lost.state, lost.refused) == ("held", {"subject": "subject"})


def test_an_unknown_version_is_refused(desk: Desk) -> None:
    with pytest.raises(Problem, match="unknown"):
        desk.fill(version="9")


def test_answers_to_an_earlier_version_are_checked_against_it(desk: Desk) -> None:
    desk.publish(markdown(*SMALL[2:], version="2"))
    assert desk.fill(answers={"rooms": 3}).state == "kept"
    assert desk.fill(version="2", answers={"rooms": 3}).state == "held"


def test_a_member_is_told_of_by_id_and_a_stranger_never(desk: Desk) -> None:
    from mulian.modules.forms.actions.sources import Source
    from mulian.modules.households.models import Member
    from tests.modules.forms.conftest import CHOICES, SURVEY, settings

    rows = (
        "| | begin repeat | people | 成员 | ནང་མི | | | | member |",
        "| | text | id | 标识 | རྟགས | | | | member.id |",
        "| | select_one yes_no | paid | 医保 | སྨན | | | | cover.health |",
        "| | end repeat | | | | | | | |",
    )
    yes = ("| | yes_no | yes | 是 | རེད |", "| | yes_no | no | 否 | མ་རེད |")
    text = "\n".join((*SURVEY, *rows, *CHOICES, *yes, *settings(code="cover")))
    desk.publish(Source("cover.md", text.encode()))
    near, other = (
        Member.unscoped.because("a test looks")
        .filter(household=desk.world.households[name])
        .order_by("position")
        for name in ("near", "beyond")
    )
    people = [
        {"id": str(near[1].id), "paid": "yes"}, {"id": str(other[0].id), "paid": "yes"}, {"paid": "no"}
    ]  # fmt: skip
    receipt = desk.fill(form="cover", answers={"people": people})
    items = Item.unscoped.because("a test looks").values_list("subject", "code", "amount")
    assert (receipt.facts, list(items)) == (1, [(near[1].id, "cover.health", 1)])


def test_a_correction_takes_the_place_of_what_it_names(desk: Desk) -> None:
    first = desk.fill(
        id=uuid7(AT), instance="uuid:a", answers={"kind": "tent", "damage": "p.jpg"}, media={"p.jpg": SHA}
    )
    second = desk.fill(
        id=uuid7(AT),
        instance="uuid:b",
        deprecated="uuid:a",
        answers={"kind": "tent", "damage": "p.jpg", "rooms": 1},
    )
    assert (desk.row(first.id).state, desk.row(second.id).files, second.missing) == (
        "replaced",
        {"p.jpg": SHA},
        (),
    )
    with pytest.raises(Problem, match="not_current"):
        desk.fill(id=uuid7(AT), instance="uuid:c", deprecated="uuid:a")
    with pytest.raises(Problem, match="unknown_edit"):
        desk.fill(id=uuid7(AT), instance="uuid:d", deprecated="uuid:nowhere")


def test_files_are_awaited_by_name_and_belong_to_the_submission(desk: Desk) -> None:
    receipt = desk.fill(answers={"kind": "tent", "damage": "p.jpg"}, media={"stray.jpg": "cd" * 32})
    assert (receipt.missing, BlobUse.objects.count()) == (("p.jpg",), 0)
    actor = desk.world.actor("liaison")
    files = {"p.jpg": SHA, "stray.jpg": "cd" * 32}
    assert forms.add_media(submission=receipt.id, files=files, actor=actor, at=AT).missing == ()
    assert list(BlobUse.objects.values_list("blob_id", "subject_id")) == [(SHA, receipt.id)]
    with pytest.raises(Problem, match="not_found"):
        forms.add_media(submission=receipt.id, files=files, actor=desk.world.actor("liaison2"), at=AT)


def test_who_reads_an_answer(desk: Desk) -> None:
    receipt = desk.fill(answers={"rooms": 3})
    reads = {
        who
        for who in desk.world.people
        if scope.can(desk.world.actor(who), Permission.READ, kind="submission", id=receipt.id, at=AT)
    }
    assert reads == {"liaison", "village_lead", "village_deputy", "township_officer"}


def test_a_phone_holds_the_forms_and_sends_answers(desk: Desk) -> None:
    phone = Phone(desk.world, "liaison", of=("form",))
    change = next(each for each in phone.pull() if each.kind == "form")
    row = change.data
    assert row is not None
    assert (row["form"], row["version"], row["about"]) == ("small", "1", "household")
    body = {
        "form": "small", "version": "1", "answers": {"rooms": 4},
        "subject": {"kind": "household", "id": str(desk.world.households["near"])},
        "started": "2026-11-21T09:00:00+08:00", "ended": "2026-11-21T09:05:00+08:00", "media": {},
    }  # fmt: skip
    command = phone.send("forms.submit", body)
    assert (command.state, command.code) == ("applied", "")
    assert desk.row(UUID(str(command.id))).answers == {"rooms": 4}
    desk.publish(markdown(*SMALL[1:], version="2"))
    assert sorted((each.op, (each.data or {}).get("version")) for each in phone.pull() if each.kind == "form") == [
        ("drop", None), ("put", "2")
    ]  # fmt: skip
