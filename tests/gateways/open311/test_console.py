"""The console's pages: keys, cases handed elsewhere, words let out. Bad input is refused and kept."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import Any

import pytest
from django.test import Client

from mulian.core.access.models import Person
from mulian.core.events.models import Event
from mulian.gateways.open311.actions.releasing import release
from mulian.gateways.open311.models import Forward, Key, Release
from mulian.kernel.ids import uuid7
from mulian.kernel.problems import Problem
from mulian.modules.cases.actions import reporting
from mulian.modules.cases.models import Case
from tests.access.setting import put_file
from tests.gateways.open311.conftest import BRIDGE, Program
from tests.world import AT, VILLAGE, World

pytestmark = pytest.mark.django_db


def browser(username: str) -> Client:
    client = Client(headers={"Accept": "text/html"})
    client.force_login(Person.objects.get(username=username))
    return client


@pytest.fixture
def case(world: World, program: Program) -> Case:
    return reporting.report(
        id=uuid7(AT),
        actor=world.actor("county_duty"),
        at=AT,
        text="路灯不亮",
        topic="town.light",
        area=VILLAGE,
    )


def test_an_administrator_issues_a_key_that_works_and_revokes_it(program: Program) -> None:
    admin = browser("administrator")

    page = admin.post(
        "/programs/", {"owner": "邻县平台", "contact": "合成联系人", "per_hour": "5"}
    ).content.decode()
    secret = re.findall(r'<dd class="secret" lang="en">([^<]+)</dd>', page)[0]
    number = program.report(api_key=secret)

    assert secret not in admin.get("/programs/").content.decode()
    assert number
    key = Key.objects.get(owner="邻县平台")
    assert (key.per_hour, key.contact) == (5, "合成联系人")
    admin.post(f"/programs/{key.id}/revoke/")
    assert program.post(api_key=secret, **{**BRIDGE, "description": "后来"}).status_code == 403
    names = ["open311.key_issued", "open311.key_revoked"]
    assert (
        list(Event.objects.filter(subject_id=key.id).order_by("id").values_list("name", flat=True)) == names
    )


@pytest.mark.parametrize(
    "changed", [{"owner": ""}, {"per_hour": "0"}, {"per_hour": "many"}, {"owner": "x" * 81}]
)
def test_a_wrong_key_form_is_refused_and_kept(program: Program, changed: dict[str, str]) -> None:
    answer = browser("administrator").post(
        "/programs/", {"owner": "邻县平台", "per_hour": "5", "contact": "留着", **changed}
    )

    assert answer.status_code == 422
    assert "留着" in answer.content.decode()
    assert Key.objects.count() == 1


def test_the_duty_officer_hands_a_case_over_after_seeing_what_leaves(case: Case, settings: Any) -> None:
    settings.MULIAN_OPEN311_SYSTEMS = {
        "state": {"name": "州平台", "url": "https://example.org/v2", "services": {"road": "R-9", "": "1"}}
    }
    duty = browser("county_duty")
    page = f"/elsewhere/hand/{case.id}/"
    assert page in duty.get(f"/cases/{case.id}/").content.decode()
    assert duty.post("/elsewhere/", {"number": case.number.lower()}).headers["Location"] == page
    form = duty.get(page).context["form"]
    assert [code for code, _ in form.fields["to"].choices] == ["state|1", "state|R-9"]
    typed = {"to": "state|R-9", "text": "请处理路灯"}

    looked = duty.post(page, typed)
    shown = looked.context["parcel"]
    assert (looked.status_code, Forward.objects.count()) == (200, 0)
    assert (shown.service, shown.text, shown.there.name) == ("R-9", "请处理路灯", "州平台")
    assert case.text not in looked.content.decode()
    assert duty.post(page, {**typed, "sure": "on"}).status_code == 302

    row = Forward.objects.get()
    assert (row.case, row.service, row.text, row.address) == (case.id, "R-9", shown.text, shown.address)
    assert case.number in duty.get("/elsewhere/").content.decode()
    Forward.objects.update(state="refused", due_at=None)
    assert duty.post(f"/elsewhere/{row.id}/again/").status_code == 302
    assert Forward.objects.get().state == "sending"

    Forward.objects.update(state="refused", due_at=None, error="缺少灯杆编号")
    assert "缺少灯杆编号" in duty.get("/elsewhere/").content.decode()
    assert duty.get(page).context["form"].initial == {"to": "state|R-9", "text": "请处理路灯"}
    again = {"to": "state|1", "text": "三号灯杆的路灯不亮", "sure": "on"}
    assert duty.post(page, again).status_code == 302
    assert list(Forward.objects.values_list("service", "text", "state")) == [("1", again["text"], "sending")]
    duty.post(page, {**again, "text": "还没修"})
    assert Forward.objects.get().text == again["text"]


@pytest.mark.parametrize("typed", [{"text": ""}, {"to": "state|made-up"}, {"to": ""}, {"text": "字" * 4001}])
def test_what_cannot_be_handed_over_is_refused_and_kept(
    case: Case, settings: Any, typed: dict[str, str]
) -> None:
    settings.MULIAN_OPEN311_SYSTEMS = {
        "state": {"name": "州平台", "url": "https://example.org/v2", "services": {"": "1"}}
    }
    duty, filled = browser("county_duty"), {"to": "state|1", "text": "请处理路灯", "sure": "on", **typed}
    answer = duty.post(f"/elsewhere/hand/{case.id}/", filled)
    assert (answer.status_code, Forward.objects.count()) == (422, 0)
    assert filled["text"] in answer.content.decode()
    assert duty.post("/elsewhere/", {"number": "GD0"}).status_code == 422


def test_who_does_not_hand_over_sees_no_button(case: Case, settings: Any) -> None:
    settings.MULIAN_OPEN311_SYSTEMS = {}
    assert "/elsewhere/hand/" not in browser("county_duty").get(f"/cases/{case.id}/").content.decode()
    settings.MULIAN_OPEN311_SYSTEMS = {"state": {"name": "州平台", "url": "https://example.org/v2"}}
    assert "/elsewhere/hand/" not in browser("village_lead").get(f"/cases/{case.id}/").content.decode()


def test_without_another_system_the_page_says_so(program: Program) -> None:
    page = browser("county_duty").get("/elsewhere/").content.decode()

    assert "<textarea" not in page


def test_words_and_a_picture_are_public_once_let_out_and_gone_once_taken_back(
    case: Case, program: Program
) -> None:
    duty = browser("county_duty")
    picture = put_file(case.id, b"picture of a lamp", role="report_photo")
    assert program.get(f"media/{picture}").status_code == 404

    form = {"number": case.number, "text": "三盏路灯，周五前修", "sha256": picture}
    assert picture in duty.get(f"/released/?number={case.number}").content.decode()
    assert duty.post("/released/", form).status_code == 302

    (found,) = program.json(f"requests/{case.number}")
    assert found["description"] == "三盏路灯，周五前修"
    assert found["media_url"].endswith(f"/open311/v2/media/{picture}")
    answer = program.get(f"media/{picture}")
    assert b"".join(answer.streaming_content) == b"picture of a lamp"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"

    duty.post("/released/", {"number": case.number, "text": "", "sha256": ""})
    (found,) = program.json(f"requests/{case.number}")
    assert (found["media_url"], "三盏" in found["description"]) == (None, False)
    assert program.get(f"media/{picture}").status_code == 404


def test_a_picture_of_a_case_that_is_no_longer_public_is_gone_too(
    case: Case, program: Program, world: World
) -> None:
    picture = put_file(case.id, b"another lamp", role="report_photo")
    release(case=case.id, text="路灯", sha256=picture, actor=world.actor("county_duty"), at=AT)

    Case.unscoped.because("a test makes it private").filter(id=case.id).update(topic="social.pension")

    assert program.get(f"media/{picture}").status_code == 404


def test_only_ones_own_files_of_a_public_case_can_be_let_out(
    case: Case, program: Program, world: World
) -> None:
    other = sha256(b"elsewhere").hexdigest()
    hidden = reporting.report(
        id=uuid7(AT),
        actor=world.actor("county_duty"),
        at=AT,
        text="养老金",
        topic="social.pension",
        area=VILLAGE,
    )
    duty = world.actor("county_duty")

    with pytest.raises(Problem, match=r"open311\.not_its_own"):
        release(case=case.id, text="x", sha256=other, actor=duty, at=AT)
    with pytest.raises(Problem, match=r"open311\.not_public"):
        release(case=hidden.id, text="x", actor=duty, at=AT)
    with pytest.raises(Problem, match="forbidden"):
        release(case=case.id, text="x", actor=world.actor("village_lead"), at=AT)
    with pytest.raises(Problem, match=r"open311\.too_much"):
        release(case=case.id, text="x" * 4001, actor=duty, at=AT)
    assert Release.objects.count() == 0


def test_a_wrong_release_keeps_what_was_typed(case: Case) -> None:
    answer = browser("county_duty").post("/released/", {"number": "GD0", "text": "写了很久"})

    assert (answer.status_code, "写了很久" in answer.content.decode()) == (422, True)
